import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { createRequire } from 'node:module'
import { describe, expect, it, vi } from 'vitest'
import {
  ADDRESS,
  answer,
  COUNT,
  list,
  listingScript,
  providers,
  runScript,
  serve,
  TWILIO,
  transportOf,
} from '../support/http-server.ts'

const require = createRequire(import.meta.url)

describe('with nothing replaced', () => {
  it('requests leave through the npm undici', async () => {
    await using server = await serve()
    // Node's own copy tells the same channel: only the class says whose request it is. And the npm undici has a
    // fetch too: only the headers say who asked.
    const NpmRequest: new () => object = require('undici/lib/core/request.js')
    const created: boolean[] = []
    const onCreate = (message: unknown): void => {
      const { request } = message as { request: unknown }
      created.push(request instanceof NpmRequest)
    }
    subscribe('undici:request:create', onCreate)
    try {
      await list(providers.twilio({ baseUrl: server.url })).toArray()
    } finally {
      unsubscribe('undici:request:create', onCreate)
    }
    expect(created).toEqual([true, true, true])
    expect(server.seen.map(transportOf)).toEqual(['undici', 'undici', 'undici'])
  })

  it.each(['twilio', 'bird'] as const)('%s is requested as compressed JSON', async (provider) => {
    await using server = await serve()
    await list(providers[provider]({ baseUrl: server.url })).toArray()
    expect(
      server.seen.map(({ method, headers }) => [method, headers.accept, headers['accept-encoding']]),
    ).toEqual(Array.from({ length: 3 }, () => ['GET', 'application/json', 'gzip']))
  })

  it('the caller’s headers are sent, with the name in any case', async () => {
    await using server = await serve()
    const headers = { 'X-Team': 'billing', ACCEPT: 'application/vnd.test+json' }
    await list(providers.bird({ baseUrl: server.url, headers })).toArray()
    expect(server.seen[0]?.headers).toMatchObject({
      'x-team': 'billing',
      accept: 'application/vnd.test+json',
    })
  })

  it('one connection serves all pages, also after an error', async () => {
    await using server = await serve()
    const provider = providers.twilio({ baseUrl: server.url, retry: { minDelayMs: 1 } })
    server.misbehave(2, answer(503, { message: 'busy' }), 1)
    await list(provider).toArray()
    await list(provider).toArray()
    expect(server.seen).toHaveLength(3 + 1 + 3)
    expect(new Set(server.seen.map(({ connection }) => connection)).size).toBe(1)
  })

  it('connections are shared by all clients', async () => {
    await using server = await serve()
    for (const provider of ['twilio', 'bird', 'twilio', 'bird'] as const) {
      await list(providers[provider]({ baseUrl: server.url })).toArray()
    }
    expect(server.seen).toHaveLength(12)
    expect(new Set(server.seen.map(({ connection }) => connection)).size).toBe(1)
  })

  it('fake timers do not hold up a listing', async () => {
    await using server = await serve()
    vi.useFakeTimers()
    try {
      expect(await list(providers.twilio({ baseUrl: server.url })).toArray()).toHaveLength(COUNT)
    } finally {
      vi.useRealTimers()
    }
    expect(server.seen.map(transportOf)).toEqual(['undici', 'undici', 'undici'])
  })

  it('fake timers that were there before the library do not hold up a listing either', async () => {
    await using server = await serve()
    vi.useFakeTimers()
    vi.resetModules()
    try {
      const { listParticipantConversations, twilio } = await import('../../src/index.ts')
      const provider = twilio({
        accountSid: TWILIO.accountSid,
        authToken: TWILIO.authToken,
        baseUrl: server.url,
      })
      const listing = listParticipantConversations({ provider, participant: { address: ADDRESS } })
      expect(await listing.toArray()).toHaveLength(COUNT)
    } finally {
      vi.useRealTimers()
      vi.resetModules()
    }
    expect(server.seen.map(transportOf)).toContain('undici')
  })

  it('listings that run at the same time do not wait for each other', async () => {
    let waiting = 0
    let release = (): void => {}
    const allHaveArrived = new Promise<void>((resolve) => {
      release = resolve
    })
    await using server = await serve(async () => {
      waiting += 1
      if (waiting === 5) release()
      await allHaveArrived
      return Response.json({ results: [] })
    })
    // No attempt is given up, so that none is repeated: each of the five requests is another listing's.
    const provider = providers.bird({ baseUrl: server.url, timeoutMs: 600_000 })
    const listings = await Promise.all(Array.from({ length: 5 }, () => list(provider).toArray()))
    expect(listings).toEqual([[], [], [], [], []])
  })
})

describe('a script of its own', () => {
  it('takes undici too, and ends as soon as it has listed', async () => {
    await using server = await serve()
    const { exitCode, stdout, stderr, stillActive } = await runScript(
      `${listingScript}
      const conversations = await list()
      console.log(conversations.length)`,
      { BASE_URL: server.url },
    )
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: `${COUNT}\n`, stderr: '' })
    expect(stillActive).toEqual([])
    expect(server.seen.map(transportOf)).toEqual(['undici', 'undici', 'undici'])
  })

  it('ends as soon as it has stopped listing: after a break, an abort, and an error', async () => {
    await using server = await serve()
    // The first page works, for break and abort; the rest is never answered.
    server.misbehave(2, () => {})
    const { exitCode, stdout, stderr, stillActive } = await runScript(
      `${listingScript}
      const pages = (options, timeoutMs) => listParticipantConversations({
        provider: twilio({ baseUrl: process.env.BASE_URL, ...credentials, timeoutMs, retry: { retries: 0 } }),
        participant: { address: '+12025550123' },
        pageSize: 3,
        ...options,
      })
      for await (const _ of pages({ prefetch: true })) break
      const controller = new AbortController()
      setTimeout(() => controller.abort('enough'), 20)
      const reason = await pages({ signal: controller.signal }).toArray().catch((error) => error)
      const error = await pages({}, 100).toArray().catch((error) => error)
      console.log(reason, error.name)`,
      { BASE_URL: server.url },
    )
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: 'enough TimeoutError\n', stderr: '' })
    expect(stillActive).toEqual([])
  })

  it('loads undici with the first request, not with the library', async () => {
    await using server = await serve()
    const { stdout } = await runScript(
      `import { createRequire } from 'node:module'
      const { cache } = createRequire(${JSON.stringify(import.meta.url)})
      const isLoaded = () => Object.keys(cache).some((path) => path.includes('/undici/'))
      ${listingScript}
      const before = isLoaded()
      await list()
      console.log(before, isLoaded())`,
      { BASE_URL: server.url },
    )
    expect(stdout).toBe('false true\n')
  })
})
