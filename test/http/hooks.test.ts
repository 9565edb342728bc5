import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  ConversationsError,
  type HttpHooks,
  RateLimitError,
  type RequestInfo,
  ServerError,
  twilio,
} from '../../src/index.ts'
import {
  always,
  answer,
  BIRD,
  COUNT,
  failing,
  list,
  listUntilError,
  listUntilFailure,
  providers,
  serve,
  status,
  TWILIO,
} from '../support/http-server.ts'
import { settled } from '../support/listing.ts'

/** Hooks that record their calls in order. */
function recorder() {
  const told: { hook: string; info: object }[] = []
  const record = (hook: string) => (info: object) => told.push({ hook, info })
  const hooks: HttpHooks = {
    onRequest: record('onRequest'),
    onResponse: record('onResponse'),
    onRetry: record('onRetry'),
    onError: record('onError'),
  }
  return { told, hooks }
}

describe('hooks', () => {
  it('report each attempt: its request, its response, and the wait before the next', async () => {
    await using server = await serve()
    const { told, hooks } = recorder()
    server.misbehave(2, answer(503, {}, { 'X-Request-Id': 'request-7' }), 1)
    await list(
      providers.bird({ baseUrl: server.url, hooks, retry: { minDelayMs: 1, maxDelayMs: 1 } }),
    ).toArray()

    const endpoint = `${server.url}/workspaces/${BIRD.workspaceId}/participants/phonenumber/***/conversations?channelId=${BIRD.channelId}&limit=3`
    const ids = { callId: expect.any(String), listingId: expect.any(String) }
    const common = { provider: 'bird', method: 'GET', ...ids }
    const first = { ...common, url: endpoint, attempt: 1 }
    const later = { ...common, url: `${endpoint}&pageToken=***` }
    const took = { requestId: expect.any(String), durationMs: expect.any(Number) }
    expect(told).toEqual([
      { hook: 'onRequest', info: first },
      { hook: 'onResponse', info: { ...first, ...took, status: 200 } },
      { hook: 'onRequest', info: { ...later, attempt: 1 } },
      { hook: 'onResponse', info: { ...later, ...took, attempt: 1, status: 503, requestId: 'request-7' } },
      {
        hook: 'onRetry',
        info: { ...later, attempt: 1, delayMs: expect.any(Number), error: expect.any(ServerError) },
      },
      { hook: 'onRequest', info: { ...later, attempt: 2 } },
      { hook: 'onResponse', info: { ...later, ...took, attempt: 2, status: 200 } },
      { hook: 'onRequest', info: { ...later, attempt: 1 } },
      { hook: 'onResponse', info: { ...later, ...took, attempt: 1, status: 200 } },
    ])
  })

  it('report no response when none arrived, and no retry after the last attempt', async () => {
    const { told, hooks } = recorder()
    const fetch = () => Promise.reject(new TypeError('fetch failed'))
    await listUntilError(list(providers.twilio({ fetch, hooks, retry: { retries: 1, minDelayMs: 1 } })))
    expect(told.map(({ hook }) => hook)).toEqual(['onRequest', 'onRetry', 'onRequest', 'onError'])
  })

  it('measure the time to the end of the body', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] })
    try {
      vi.advanceTimersByTime(1000)
      const { told, hooks } = recorder()
      const fetch = async () => {
        await vi.advanceTimersByTimeAsync(20)
        const body = new ReadableStream({
          async pull(controller) {
            await vi.advanceTimersByTimeAsync(300)
            controller.enqueue(new TextEncoder().encode('{"results": []}'))
            controller.close()
          },
        })
        return new Response(body)
      }
      await list(providers.bird({ fetch, hooks })).toArray()
      expect(told[1]).toMatchObject({ hook: 'onResponse', info: { durationMs: 320 } })
    } finally {
      vi.useRealTimers()
    }
  })

  it.each(['onRequest', 'onResponse', 'onRetry'] as const)(
    'end the listing with their error as the cause, and with a cursor, if they throw: %s',
    async (name) => {
      const mistake = new Error('the log is full')
      const { fetch, calls } = failing(null, status(503))
      let isThrowing = false
      const hooks: HttpHooks = {
        [name]: () => {
          if (isThrowing) throw mistake
        },
      }
      const provider = providers.twilio({ fetch, hooks, retry: { minDelayMs: 1 } })
      const ids: string[] = []
      const { error } = await listUntilError(
        (async function* () {
          for await (const conversation of list(provider)) {
            isThrowing = true
            ids.push(conversation.id)
            yield conversation
          }
        })(),
      )
      expect(error).toBeInstanceOf(ConversationsError)
      expect(error).toMatchObject({ provider: 'twilio', cause: mistake })
      expect(error.cause).toBe(mistake)
      expect(error.message).toContain(`hooks.${name}`)
      expect(calls()).toBe(name === 'onRequest' ? 1 : 2)

      isThrowing = false
      const rest = await list(provider, error.cursor ?? '').toArray()
      expect(ids).toHaveLength(3)
      expect(rest).toHaveLength(COUNT - 3)
    },
  )

  it.each(['onRequest', 'onResponse', 'onRetry', 'onError'] as const)(
    'end the listing with an error that is retryable if theirs says so: %s',
    async (name) => {
      const limited = { url: 'https://limiter.example', attempts: 1, status: 429 }
      const thrown: readonly (readonly [unknown, boolean])[] = [
        [Object.assign(new Error('no token left'), { isRetryable: true }), true],
        [{ isRetryable: true }, true],
        [new RateLimitError('no token left', limited), true],
        [Object.assign(new Error('no token left'), { isRetryable: 'yes' }), false],
        [new ConversationsError('the log is full'), false],
        [new Error('the log is full'), false],
        ['the log is full', false],
        [null, false],
      ]
      for (const [cause, isRetryable] of thrown) {
        const { fetch, calls } = failing(...always(status(503)))
        const hooks: HttpHooks = { [name]: () => Promise.reject(cause) }
        const retry = { retries: name === 'onError' ? 0 : 1, minDelayMs: 1 }
        const { error } = await listUntilError(list(providers.twilio({ fetch, hooks, retry })))
        expect(error).toMatchObject({ name: 'ConversationsError', isRetryable, cursor: expect.any(String) })
        expect(error.message).toContain(`hooks.${name} threw an error`)
        expect(error.cause).toBe(cause)
        // No retry follows.
        expect(calls()).toBe(name === 'onRequest' ? 0 : 1)
      }
    },
  )

  it('are awaited if they are asynchronous, and end the listing if they reject', async () => {
    const { fetch } = failing()
    const rejection = new Error('the log is full')
    const written: number[] = []
    const onRequest = async ({ attempt }: { attempt: number }): Promise<void> => {
      await Promise.resolve()
      written.push(attempt)
      if (written.length === 2) throw rejection
    }
    const { error, ids } = await listUntilError(list(providers.twilio({ fetch, hooks: { onRequest } })))
    expect(error).toBeInstanceOf(ConversationsError)
    expect(error).toMatchObject({ cause: rejection, cursor: expect.any(String) })
    expect(ids).toHaveLength(3)
    expect(written).toEqual([1, 1])
  })
})

