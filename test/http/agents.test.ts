import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { list, providers, runScript, sampleStandIn, serve, TWILIO } from '../support/http-server.ts'
import { serveSilence } from '../support/loopback.ts'

afterEach(() => {
  vi.doUnmock('../../src/http/transport/undici-core.ts')
  vi.doUnmock('../../src/http/transport/undici.ts')
  vi.resetModules()
})

/** Turns of the event loop. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

it('500 concurrent listings share 50 connections', async () => {
  await using server = await serve()
  const provider = providers.twilio({ baseUrl: server.url, timeoutMs: 600_000 })
  await Promise.all(Array.from({ length: 500 }, () => list(provider).toArray()))
  expect(server.seen).toHaveLength(1500)
  expect(Math.max(...server.seen.map(({ connection }) => connection))).toBe(50)
})

// It is loaded first: tsx keeps a port open while it loads a module.
const UNDICI_CORE = JSON.stringify(new URL('../../src/http/transport/undici-core.ts', import.meta.url).href)

describe('a connection that never opens does not keep the process alive', () => {
  it.each([
    [
      'an abort',
      'const controller = new AbortController(); setTimeout(() => controller.abort("enough"), 50)',
    ],
    ['a timeout', 'const controller = new AbortController()'],
  ])('after %s', async (_, setUp) => {
    await using silence = await serveSilence()
    const { stdout, stillActive, exitCode } = await runScript(
      `const { listParticipantConversations, twilio } = library
      await import(${UNDICI_CORE})
      ${setUp}
      const provider = twilio({
        accountSid: ${JSON.stringify(TWILIO.accountSid)}, authToken: 'x',
        baseUrl: process.env.BASE_URL, timeoutMs: 200, retry: { retries: 0 },
      })
      const { signal } = controller
      const listing = listParticipantConversations({ provider, participant: { address: '+12025550123' }, signal })
      console.log(String(await listing.toArray().catch((error) => error.name ?? error)))`,
      { BASE_URL: `https://${silence.host}` },
    )
    expect({ stdout, stillActive, exitCode }).toEqual({
      stdout: expect.stringMatching(/^(enough|TimeoutError)\n$/),
      stillActive: [],
      exitCode: 0,
    })
  })

  it('after more listings than there are connections', async () => {
    await using silence = await serveSilence()
    const { stdout, stillActive } = await runScript(
      `const { listParticipantConversations, bird } = library
      await import(${UNDICI_CORE})
      const provider = bird({
        accessKey: 'x', workspaceId: crypto.randomUUID(), channelId: 'x',
        baseUrl: process.env.BASE_URL, timeoutMs: 300, retry: { retries: 0 },
      })
      const participant = { address: '+12025550123' }
      const listings = Array.from({ length: 120 }, () => listParticipantConversations({ provider, participant }).toArray())
      console.log(new Set((await Promise.allSettled(listings)).map(({ reason }) => reason?.name)))`,
      { BASE_URL: `https://${silence.host}` },
    )
    expect({ stdout, stillActive }).toEqual({ stdout: "Set(1) { 'TimeoutError' }\n", stillActive: [] })
  })

  it('after a listing that waited for an OAuth token', async () => {
    await using silence = await serveSilence()
    const { stdout, stillActive } = await runScript(
      `const { listParticipantConversations, twilio } = library
      await import(${UNDICI_CORE})
      const provider = twilio({ clientId: 'OQ1', clientSecret: 'x', tokenUrl: process.env.TOKEN_URL })
      const controller = new AbortController()
      const { signal } = controller
      const list = () => listParticipantConversations({
        provider, participant: { address: '+12025550123' }, signal,
      }).toArray().catch((error) => error)
      const listings = [list(), list()]
      setTimeout(() => controller.abort('enough'), 50)
      console.log((await Promise.all(listings)).join())`,
      { TOKEN_URL: `https://${silence.host}/v2/token` },
    )
    expect({ stdout, stillActive }).toEqual({ stdout: 'enough,enough\n', stillActive: [] })
  })
})

it('a request that is aborted while it waits for a connection is never sent', async () => {
  let release = (): void => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const { fetch } = sampleStandIn()
  await using server = await serve(async (request) => {
    await released
    return fetch(request)
  })
  const provider = providers.twilio({ baseUrl: server.url, timeoutMs: 600_000 })
  const busy = Array.from({ length: 50 }, () => list(provider).toArray())
  await vi.waitUntil(() => server.seen.length === 50)
  const controller = new AbortController()
  const waiting = list(provider, undefined, controller.signal).toArray()
  // By now it is waiting for one of the fifty connections.
  await turns(20)
  controller.abort('enough')
  await expect(waiting).rejects.toBe('enough')
  release()
  await Promise.all(busy)
  expect(server.seen).toHaveLength(150)
})

it('no request is passed to undici if the listing is aborted while undici is still loading', async () => {
  await using silence = await serveSilence()
  const undici = await vi.importActual('../../src/http/transport/undici-core.ts')
  const controller = new AbortController()
  vi.resetModules()
  vi.doMock('../../src/http/transport/undici-core.ts', async () => {
    controller.abort('enough')
    await turns(5)
    return undici
  })
  const library = await import('../../src/index.ts')
  const { accountSid, authToken } = TWILIO
  const listing = library.listParticipantConversations({
    provider: library.twilio({ accountSid, authToken, baseUrl: `https://${silence.host}` }),
    participant: { address: '+12025550123' },
    signal: controller.signal,
  })
  let requests = 0
  const onCreate = (): void => {
    requests += 1
  }
  subscribe('undici:request:create', onCreate)
  try {
    await expect(listing.toArray()).rejects.toBe('enough')
    await import('../../src/http/transport/undici-core.ts')
    await turns(20)
  } finally {
    unsubscribe('undici:request:create', onCreate)
  }
  expect(requests).toBe(0)
})

it('undici is loaded again after it failed to load once', async () => {
  await using server = await serve()
  const undici = await vi.importActual('undici')
  let loads = 0
  vi.resetModules()
  vi.doMock('../../src/http/transport/undici-core.ts', () => {
    throw Object.assign(new Error('too many open files'), { code: 'EMFILE' })
  })
  vi.doMock('../../src/http/transport/undici.ts', () => {
    loads += 1
    if (loads === 1) throw Object.assign(new Error('too many open files'), { code: 'EMFILE' })
    return { default: undici }
  })
  const library = await import('../../src/index.ts')
  const listing = library.listParticipantConversations({
    provider: library.twilio({
      accountSid: TWILIO.accountSid,
      authToken: TWILIO.authToken,
      baseUrl: server.url,
    }),
    participant: { address: '+12025550123' },
    pageSize: 3,
  })
  await listing.toArray()
  expect(loads).toBe(2)
  expect(server.seen.map(({ headers }) => headers['accept-encoding'])).toEqual([
    'gzip, deflate',
    'gzip',
    'gzip',
  ])
})

it('all of undici is loaded if its internal modules have moved', async () => {
  await using server = await serve()
  vi.resetModules()
  vi.doMock('../../src/http/transport/undici-core.ts', () => {
    throw Object.assign(new Error('no such path'), { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' })
  })
  const { listParticipantConversations, twilio } = await import('../../src/index.ts')
  const { accountSid, authToken } = TWILIO
  const provider = twilio({ accountSid, authToken, baseUrl: server.url })
  await listParticipantConversations({ provider, participant: { address: '+12025550123' } }).toArray()
  expect(server.seen.map(({ headers }) => headers['accept-encoding'])).toEqual(['gzip'])
})

it('a dispatcher without undici is an error, since without it the request would bypass a proxy', async () => {
  const missing = () => {
    throw Object.assign(new Error('no such package'), { code: 'ERR_MODULE_NOT_FOUND' })
  }
  vi.resetModules()
  vi.doMock('../../src/http/transport/undici-core.ts', missing)
  vi.doMock('undici', missing)
  const { listParticipantConversations, twilio } = await import('../../src/index.ts')
  const { accountSid, authToken } = TWILIO
  const dispatcher = { dispatch: () => true }
  const provider = twilio({ accountSid, authToken, dispatcher, retry: { retries: 0 } })
  const listing = listParticipantConversations({ provider, participant: { address: '+12025550123' } })
  await expect(listing.toArray()).rejects.toThrow(
    'a dispatcher requires the undici package, which cannot be loaded',
  )
})
