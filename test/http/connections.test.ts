import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { createServer, type Socket } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { AuthenticationError, ConnectionError, ServerError, TimeoutError } from '../../src/index.ts'
import { type Behavior, idsOf, list, listUntilError, providers, serve } from '../support/http-server.ts'
import { listenOnLoopback } from '../support/loopback.ts'

/** Too long for any machine to reach: it passes only through `timeIsUp`. */
const timeoutMs = 3_600_000
const timeIsUp = (): void => void vi.advanceTimersByTime(timeoutMs)

/** Fakes the clock for time limits. Retries still happen by themselves. */
const fakeTime = (): unknown =>
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true })
afterEach(() => void vi.useRealTimers())

const silence: Behavior = () => timeIsUp()

/** Sends a part of the response and no more. Time is up once the client has the headers. */
const partOf =
  (status: number, body: string): Behavior =>
  (outgoing) => {
    const channel = 'undici:request:headers'
    const onHead = (): void => {
      unsubscribe(channel, onHead)
      setImmediate(timeIsUp)
    }
    subscribe(channel, onHead)
    outgoing.writeHead(status, { 'content-length': 1000 }).write(body)
  }
const stall = partOf(200, '{"conversations": [')

const reset: Behavior = (outgoing) => {
  outgoing.writeHead(200, { 'content-length': 1000 })
  outgoing.write('{"conversations": [', () => setImmediate(() => outgoing.socket?.resetAndDestroy()))
}

const hangUp: Behavior = (outgoing) => {
  outgoing.socket?.destroy()
}

