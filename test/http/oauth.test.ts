import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  ApiError,
  AuthenticationError,
  ConversationsError,
  listParticipantConversations,
  twilio,
} from '../../src/index.ts'
import {
  answer,
  COUNT,
  leaks,
  list,
  listUntilError,
  type ScriptedServer,
  type SeenRequest,
  sampleStandIn,
  serve,
  TWILIO,
} from '../support/http-server.ts'
import { rejectionOf, settled } from '../support/listing.ts'

const { clientId, clientSecret } = TWILIO
type Fetch = typeof globalThis.fetch

/** A provider on the stand-in, and its requests for tokens and for pages. */
function overStandIn(options: { ttlSeconds?: number; headers?: Record<string, string> } = {}) {
  const standIn = sampleStandIn(options.ttlSeconds)
  const asked: { url: string; headers: Headers }[] = []
  const fetch: Fetch = (input, init) => {
    asked.push({ url: String(input), headers: new Headers(init?.headers) })
    return standIn.fetch(input, init)
  }
  const provider = twilio({ clientId, clientSecret, fetch, headers: options.headers })
  const isToken = ({ url }: { url: string }): boolean => url === 'https://oauth.twilio.com/v2/token'
  return {
    provider,
    tokens: () => asked.filter(isToken),
    pages: () => asked.filter((request) => !isToken(request)),
  }
}

describe('an OAuth token', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('is fetched with the first request, not when the provider is created', async () => {
    const { provider, tokens } = overStandIn()
    expect(tokens()).toHaveLength(0)
    expect(await list(provider).toArray()).toHaveLength(COUNT)
    expect(tokens()).toHaveLength(1)
  })

  it('is fetched once for concurrent listings', async () => {
    const { provider, tokens } = overStandIn()
    const listings = await Promise.all(Array.from({ length: 5 }, () => list(provider).toArray()))
    expect(listings.map(({ length }) => length)).toEqual([COUNT, COUNT, COUNT, COUNT, COUNT])
    expect(tokens()).toHaveLength(1)
  })

  it.each([
    { ttlSeconds: 3600, keptForSeconds: 3539, renewedAfterSeconds: 3541 },
    { ttlSeconds: 100, keptForSeconds: 89, renewedAfterSeconds: 91 },
  ])(
    'that is valid for $ttlSeconds s is kept until shortly before it expires',
    async ({ ttlSeconds, keptForSeconds, renewedAfterSeconds }) => {
      const { provider, tokens } = overStandIn({ ttlSeconds })
      const start = Date.now()
      await list(provider).toArray()
      vi.setSystemTime(start + keptForSeconds * 1000)
      await list(provider).toArray()
      expect(tokens()).toHaveLength(1)
      vi.setSystemTime(start + renewedAfterSeconds * 1000)
      await list(provider).toArray()
      expect(tokens()).toHaveLength(2)
    },
  )

  it('is not shared between two providers', async () => {
    const [one, other] = [overStandIn(), overStandIn()]
    await list(one.provider).toArray()
    await list(other.provider).toArray()
    expect([one.tokens().length, other.tokens().length]).toEqual([1, 1])
  })

  it('is fetched without custom headers, which are for the API', async () => {
    const { provider, tokens, pages } = overStandIn({ headers: { 'X-Gateway-Key': 'for-the-gateway' } })
    await list(provider).toArray()
    expect(tokens().map(({ headers }) => headers.has('x-gateway-key'))).toEqual([false])
    expect(pages().map(({ headers }) => headers.get('x-gateway-key'))).toEqual(
      Array.from({ length: 3 }, () => 'for-the-gateway'),
    )
  })
})