describe('onError', () => {
  it('reports the failure that ends a request, once, after the last attempt', async () => {
    const { told, hooks } = recorder()
    const { fetch } = failing(null, status(503), status(503))
    const { error } = await listUntilError(
      list(providers.twilio({ fetch, hooks, retry: { retries: 1, minDelayMs: 1 } })),
    )
    const failures = told.filter(({ hook }) => hook === 'onError')
    expect(failures).toEqual([
      {
        hook: 'onError',
        info: expect.objectContaining({ attempt: 2, url: expect.stringContaining('Address=***'), error }),
      },
    ])
  })

  it('reports a response that cannot be used', async () => {
    const { told, hooks } = recorder()
    await listUntilError(list(providers.twilio({ fetch: async () => Response.json({}), hooks })))
    expect(told.map(({ hook }) => hook)).toEqual(['onRequest', 'onResponse', 'onError'])
  })

  it('reports the last attempt of a response that cannot be used', async () => {
    const { told, hooks } = recorder()
    const answers = [new Response('', { status: 503 }), new Response('not JSON')]
    const fetch = async () => answers.shift() ?? Response.error()
    await listUntilError(list(providers.twilio({ fetch, hooks, retry: { minDelayMs: 1 } })))
    expect(told.at(-1)).toMatchObject({ hook: 'onError', info: { attempt: 2 } })
  })

  it('reports a request for a token that failed as that, in the listing that needed it', async () => {
    const { told, hooks } = recorder()
    const { clientId, clientSecret } = TWILIO
    const fetch = async () => new Response('', { status: 503 })
    const retry = { retries: 1, minDelayMs: 1 }
    const { error } = await listUntilError(list(twilio({ clientId, clientSecret, fetch, hooks, retry })))
    const [first, ...others] = told.map(({ info }) => info)
    expect(told.at(-1)).toEqual({
      hook: 'onError',
      info: { ...first, attempt: 2, listingId: expect.any(String), error },
    })
    expect(first).toMatchObject({ method: 'POST', listingId: null })
    for (const info of others) expect(info).toMatchObject({ callId: Reflect.get(Object(first), 'callId') })
  })

  it('ends the listing with an error that names the failure it received, if it throws', async () => {
    for (const hook of ['onError', 'onRetry'] as const) {
      const cause = new Error('the log is full')
      const hooks: HttpHooks = {
        [hook]: () => {
          throw cause
        },
      }
      const fetch = async () => new Response('', { status: 503 })
      const { error } = await listUntilError(
        list(providers.bird({ fetch, hooks, retry: { retries: hook === 'onRetry' ? 1 : 0, minDelayMs: 1 } })),
      )
      expect(error).toMatchObject({ cause })
      expect(error.message).toMatch(
        `hooks.${hook} threw an error (see cause), after: Bird returned 503 for GET `,
      )
    }
  })

  it('does not report a 401 after which other credentials succeed', async () => {
    const { told, hooks } = recorder()
    const { fetch } = failing(status(401))
    const tokens = ['stale', 'fresh']
    const provider = twilio({
      accessToken: () => tokens.shift() ?? 'fresh',
      hooks,
      fetch: (url, init) =>
        fetch(url, {
          ...init,
          headers: { authorization: `Basic ${btoa(`${TWILIO.accountSid}:${TWILIO.authToken}`)}` },
        }),
    })
    await list(provider).toArray()
    expect(told.slice(0, 4).map(({ hook, info }) => [hook, Reflect.get(info, 'attempt')])).toEqual([
      ['onRequest', 1],
      ['onResponse', 1],
      ['onRequest', 2],
      ['onResponse', 2],
    ])
    expect(new Set(told.slice(0, 4).map(({ info }) => Reflect.get(info, 'callId'))).size).toBe(1)
    expect(told.map(({ hook }) => hook)).not.toContain('onError')
  })

  it('does not report an abort', async () => {
    const { told, hooks } = recorder()
    const controller = new AbortController()
    const fetch = () => {
      controller.abort('enough')
      return new Promise<Response>(() => {})
    }
    await listUntilFailure(list(providers.twilio({ fetch, hooks }), undefined, controller.signal))
    await settled()
    expect(told.map(({ hook }) => hook)).toEqual(['onRequest'])
  })
})

