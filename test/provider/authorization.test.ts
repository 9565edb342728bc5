import { describe, expect, it } from 'vitest'
import { type Authorization, apiKey, bearer, defineProvider, none, textOrNull } from '../../src/adapter.ts'
import {
  AuthenticationError,
  type ErrorInfo,
  listParticipantConversations,
  type RequestInfo,
} from '../../src/index.ts'
import { described, participant, rowsFrom } from '../support/described.ts'
import { leaks } from '../support/http-server.ts'
import { errorOf, idsOf, recordingFetch, type SentRequest } from '../support/listing.ts'

const KEY = 'a-secret-key-0123456789'

function listWith(
  authorization: Authorization,
  answer: (request: SentRequest, index: number) => unknown = () => ({ items: rowsFrom(0, 1) }),
) {
  const { fetch, requests } = recordingFetch(answer)
  const told: (RequestInfo | ErrorInfo)[] = []
  const hooks = {
    onRequest: (info: RequestInfo) => void told.push(info),
    onError: (info: ErrorInfo) => void told.push(info),
  }
  const provider = defineProvider({
    ...described,
    http: { fetch, hooks, retry: { retries: 0 } },
    authorization,
    request: () => ({ path: ['conversations'], query: { sort: 'newest' } }),
    readError: (body) => ({ message: textOrNull(body), details: { said: body } }),
  })
  return { list: listParticipantConversations({ provider, participant }), requests, told }
}

describe('an API key', () => {
  it('may go into a header of any name, as it is', async () => {
    const { list, requests } = listWith(apiKey(KEY, { header: 'X-Api-Key' }))
    expect(idsOf(await list.toArray())).toEqual(['c0'])
    expect(requests[0]?.headers.get('x-api-key')).toBe(KEY)
    expect(requests[0]?.headers.has('authorization')).toBe(false)
  })

  it('may follow a scheme in a header', async () => {
    const { list, requests } = listWith(apiKey(KEY, { header: 'authorization', scheme: 'AccessKey' }))
    await list.toArray()
    expect(requests[0]?.headers.get('authorization')).toBe(`AccessKey ${KEY}`)
  })

  it('may go into a query parameter, after the others', async () => {
    const { list, requests, told } = listWith(apiKey(KEY, { query: 'api_key' }))
    await list.toArray()
    expect(requests[0]?.href).toBe(`https://api.example.com/conversations?sort=newest&api_key=${KEY}`)
    expect(requests[0]?.headers.has('authorization')).toBe(false)
    expect(told.map(({ url }) => url)).toEqual([
      'https://api.example.com/conversations?sort=newest&api_key=***',
    ])
  })

  it.each<[string, Authorization]>([
    ['a header', apiKey(KEY, { header: 'x-api-key' })],
    ['a query parameter', apiKey(KEY, { query: 'api_key' })],
    ['a query parameter, from a function', apiKey(() => KEY, { query: 'api_key' })],
  ])('in %s is shown nowhere, even if the provider repeats it', async (_what, authorization) => {
    const { list, told } = listWith(authorization, ({ href }) =>
      Response.json(`no access with ${KEY} to ${href}`, { status: 401 }),
    )
    const error = await errorOf(list.toArray(), AuthenticationError)
    expect(error.message).toContain('no access with [redacted]')
    expect(leaks([KEY], error)).toEqual([])
    expect(leaks([KEY], told)).toEqual([])
    expect(told).toHaveLength(2)
  })

  it('may come from a function, which is called before each request', async () => {
    const keys = ['key-one', 'key-two']
    const authorization = apiKey(async () => keys.shift() ?? '', { header: 'x-api-key' })
    const first = listWith(authorization)
    await first.list.toArray()
    await first.list.toArray()
    expect(first.requests.map(({ headers }) => headers.get('x-api-key'))).toEqual(['key-one', 'key-two'])
  })

  it.each([
    ['a header', { header: 'x-api-key' }],
    ['a query parameter', { query: 'api_key' }],
  ] as const)('in %s is renewed once after a 401', async (_what, place) => {
    const refusals: (string | undefined)[] = []
    const authorization = apiKey(({ refused }) => {
      refusals.push(refused)
      return refused === undefined ? 'key-one' : 'key-two'
    }, place)
    const { list, requests } = listWith(authorization, (_, index) =>
      index === 0 ? new Response('', { status: 401 }) : { items: rowsFrom(0, 1) },
    )
    expect(idsOf(await list.toArray())).toEqual(['c0'])
    const sent = ({ headers, url }: SentRequest) =>
      headers.get('x-api-key') ?? url.searchParams.get('api_key')
    expect(requests.map(sent)).toEqual(['key-one', 'key-two'])
    expect(refusals).toEqual([undefined, 'key-one'])
  })

  it('is not sent again if the function returns the same one after a 401', async () => {
    const { list, requests } = listWith(
      apiKey(() => KEY, { header: 'x-api-key' }),
      () => new Response('', { status: 401 }),
    )
    await errorOf(list.toArray(), AuthenticationError)
    expect(requests).toHaveLength(1)
  })

  it('is called apiKey by the error for one that cannot be sent', () => {
    const create = (authorization: Authorization) => () => defineProvider({ ...described, authorization })
    expect(create(apiKey('a\nb', { query: 'key' }))).toThrow(
      'example(): apiKey must be visible ASCII characters',
    )
    expect(create(bearer('a\nb'))).toThrow('example(): accessToken must be visible ASCII characters')
  })
})

describe('no credentials', () => {
  it('sends no header and no parameter', async () => {
    const { list, requests } = listWith(none())
    expect(idsOf(await list.toArray())).toEqual(['c0'])
    expect([...(requests[0]?.headers.keys() ?? [])].sort()).toEqual(['accept', 'user-agent'])
    expect(requests[0]?.url.search).toBe('?sort=newest')
  })

  it('gives up after a 401', async () => {
    const { list, requests } = listWith(none(), () => new Response('', { status: 401 }))
    await errorOf(list.toArray(), AuthenticationError)
    expect(requests).toHaveLength(1)
  })
})
