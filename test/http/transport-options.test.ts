import { Agent, type Dispatcher, interceptors, MockAgent, ProxyAgent } from 'undici'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ConfigurationError, listParticipantConversations, NotFoundError } from '../../src/index.ts'
import {
  answer,
  COUNT,
  list,
  listUntilError,
  listUntilFailure,
  providers,
  sampleStandIn,
  serve,
  serveProxy,
  transportOf,
} from '../support/http-server.ts'
import { firstPageOf } from '../support/listing.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

/** An agent that records the paths of the requests it dispatches. */
function countingAgent(): { dispatcher: Agent; paths: string[] } {
  const paths: string[] = []
  class Counting extends Agent {
    override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
      paths.push(options.path)
      return super.dispatch(options, handler)
    }
  }
  return { dispatcher: new Counting(), paths }
}

describe('the fetch option', () => {
  it('is called for every request, without a `this`', async () => {
    const calls: { self: unknown; url: unknown; init: RequestInit | undefined }[] = []
    const { fetch: standInFetch } = sampleStandIn()
    const fetch = function (this: unknown, input: string | URL | Request, init?: RequestInit) {
      calls.push({ self: this, url: input, init })
      return standInFetch(input, init)
    }
    const headers = { 'X-Team': 'billing' }
    expect(await list(providers.twilio({ fetch, headers })).toArray()).toHaveLength(COUNT)
    expect(calls).toHaveLength(3)
    for (const { self, url, init } of calls) {
      expect(self).toBeUndefined()
      expect(url).toMatch(/^https:\/\/conversations\.twilio\.com\/v1\/ParticipantConversations\?/)
      expect(init).toMatchObject({
        method: 'GET',
        redirect: 'manual',
        signal: expect.any(AbortSignal),
        headers: {
          accept: 'application/json',
          'x-team': 'billing',
          authorization: expect.stringMatching(/^Basic /),
        },
      })
    }
  })

  it('takes precedence over a replaced global fetch', async () => {
    const globalFetch = vi.fn()
    vi.stubGlobal('fetch', globalFetch)
    const { fetch } = sampleStandIn()
    expect(await list(providers.bird({ fetch })).toArray()).toHaveLength(COUNT)
    expect(globalFetch).not.toHaveBeenCalled()
  })

  it.each(['twilio', 'bird'] as const)(
    'cannot be combined with a dispatcher, which it would ignore: %s',
    (name) => {
      const { fetch } = sampleStandIn()
      expect(() => providers[name]({ fetch, dispatcher: new Agent() })).toThrow(
        /dispatcher must not be combined with fetch/,
      )
    },
  )

  it('is called instead of undici even if it is Node’s own fetch', async () => {
    await using server = await serve()
    await list(providers.twilio({ baseUrl: server.url, fetch: globalThis.fetch })).toArray()
    expect(server.seen.map(transportOf)).toEqual(['fetch', 'fetch', 'fetch'])
  })

  it('may return a response that has neither a body nor methods to read it', async () => {
    const fetch = async () => ({ status: 404, body: null }) as Response
    const { error } = await listUntilError(list(providers.twilio({ fetch })))
    expect(error).toBeInstanceOf(NotFoundError)
  })

  it('that returns a Response which has been read is a mistake, and is not called again', async () => {
    const response = Response.json({ results: [] })
    await response.text()
    let calls = 0
    const fetch = async () => {
      calls += 1
      return response
    }
    const { error } = await listUntilError(list(providers.bird({ fetch })))
    expect(error).toBeInstanceOf(ConfigurationError)
    expect(error.message).toContain('fetch must resolve with a new Response for each request')
    expect(calls).toBe(1)
  })

  it('that ignores its signal has its body canceled after a timeout', async () => {
    let canceled = 0
    const fetch = async () =>
      new Response(
        new ReadableStream({
          cancel() {
            canceled += 1
          },
        }),
      )
    const { error } = await listUntilError(
      list(providers.bird({ fetch, timeoutMs: 20, retry: { retries: 1, minDelayMs: 1 } })),
    )
    expect(error).toMatchObject({ name: 'TimeoutError', attempts: 2 })
    expect(canceled).toBe(2)
  })

  it.each<[string, object]>([
    ['no cancel()', {}],
    ['a cancel() that returns nothing', { cancel: () => undefined }],
    [
      'a cancel() that throws',
      {
        cancel() {
          throw new Error('no')
        },
      },
    ],
  ])('may return a body with %s: a timeout in it is only that', async (_, methods) => {
    const body = { getReader: () => ({ read: () => new Promise(() => {}), ...methods }) }
    const fetch = async () => ({ ok: true, status: 200, body })
    const { error } = await listUntilError(
      list(providers.bird({ fetch: fetch as never, timeoutMs: 20, retry: { retries: 0 } })),
    )
    // An exception in a timer would fail the test run.
    expect(error).toMatchObject({ name: 'TimeoutError' })
  })

  it('that ignores its signal has the body canceled of a response that comes too late', async () => {
    let canceled = 0
    let respond = (): void => {}
    const fetch = () =>
      new Promise<Response>((resolve) => {
        respond = () =>
          resolve(
            new Response(
              new ReadableStream({
                cancel() {
                  canceled += 1
                },
              }),
            ),
          )
      })
    const { error } = await listUntilError(
      list(providers.bird({ fetch, timeoutMs: 20, retry: { retries: 0 } })),
    )
    expect(error).toMatchObject({ name: 'TimeoutError' })
    respond()
    await vi.waitFor(() => expect(canceled).toBe(1))
  })

  it('may return headers whose get() returns undefined for those that are missing', async () => {
    const headers = new Map([['x-request-id', 'R1']])
    const json = async () => ({ results: [] })
    const fetch = async () => ({ ok: true, headers, json })
    const list = listParticipantConversations({
      provider: providers.bird({ fetch: fetch as never }),
      participant: { address: '+12025550123' },
    })
    expect((await firstPageOf(list)).requestId).toBe('R1')
  })

  it('may return an opaque redirect, as fetch does on other platforms', async () => {
    const fetch = async () =>
      Object.defineProperties(new Response(), { type: { value: 'opaqueredirect' }, status: { value: 0 } })
    const { error } = await listUntilError(list(providers.twilio({ fetch })))
    expect(error.message).toMatch(/Redirects are not followed/)
  })
})