describe('the ids passed to hooks', () => {
  it('are the same for all attempts of a request, and for all requests of a listing', async () => {
    const { told, hooks } = recorder()
    const { fetch } = failing(null, status(503))
    const provider = providers.twilio({ fetch, hooks, retry: { minDelayMs: 1 } })
    await list(provider).toArray()
    const first = told.splice(0).map(({ info }) => info)
    const idsOf = (name: string, infos: readonly object[]) => infos.map((info) => Reflect.get(info, name))
    const [one, , two, , , , , three] = idsOf('callId', first)
    expect(idsOf('callId', first)).toEqual([one, one, two, two, two, two, two, three, three])
    expect(new Set([one, two, three]).size).toBe(3)
    const [listing] = idsOf('listingId', first)
    expect(listing).toEqual(expect.any(String))
    expect(new Set(idsOf('listingId', first))).toEqual(new Set([listing]))

    await list(provider).toArray()
    expect(
      idsOf(
        'listingId',
        told.map(({ info }) => info),
      ),
    ).not.toContain(listing)
  })

  it('are not created without hooks', async () => {
    const randomUUID = vi.spyOn(crypto, 'randomUUID')
    await list(providers.bird({ fetch: async () => Response.json({ results: [] }) })).toArray()
    expect(randomUUID).not.toHaveBeenCalled()
    randomUUID.mockRestore()
  })
})