describe('the request for an OAuth token', () => {
  it('is aborted with the last of the listings that wait for it, and sent again for the next', async () => {
    const signals: AbortSignal[] = []
    const fetch: Fetch = (_input, init) => {
      if (init?.signal) signals.push(init.signal)
      return new Promise(() => {})
    }
    const provider = twilio({ clientId, clientSecret, fetch })
    const [one, other, next] = [new AbortController(), new AbortController(), new AbortController()]
    const start = ({ signal }: AbortController) => list(provider, undefined, signal).toArray()
    const listings = [start(one), start(other)]
    await settled()
    expect(signals).toHaveLength(1)
    for (const [index, { controller, isAborted }] of [
      { controller: one, isAborted: false },
      { controller: other, isAborted: true },
    ].entries()) {
      controller.abort('enough')
      expect(await rejectionOf(listings[index] ?? Promise.resolve())).toBe('enough')
      expect(signals[0]?.aborted).toBe(isAborted)
    }
    const last = start(next)
    await settled()
    expect(signals).toHaveLength(2)
    next.abort('enough')
    expect(await rejectionOf(last)).toBe('enough')
  })

  it('does not wait for a listing that was aborted before', async () => {
    const { provider, tokens } = overStandIn()
    const aborted = AbortSignal.abort('enough')
    expect(await rejectionOf(list(provider, undefined, aborted).toArray())).toBe('enough')
    expect(await list(provider).toArray()).toHaveLength(COUNT)
    expect(tokens()).toHaveLength(1)
  })

  it('leaves no listener on the signal of a listing, so that an abort later does no harm', async () => {
    const { provider, tokens } = overStandIn()
    const controller = new AbortController()
    const pages = list(provider, undefined, controller.signal).pages()[Symbol.asyncIterator]()
    await pages.next()
    controller.abort('enough')
    await settled()
    expect(await list(provider).toArray()).toHaveLength(COUNT)
    expect(tokens()).toHaveLength(1)
  })

  it('does not show its secret in an error, not even as the form encodes it', async () => {
    const secret = 'a+secret&more'
    const encoded = encodeURIComponent(secret)
    const fetch: Fetch = async () =>
      Response.json({ message: `no such client: ${encoded}, ${secret}` }, { status: 400 })
    const { error } = await listUntilError(list(twilio({ clientId, clientSecret: secret, fetch })))
    expect(error.message).toContain('no such client')
    expect(leaks([secret, encoded], error)).toEqual([])
  })
})

