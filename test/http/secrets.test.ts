import { describe, expect, it } from 'vitest'
import { bird, type HttpHooks, type HttpOptions, twilio } from '../../src/index.ts'
import { type AnyProvider, BIRD, leaks, list, listUntilError, TWILIO } from '../support/http-server.ts'

type Fetch = typeof globalThis.fetch

const { accountSid } = TWILIO
const SECRET = 'do-not-show-me-0123456789'
const TRICKY = `a"b\\c'd%2F+/=~!*()-0123456789`
const ISSUED = 'issued-token-0123456789'

/** Each way to authenticate, and the secrets that must never be shown. */
const ways: readonly {
  way: string
  create: (options: HttpOptions) => AnyProvider
  secrets: readonly string[]
}[] = [
  ...[SECRET, TRICKY].flatMap((secret) => [
    {
      way: `twilio, authToken ${secret}`,
      create: (options: HttpOptions) => twilio({ accountSid, authToken: secret, ...options }),
      secrets: [secret, btoa(`${accountSid}:${secret}`)],
    },
    {
      way: `twilio, apiSecret ${secret}`,
      create: (options: HttpOptions) => twilio({ accountSid, apiKey: 'SK1', apiSecret: secret, ...options }),
      secrets: [secret, btoa(`SK1:${secret}`)],
    },
    {
      way: `twilio, clientSecret ${secret}`,
      create: (options: HttpOptions) => twilio({ clientId: 'OQ1', clientSecret: secret, ...options }),
      secrets: [secret, new URLSearchParams({ secret }).toString().slice('secret='.length), ISSUED],
    },
    {
      way: `twilio, accessToken ${secret}`,
      create: (options: HttpOptions) => twilio({ accessToken: secret, ...options }),
      secrets: [secret],
    },
    {
      way: `twilio, accessToken() of ${secret}`,
      create: (options: HttpOptions) => twilio({ accessToken: async () => secret, ...options }),
      secrets: [secret],
    },
    {
      way: `bird, accessKey ${secret}`,
      create: (options: HttpOptions) => bird({ ...BIRD, accessKey: secret, ...options }),
      secrets: [secret],
    },
    {
      way: `bird, a header ${secret}`,
      create: (options: HttpOptions) => bird({ ...BIRD, headers: { 'x-gateway-key': secret }, ...options }),
      secrets: [secret, BIRD.accessKey],
    },
  ]),
]

/** Responds to token requests as documented, and to everything else with `answerPage`. */
function api(
  answerPage: (sent: string, init: RequestInit | undefined) => Response | Promise<Response>,
): Fetch {
  return async (input, init) => {
    if (String(input).includes('/v2/token')) {
      return Response.json({ access_token: ISSUED, expires_in: 3600 })
    }
    const headers = new Headers(init?.headers)
    return answerPage([...headers.values()].join(' '), init)
  }
}

/** Lists until it fails, and returns everything that the caller could see. */
async function fail(create: (options: HttpOptions) => AnyProvider, fetch: Fetch): Promise<unknown[]> {
  const told: unknown[] = []
  const tell = (info: unknown): void => {
    told.push(info)
  }
  const hooks: HttpHooks = { onRequest: tell, onResponse: tell, onRetry: tell }
  const { error } = await listUntilError(list(create({ fetch, hooks, retry: { retries: 1, minDelayMs: 0 } })))
  return [...told, error]
}

describe.each(ways)('a credential is not shown ($way)', ({ create, secrets }) => {
  it('by provider, list, iterators, pages and hooks', async () => {
    const told: unknown[] = []
    const tell = (info: unknown): void => {
      told.push(info)
    }
    const page = { conversations: [{ conversation_sid: 'CH1' }], results: [{ id: '1' }] }
    const fetch = api(() => Response.json(page))
    const provider = create({ fetch, hooks: { onRequest: tell, onResponse: tell } })
    const listing = list(provider)
    const [items, pages] = [listing[Symbol.asyncIterator](), listing.pages()[Symbol.asyncIterator]()]
    const results = [await items.next(), await pages.next(), await listing.toArray()]
    expect(told.length).toBeGreaterThanOrEqual(6)
    expect(leaks(secrets, provider, listing, items, pages, ...results, ...told)).toEqual([])
  })

  it.each([400, 401, 403, 404, 429, 500])(
    'by the error for a %i response that repeats the request',
    async (status) => {
      const fetch = api((sent) =>
        Response.json(
          {
            code: sent,
            message: `not ${sent}`,
            details: { [sent]: [sent] },
            more_info: sent,
            errors: [{ sent }],
          },
          { status },
        ),
      )
      const seen = await fail(create, fetch)
      expect(seen.at(-1)).toMatchObject({ status })
      expect(leaks(secrets, ...seen)).toEqual([])
    },
  )

  it.each([
    ['text', (sent: string) => new Response(sent)],
    ['JSON text', (sent: string) => Response.json(sent)],
    ['an error page', (sent: string) => new Response(sent, { status: 502 })],
  ])('by the error for a response that consists of the request: %s', async (_, answer) => {
    expect(leaks(secrets, ...(await fail(create, api(answer))))).toEqual([])
  })

  it('by the error for a fetch that throws its arguments', async () => {
    const fetch = api((sent, init) => {
      const inner = Object.assign(new Error(`inner ${sent}`), { config: init })
      const several = new AggregateError([inner], `several ${sent}`, { cause: inner })
      throw Object.assign(new Error(`failed with ${sent}`, { cause: several }), {
        config: init,
        request: { sent },
        response: { config: init },
        code: 'ECONNRESET',
      })
    })
    const seen = await fail(create, fetch)
    expect(seen.at(-1)).toMatchObject({ name: 'ConnectionError', cause: { code: 'ECONNRESET' } })
    expect(leaks(secrets, ...seen)).toEqual([])
  })

  it.each([
    ['a TypeError', (sent: string) => new TypeError(`no ${sent}`)],
    ['a string', (sent: string) => sent],
  ])('by the error for a fetch that throws %s with the request headers', async (_, thrown) => {
    const fetch = api((sent) => Promise.reject(thrown(sent)))
    expect(leaks(secrets, ...(await fail(create, fetch)))).toEqual([])
  })
})

