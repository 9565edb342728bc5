import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { createRequire } from 'node:module'
import { describe, expect, it, vi } from 'vitest'
import {
  ADDRESS,
  answer,
  COUNT,
  list,
  listingScript,
  listUntilError,
  providers,
  runScript,
  serve,
  TWILIO,
  transportOf,
} from '../support/http-server.ts'

const require = createRequire(import.meta.url)

describe('on an unmodified platform', () => {
  it('requests are sent with undici from npm', async () => {
    await using server = await serve()
    // Node's own copy publishes to the same channel: only the class tells whose request it is. And undici from
    // npm has a fetch too: only the headers tell which of the two sent it.
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

  it.each(['twilio', 'bird'] as const)('%s requests compressed JSON', async (provider) => {
    await using server = await serve()
    await list(providers[provider]({ baseUrl: server.url })).toArray()
    expect(
      server.seen.map(({ method, headers }) => [method, headers.accept, headers['accept-encoding']]),
    ).toEqual(Array.from({ length: 3 }, () => ['GET', 'application/json', 'gzip']))
  })

  it('a header that is sent several times is read as one', async () => {
    await using server = await serve()
    server.misbehave(1, (outgoing) => {
      outgoing.setHeader('twilio-request-id', ['RQ1', 'RQ2']).writeHead(404).end()
    })
    const { error } = await listUntilError(list(providers.twilio({ baseUrl: server.url })))
    expect(error).toMatchObject({ requestId: 'RQ1, RQ2' })
  })

  it('custom headers are sent, and their names are case-insensitive', async () => {
    await using server = await serve()
    const headers = { 'X-Team': 'billing', ACCEPT: 'application/vnd.test+json' }
    await list(providers.bird({ baseUrl: server.url, headers })).toArray()
    expect(server.seen[0]?.headers).toMatchObject({
      'x-team': 'billing',
      accept: 'application/vnd.test+json',
    })
  })

  it('one connection is used for all pages, even after an error', async () => {
    await using server = await serve()
    const provider = providers.twilio({ baseUrl: server.url, retry: { minDelayMs: 1 } })
    server.misbehave(2, answer(503, { message: 'busy' }), 1)
    await list(provider).toArray()
    await list(provider).toArray()
    expect(server.seen).toHaveLength(3 + 1 + 3)
    expect(new Set(server.seen.map(({ connection }) => connection)).size).toBe(1)
  })

  it('all providers share connections', async () => {
    await using server = await serve()
    for (const provider of ['twilio', 'bird', 'twilio', 'bird'] as const) {
      await list(providers[provider]({ baseUrl: server.url })).toArray()
    }
    expect(server.seen).toHaveLength(12)
    expect(new Set(server.seen.map(({ connection }) => connection)).size).toBe(1)
  })

  it('fake timers do not stall a listing', async () => {
    await using server = await serve()
    vi.useFakeTimers()
    try {
      expect(await list(providers.twilio({ baseUrl: server.url })).toArray()).toHaveLength(COUNT)
    } finally {
      vi.useRealTimers()
    }
    expect(server.seen.map(transportOf)).toEqual(['undici', 'undici', 'undici'])
  })

  it('fake timers installed before the library was loaded do not stall a listing either', async () => {
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

  it('concurrent listings do not wait for each other', async () => {
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
    // No attempt times out, so none is retried: each of the five requests belongs to another listing.
    const provider = providers.bird({ baseUrl: server.url, timeoutMs: 600_000 })
    const listings = await Promise.all(Array.from({ length: 5 }, () => list(provider).toArray()))
    expect(listings).toEqual([[], [], [], [], []])
  })
})

describe('a separate script', () => {
  it('uses undici too, and exits as soon as it has finished listing', async () => {
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

  it('exits as soon as it stops listing, after a break, an abort or an error', async () => {
    await using server = await serve()
    // The first page works, for break and abort; later requests get no response.
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

  it('loads undici with the first request, not on import', async () => {
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