describe('over real HTTP, an OAuth token', () => {
  let api: ScriptedServer
  let tokens: ScriptedServer
  const create = () =>
    twilio({
      clientId,
      clientSecret,
      baseUrl: api.url,
      tokenUrl: `${tokens.url}/v2/token`,
      headers: { 'x-gateway-key': 'for-the-gateway' },
      retry: { retries: 1, minDelayMs: 1 },
    })

  beforeEach(async () => {
    const standIn = sampleStandIn()
    api = await serve(standIn.fetch)
    tokens = await serve(standIn.fetch)
  })
  afterEach(() => Promise.all([api.close(), tokens.close()]))

  it('is requested with a form that holds the client secret, which is sent nowhere else', async () => {
    await list(create()).toArray()
    const [request] = tokens.seen
    expect(tokens.seen).toHaveLength(1)
    expect(request).toMatchObject({ method: 'POST', target: '/v2/token' })
    expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded')
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      client_id: clientId,
      client_secret: clientSecret,
      grant_type: 'client_credentials',
    })
    expect(request?.headers).not.toHaveProperty('authorization')
    expect(request?.headers).not.toHaveProperty('x-gateway-key')
    expect(JSON.stringify(api.seen)).not.toContain(clientSecret)
    expect(api.seen.map(authorization)).toEqual([expect.stringMatching(/^Bearer \S+$/), ...same(2)])
  })

  it('that is refused is fetched again once', async () => {
    api.misbehave(2, answer(401, { code: 20003, message: 'Authenticate' }), 1)
    expect(await list(create()).toArray()).toHaveLength(COUNT)
    expect(tokens.seen).toHaveLength(2)
    const [first, refused, renewed] = api.seen.map(authorization)
    expect(refused).toBe(first)
    expect(renewed).not.toBe(first)
  })

  it('that is refused while several listings use it is fetched again once for all of them', async () => {
    const provider = create()
    await list(provider).toArray()
    api.misbehave(api.seen.length + 1, answer(401, { code: 20003, message: 'Authenticate' }), 3)
    const listings = await Promise.all(Array.from({ length: 3 }, () => list(provider).toArray()))
    expect(listings.map(({ length }) => length)).toEqual([COUNT, COUNT, COUNT])
    expect(tokens.seen).toHaveLength(2)
  })

  it('that is refused twice is an AuthenticationError with a cursor', async () => {
    api.misbehave(2, answer(401, { code: 20003, message: 'Authenticate' }))
    const { ids, error } = await listUntilError(list(create()))
    expect(error).toBeInstanceOf(AuthenticationError)
    expect(error).toMatchObject({ status: 401, attempts: 2, url: expect.stringContaining(`${api.url}/v1/`) })
    expect([api.seen.length, tokens.seen.length]).toEqual([3, 2])
    api.heal()
    expect(await list(create(), error.cursor ?? '').toArray()).toHaveLength(COUNT - ids.length)
  })

  it('that is not issued because of a wrong secret is an AuthenticationError about the token URL', async () => {
    const provider = twilio({
      clientId,
      clientSecret: 'another-secret',
      baseUrl: api.url,
      tokenUrl: `${tokens.url}/v2/token`,
    })
    const { error } = await listUntilError(list(provider))
    expect(error).toBeInstanceOf(AuthenticationError)
    expect(error).toMatchObject({
      provider: 'twilio',
      url: `${tokens.url}/v2/token`,
      cursor: expect.any(String),
    })
    expect(error.message).toContain('clientId with clientSecret')
    expect([api.seen.length, tokens.seen.length]).toEqual([0, 1])
  })

  it('that is not issued is explained by what the server says, as RFC 6749 has it', async () => {
    const body = { error: 'invalid_client', error_description: 'Unknown client' }
    const fetch = async () => Response.json(body, { status: 400 })
    const { error } = await listUntilError(list(twilio({ clientId, clientSecret, fetch })))
    expect(error).toMatchObject({ status: 400, code: 'invalid_client' })
    expect(error.message).toContain(
      ': Unknown client (code invalid_client). Check clientId, clientSecret and tokenUrl.',
    )
  })

  it('is requested again after a temporary failure and after a failed listing', async () => {
    tokens.misbehave(1, answer(503, {}), 3)
    const provider = create()
    const { error } = await listUntilError(list(provider))
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ status: 503, attempts: 2 })
    expect(await list(provider).toArray()).toHaveLength(COUNT)
    expect(tokens.seen).toHaveLength(2 + 2)
  })

  it('that cannot be fetched ends several listings, each with its own cursor', async () => {
    tokens.misbehave(1, answer(400, { code: 20001 }))
    const provider = create()
    const failures = await Promise.all([listUntilError(list(provider)), listUntilError(other(provider))])
    expect(tokens.seen).toHaveLength(1)
    tokens.heal()
    const [one, two] = failures.map(({ error }) => error.cursor ?? '')
    expect(one).not.toBe(two)
    expect(await list(provider, one).toArray()).toHaveLength(COUNT)
    expect(await other(provider, two).toArray()).toEqual([])
  })

  it.each([
    ['no fields', {}],
    ['no token', { expires_in: 3600 }],
    ['a token that cannot be a header', { access_token: 'a\nb', expires_in: 3600 }],
    ['a lifetime of 0', { access_token: 'issued-token', expires_in: 0 }],
  ])('is not taken from a response with %s', async (_, body) => {
    tokens.misbehave(1, answer(200, body))
    const { error } = await listUntilError(list(create()))
    expect(error).toBeInstanceOf(ConversationsError)
    expect(error.message).toContain('has no valid access_token and expires_in')
    expect(error.message).not.toContain('issued-token')
    expect(api.seen).toEqual([])
  })

  it.each([
    ['that is a string', { expires_in: '3600' }, 2],
    ['that is null', { expires_in: null }, 1],
    ['that is missing', {}, 1],
  ])('may have a lifetime %s', async (_, lifetime, requests) => {
    // RFC 6749 only recommends a lifetime: a token without one is kept until it is refused.
    vi.useFakeTimers({ toFake: ['Date'] })
    try {
      tokens.misbehave(1, answer(200, { access_token: 'issued-token', ...lifetime }))
      api.misbehave(1, answer(200, { conversations: [], meta: { key: 'conversations' } }))
      const provider = create()
      await list(provider).toArray()
      vi.setSystemTime(Date.now() + 3_600_000)
      await list(provider).toArray()
      expect(tokens.seen).toHaveLength(requests)
      expect(api.seen[1]?.headers.authorization).toBe('Bearer issued-token')
    } finally {
      vi.useRealTimers()
    }
  })

  it('is kept when a slower listing reports the refusal of the previous one', async () => {
    const issued = ['first', 'second', 'third']
    const asked: string[] = []
    const provider = twilio({
      clientId,
      clientSecret,
      async fetch(url, init) {
        if (String(url).includes('/v2/token')) {
          return Response.json({ access_token: issued.shift(), expires_in: 3600 })
        }
        const token = new Headers(init?.headers).get('authorization') ?? ''
        asked.push(token)
        // The first token is refused, but the slower of two listings learns so after the other has a new one.
        if (token === 'Bearer first') {
          if (asked.length === 2) await vi.waitUntil(() => asked.includes('Bearer second'))
          return Response.json({}, { status: 401 })
        }
        return Response.json({ conversations: [], meta: { key: 'conversations' } })
      },
    })
    await Promise.all([list(provider).toArray(), list(provider).toArray()])
    expect(asked).toEqual(['Bearer first', 'Bearer first', 'Bearer second', 'Bearer second'])
    expect(issued).toEqual(['third'])
  })

  it('is not requested from the target of a redirect', async () => {
    await using elsewhere = await serve()
    tokens.misbehave(1, answer(307, '', { location: `${elsewhere.url}/v2/token` }))
    const { error } = await listUntilError(list(create()))
    expect(error.message).toMatch(/Redirects are not followed/)
    expect(elsewhere.seen).toEqual([])
  })

  const authorization = ({ headers }: SeenRequest): string | undefined => headers.authorization
  const same = (times: number): string[] =>
    Array.from({ length: times }, () => api.seen[0]?.headers.authorization ?? '')
  const other = (provider: ReturnType<typeof create>, cursor?: string) =>
    listParticipantConversations({ provider, participant: { address: 'nobody@example.com' }, cursor })
})