describe.each([
  { transport: 'undici', options: {} },
  { transport: 'the global fetch', options: { fetch: globalThis.fetch } },
])('over $transport', ({ options }) => {
  const retry = { retries: 1, minDelayMs: 1 }
  const create = (baseUrl: string, timeoutMs?: number) =>
    providers.twilio({ baseUrl, retry, timeoutMs, ...options })

  it.each([
    { how: 'that never arrives', behavior: silence },
    { how: 'that stops in the middle of its body', behavior: stall },
  ])('a response $how is a TimeoutError', async ({ behavior }) => {
    await using server = await serve()
    const first = await list(create(server.url)).pages()[Symbol.asyncIterator]().next()
    server.misbehave(2, behavior)
    fakeTime()
    const { error } = await listUntilError(list(create(server.url, timeoutMs), first.value?.nextCursor))
    vi.useRealTimers()
    expect(error).toBeInstanceOf(TimeoutError)
    expect(error).toMatchObject({
      name: 'TimeoutError',
      provider: 'twilio',
      timeoutMs,
      attempts: 2,
      url: `${server.url}/v1/ParticipantConversations?Address=***&PageSize=3&Page=1&PageToken=***`,
    })
    expect(error.message).toMatch(
      /\(attempt 2\) within 3600000 ms.*Raise timeoutMs.*continue from the cursor/,
    )
    expect(server.seen).toHaveLength(1 + 2)

    server.heal()
    const ids = idsOf(first.value?.items ?? [])
    const rest = idsOf(await list(create(server.url), error.cursor ?? '').toArray())
    expect(ids).toHaveLength(3)
    expect([...ids, ...rest]).toEqual(idsOf(await list(create(server.url)).toArray()))
  })

  it.each([
    { when: 'before the response', behavior: hangUp },
    { when: 'by a reset in the middle of the body', behavior: reset },
  ])('a connection that breaks $when is a ConnectionError', async ({ behavior }) => {
    await using server = await serve()
    server.misbehave(3, behavior)
    const { ids, error } = await listUntilError(list(create(server.url)))
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({
      name: 'ConnectionError',
      provider: 'twilio',
      attempts: 2,
      url: `${server.url}/v1/ParticipantConversations?Address=***&PageSize=3&Page=2&PageToken=***`,
    })
    expect(error.message).toMatch(/The connection to Twilio failed.*Check the network and baseUrl/)
    expect(error.cause).toBeInstanceOf(Error)
    expect(server.seen).toHaveLength(2 + 2)

    server.heal()
    const rest = idsOf(await list(create(server.url), error.cursor ?? '').toArray())
    expect(ids).toHaveLength(6)
    expect([...ids, ...rest]).toEqual(idsOf(await list(create(server.url)).toArray()))
  })

  it('an error status is reported as such even if its body never ends', async () => {
    await using server = await serve()
    server.misbehave(1, partOf(401, '{"code": 200'))
    fakeTime()
    const { error } = await listUntilError(list(create(server.url, timeoutMs)))
    expect(error).toBeInstanceOf(AuthenticationError)
    expect(error).toMatchObject({ status: 401, code: null, attempts: 1 })
    expect(server.seen).toHaveLength(1)
  })

  it('an informational response does not count as the response', async () => {
    await using server = await serve()
    server.misbehave(1, (outgoing) => {
      outgoing.writeEarlyHints({ link: '</style.css>; rel=preload' }, () => {
        setImmediate(() => outgoing.socket?.destroy())
      })
    })
    const { error } = await listUntilError(list(create(server.url)))
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({ attempts: 2 })
  })

  it('a server that refuses connections is a ConnectionError that says so', async () => {
    await using gone = await serve()
    await using healthy = await serve()
    const ids: string[] = []
    const { error } = await listUntilError(
      (async function* () {
        for await (const page of list(create(gone.url)).pages()) {
          ids.push(...idsOf(page.items))
          await gone.close()
          yield* []
        }
      })(),
    )
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({ attempts: 2, url: expect.stringContaining('PageToken=***') })
    expect(error.message).toContain('ECONNREFUSED')

    const rest = idsOf(await list(create(healthy.url), error.cursor ?? '').toArray())
    expect(ids).toHaveLength(3)
    expect([...ids, ...rest]).toEqual(idsOf(await list(create(healthy.url)).toArray()))
  })

  it('a server that does not speak HTTP is a ConnectionError', async () => {
    const sockets: Socket[] = []
    const server = createServer((socket) => sockets.push(socket.end('220 mail.example ESMTP\r\n')))
    const host = await listenOnLoopback(server)
    try {
      const { error } = await listUntilError(list(create(`http://${host}`)))
      expect(error).toBeInstanceOf(ConnectionError)
      expect(error).toMatchObject({ attempts: 2 })
    } finally {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    }
  })

  it.each([301, 302, 303, 307, 308])(
    'a %i redirect is an error, and its target receives no request',
    async (status) => {
      await using target = await serve()
      await using server = await serve()
      server.misbehave(2, (outgoing, { target: path }) => {
        outgoing.writeHead(status, { location: `${target.url}${path}` }).end()
      })
      const { ids, error } = await listUntilError(list(create(server.url)))
      expect(error).toMatchObject({ name: 'ApiError', status, attempts: 1 })
      expect(error.message).toMatch(/Redirects are not followed.*Set baseUrl to the final URL/)
      expect(server.seen).toHaveLength(2)
      expect(target.seen).toEqual([])

      server.heal()
      const rest = idsOf(await list(create(server.url), error.cursor ?? '').toArray())
      expect([...ids, ...rest]).toEqual(idsOf(await list(create(server.url)).toArray()))
    },
  )

  it('a single failed attempt is retried and leaves no trace in the listing', async () => {
    await using server = await serve()
    const everything = idsOf(await list(create(server.url)).toArray())
    for (const behavior of [reset, hangUp]) {
      server.misbehave(server.seen.length + 2, behavior, 1)
      expect(idsOf(await list(create(server.url)).toArray())).toEqual(everything)
    }
    expect(server.seen).toHaveLength(3 + 2 * 4)
  })

  it('the error of the last attempt is thrown', async () => {
    await using server = await serve()
    let number = 0
    server.misbehave(1, (outgoing, request) => {
      number += 1
      if (number === 1) hangUp(outgoing, request)
      else outgoing.writeHead(503).end()
    })
    const { error } = await listUntilError(list(create(server.url)))
    expect(error).toBeInstanceOf(ServerError)
    expect(error).toMatchObject({ status: 503, attempts: 2 })
  })
})