describe('hooks that are methods', () => {
  class Metrics implements HttpHooks {
    readonly urls: string[] = []
    readonly #prefix = 'saw '
    onRequest({ url }: RequestInfo): void {
      this.urls.push(this.#prefix + url)
    }
  }

  it('are found on the prototype of a class instance, and keep their this', async () => {
    const metrics = new (class extends Metrics {})()
    await list(providers.bird({ fetch: failing().fetch, hooks: metrics })).toArray()
    expect(metrics.urls).toHaveLength(3)
    expect(metrics.urls[0]).toMatch(/^saw https:/)
  })

  it('keep their this on a plain object', async () => {
    const counts: boolean[] = []
    const hooks = {
      onResponse() {
        counts.push(this === hooks)
      },
    }
    await list(providers.twilio({ fetch: failing().fetch, hooks })).toArray()
    expect(counts).toEqual([true, true, true])
  })
})

describe('an abort', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it.each([
    ['an Error', new Error('enough')],
    ['a string', 'enough'],
    ['null', null],
    ['an object', { because: 'enough' }],
    ["AbortController's default", undefined],
  ])('during the wait before a retry ends the listing at once with its reason: %s', async (_, reason) => {
    const controller = new AbortController()
    const { fetch, calls } = failing(status(429, { 'retry-after': '30' }))
    const retries: number[] = []
    const provider = providers.twilio({ fetch, hooks: { onRetry: ({ delayMs }) => retries.push(delayMs) } })
    const listing = listUntilFailure(list(provider, undefined, controller.signal))
    await vi.advanceTimersByTimeAsync(1000)
    expect(retries[0]).toBeGreaterThanOrEqual(30_000)
    expect(vi.getTimerCount()).toBe(1)

    controller.abort(reason)
    const { failure } = await listing
    expect(failure).toBe(controller.signal.reason)
    expect(vi.getTimerCount()).toBe(0)
    expect(calls()).toBe(1)
  })

  it('while a response is pending ends the listing at once with its reason, and no attempt follows', async () => {
    const controller = new AbortController()
    const { fetch, calls } = failing(() => new Promise(() => {}))
    const listing = listUntilFailure(list(providers.twilio({ fetch }), undefined, controller.signal))
    await vi.advanceTimersByTimeAsync(10)
    controller.abort('enough')
    expect((await listing).failure).toBe('enough')
    await vi.runAllTimersAsync()
    expect([calls(), vi.getTimerCount()]).toEqual([1, 0])
  })

  it('in a hook takes precedence over the failure that the hook reports', async () => {
    const controller = new AbortController()
    const { fetch, calls } = failing(status(500))
    const provider = providers.twilio({ fetch, hooks: { onResponse: () => controller.abort('enough') } })
    const { failure } = await listUntilFailure(list(provider, undefined, controller.signal))
    expect(failure).toBe('enough')
    expect([calls(), vi.getTimerCount()]).toEqual([1, 0])
  })

  it('reaches the fetch that is in flight', async () => {
    const controller = new AbortController()
    const signals: (AbortSignal | null | undefined)[] = []
    const fetch: typeof globalThis.fetch = (_, init) => {
      signals.push(init?.signal)
      return new Promise(() => {})
    }
    const listing = listUntilFailure(list(providers.twilio({ fetch }), undefined, controller.signal))
    await vi.advanceTimersByTimeAsync(10)
    expect(signals.map((signal) => signal?.aborted)).toEqual([false])
    controller.abort('enough')
    await listing
    expect(signals.map((signal) => signal?.aborted)).toEqual([true])
  })
})