describe('the dispatcher option', () => {
  it('handles every request, through undici from npm', async () => {
    await using server = await serve()
    const { dispatcher, paths } = countingAgent()
    expect(await list(providers.twilio({ baseUrl: server.url, dispatcher })).toArray()).toHaveLength(COUNT)
    expect(paths).toEqual(server.seen.map(({ target }) => target))
    expect(server.seen.map(transportOf)).toEqual(['undici', 'undici', 'undici'])
    await dispatcher.close()
  })

  it('takes precedence over a replaced global fetch', async () => {
    await using server = await serve()
    const globalFetch = vi.fn()
    vi.stubGlobal('fetch', globalFetch)
    const { dispatcher, paths } = countingAgent()
    await list(providers.bird({ baseUrl: server.url, dispatcher })).toArray()
    expect(paths).toHaveLength(3)
    expect(globalFetch).not.toHaveBeenCalled()
    await dispatcher.close()
  })

  it('may be a MockAgent', async () => {
    const dispatcher = new MockAgent()
    dispatcher.disableNetConnect()
    dispatcher
      .get('https://api.bird.com')
      .intercept({ path: (path) => path.includes('/conversations?') })
      .reply(200, { results: [] })
    expect(await list(providers.bird({ dispatcher })).toArray()).toEqual([])
    dispatcher.assertNoPendingInterceptors()
    await dispatcher.close()
  })

  it('may be a ProxyAgent', async () => {
    await using server = await serve()
    await using proxy = await serveProxy()
    const dispatcher = new ProxyAgent(proxy.url)
    expect(await list(providers.twilio({ baseUrl: server.url, dispatcher })).toArray()).toHaveLength(COUNT)
    expect(proxy.asked.length).toBeGreaterThan(0)
    await dispatcher.close()
  })

  it('throws at once if it is closed, and is not bypassed', async () => {
    await using server = await serve()
    const dispatcher = new Agent()
    await dispatcher.close()
    const provider = providers.twilio({ baseUrl: server.url, dispatcher })
    const { error } = await listUntilError(list(provider))
    expect(error).toBeInstanceOf(ConfigurationError)
    expect(server.seen).toEqual([])
  })

  it('with undici’s redirect interceptor does not send the participant to another host', async () => {
    await using server = await serve()
    await using stranger = await serve()
    const agent = new Agent()
    const dispatcher = agent.compose(interceptors.redirect({ maxRedirections: 5 }))
    const headers = { 'x-gateway-key': 'gateway-secret' }
    server.misbehave(1, answer(302, {}, { location: stranger.url.replace('127.0.0.1', 'localhost') }))
    const { error } = await listUntilError(
      list(providers.twilio({ baseUrl: server.url, dispatcher, headers })),
    )
    expect(error).toMatchObject({ name: 'ApiError', status: 302 })
    expect(stranger.seen).toEqual([])
    await agent.close()
  })

  it('receives the abort of a listing', async () => {
    await using server = await serve()
    const controller = new AbortController()
    const closed = new Promise<void>((resolve) => {
      server.misbehave(1, (outgoing) => {
        outgoing.on('close', resolve)
        controller.abort('enough')
      })
    })
    const { dispatcher } = countingAgent()
    const provider = providers.twilio({ baseUrl: server.url, dispatcher })
    const { failure } = await listUntilFailure(list(provider, undefined, controller.signal))
    expect(failure).toBe('enough')
    await closed
    await dispatcher.close()
  })

  it('has its own timeouts disabled, since timeoutMs covers an attempt', async () => {
    const dispatched: Dispatcher.DispatchOptions[] = []
    const inner = new Agent()
    const dispatcher = inner.compose((dispatch) => (options, handler) => {
      dispatched.push(options)
      return dispatch(options, handler)
    })
    await using server = await serve()
    await list(providers.twilio({ baseUrl: server.url, dispatcher })).toArray()
    expect(dispatched[0]).toMatchObject({ headersTimeout: 0, bodyTimeout: 0 })
    await inner.close()
  })
})

describe('the headers option', () => {
  it.each([
    ['Headers', new Headers({ 'x-team': 'billing' }), 'headers must be a plain object; got a Headers'],
    ['a Map', new Map([['x-team', 'billing']]), 'headers must be a plain object; got a Map'],
    ['an array of pairs', [['x-team', 'billing']], 'headers must be an object of header names'],
  ])('is refused, rather than ignored, if it is not a plain object: %s', (_, headers, problem) => {
    const given = headers as unknown as Record<string, string>
    expect(() => providers.twilio({ headers: given })).toThrow(problem)
  })
})