describe('a credential is not shown', () => {
  it.each([
    ['200', (sent: string) => Response.json({ error: sent })],
    ['200 that is not JSON', (sent: string) => new Response(sent)],
    ['401', (sent: string) => Response.json({ code: sent, message: sent }, { status: 401 })],
    ['500', (sent: string) => Response.json({ [sent]: { sent } }, { status: 500 })],
  ])('if the token URL responds with the form it received, and status %s', async (_, answer) => {
    const fetch: Fetch = async (_, init) => answer(String(init?.body))
    const create = (options: HttpOptions) => twilio({ clientId: 'OQ1', clientSecret: TRICKY, ...options })
    const form = new URLSearchParams({ secret: TRICKY }).toString().slice('secret='.length)
    expect(leaks([TRICKY, form], ...(await fail(create, fetch)))).toEqual([])
  })

  it('if the request id repeats it', async () => {
    const fetch: Fetch = async (_, init) => {
      const sent = new Headers(init?.headers).get('authorization') ?? ''
      return Response.json({}, { status: 500, headers: { 'x-request-id': sent, 'retry-after': sent } })
    }
    const create = (options: HttpOptions) => bird({ ...BIRD, accessKey: SECRET, ...options })
    const seen = await fail(create, fetch)
    expect(seen.at(-1)).toMatchObject({ requestId: 'AccessKey [redacted]' })
    expect(leaks([SECRET], ...seen)).toEqual([])
  })

  it('if fetch throws an error of an unexpected shape with it', async () => {
    const fetch: Fetch = async (_, init) => {
      const authorization = new Headers(init?.headers).get('authorization') ?? ''
      throw Object.assign(new Error(), {
        code: { authorization },
        name: authorization,
        message: { authorization },
      })
    }
    const create = (options: HttpOptions) => bird({ ...BIRD, accessKey: SECRET, ...options })
    expect(leaks([SECRET], ...(await fail(create, fetch)))).toEqual([])
  })

  it('if the code of an error contains it', async () => {
    const fetch: Fetch = async () => {
      throw Object.assign(new Error('failed'), { code: `E_${SECRET}` })
    }
    const create = (options: HttpOptions) => bird({ ...BIRD, accessKey: SECRET, ...options })
    const seen = await fail(create, fetch)
    expect(seen.at(-1)).toMatchObject({ cause: { code: 'E_[redacted]' } })
  })

  it('if it has only six characters', async () => {
    const fetch: Fetch = async () => Response.json({ code: 'x', message: 'not s3cr3t' }, { status: 401 })
    const create = (options: HttpOptions) => bird({ ...BIRD, accessKey: 's3cr3t', ...options })
    expect(leaks(['s3cr3t'], ...(await fail(create, fetch)))).toEqual([])
  })

  it('in part if it begins with another secret', async () => {
    const fetch: Fetch = async () => Response.json({ message: `not ${SECRET}` }, { status: 401 })
    const headers = { 'x-gateway-key': SECRET.slice(0, 12) }
    const create = (options: HttpOptions) => bird({ ...BIRD, accessKey: SECRET, headers, ...options })
    expect(leaks([SECRET.slice(12)], ...(await fail(create, fetch)))).toEqual([])
  })
})

it('a header value that also occurs in the response does not corrupt the fields of an error', async () => {
  const fetch: Fetch = async () => Response.json({ code: 200034, message: 'No' }, { status: 400 })
  const create = (options: HttpOptions) =>
    twilio({
      accountSid,
      authToken: SECRET,
      headers: { 'x-tenant': '200034', 'x-a': '"code":' },
      ...options,
    })
  expect((await fail(create, fetch)).at(-1)).toMatchObject({ status: 400, code: 200034 })
})
