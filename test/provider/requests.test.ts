import { describe, expect, it } from 'vitest'
import { defineProvider, type PageRequest } from '../../src/adapter.ts'
import { ApiError, type ErrorInfo, listParticipantConversations, type RequestInfo } from '../../src/index.ts'
import { described, participant, rowsFrom } from '../support/described.ts'
import { errorOf, idsOf, recordingFetch, type SentRequest } from '../support/listing.ts'

/** Lists with one request for each page, whose token is in the query. */
function listWith(
  request: PageRequest,
  answer: (request: SentRequest, index: number) => unknown = () => ({ items: [] }),
) {
  const { fetch, requests } = recordingFetch(answer)
  const http = { fetch, retry: { retries: 2, minDelayMs: 1, maxDelayMs: 1 } }
  const provider = defineProvider({ ...described, http, request: () => request })
  return { list: listParticipantConversations({ provider, participant }), requests }
}

describe('a request with a body', () => {
  const path = ['conversations', 'search']

  it('is a POST of JSON', async () => {
    const body = { filter: { contact: 'ada', states: ['open'] } }
    const { list, requests } = listWith({ path, body })
    await list.toArray()
    expect(requests).toMatchObject([
      { method: 'POST', body, href: 'https://api.example.com/conversations/search' },
    ])
    expect(requests[0]?.headers.get('content-type')).toBe('application/json')
  })

  it('is a GET without a content type if there is none', async () => {
    const { list, requests } = listWith({ path })
    await list.toArray()
    expect(requests).toMatchObject([{ method: 'GET', body: null }])
    expect(requests[0]?.headers.has('content-type')).toBe(false)
  })

  it('is retried like a GET, with the same body', async () => {
    const { list, requests } = listWith({ path, body: { contact: 'ada' } }, (_, index) =>
      index < 2 ? new Response('', { status: 503 }) : { items: rowsFrom(0, 1) },
    )
    expect(idsOf(await list.toArray())).toEqual(['c0'])
    expect(requests.map(({ method, body }) => [method, body])).toEqual(
      Array.from({ length: 3 }, () => ['POST', { contact: 'ada' }]),
    )
  })

  it('is called a POST in errors and hooks', async () => {
    const told: (RequestInfo | ErrorInfo)[] = []
    const hooks = {
      onRequest: (info: RequestInfo) => void told.push(info),
      onError: (info: ErrorInfo) => void told.push(info),
    }
    const { fetch } = recordingFetch(() => new Response('', { status: 403 }))
    const request = () => ({ path, body: {} })
    const provider = defineProvider({ ...described, http: { fetch, hooks }, request })
    const error = await errorOf(listParticipantConversations({ provider, participant }).toArray(), ApiError)
    expect(error.message).toContain('403 for POST https://api.example.com/conversations/search')
    expect(told.map(({ method }) => method)).toEqual(['POST', 'POST'])
  })

  it('has page size and page token at their paths, which leaves the object of the description as it is', async () => {
    const body = { filter: { contact: 'ada' }, paging: { sort: 'newest' } }
    const { fetch, requests } = recordingFetch((_, index) => ({
      items: rowsFrom(index, index + 1),
      next: index < 2 ? `T${index}` : null,
    }))
    const provider = defineProvider({
      ...described,
      http: { fetch },
      request: () => ({ path, body }),
      pageSize: { body: 'paging.limit', max: 5 },
      paging: { by: 'token', body: 'paging.cursor.after', next: 'next' },
    })
    expect(await listParticipantConversations({ provider, participant }).toArray()).toHaveLength(3)
    expect(requests.map(({ body }) => body)).toEqual(
      [{}, { cursor: { after: 'T0' } }, { cursor: { after: 'T1' } }].map((cursor) => ({
        filter: { contact: 'ada' },
        paging: { sort: 'newest', limit: 5, ...cursor },
      })),
    )
    expect(body).toEqual({ filter: { contact: 'ada' }, paging: { sort: 'newest' } })
  })

  it('may have its token in the query', async () => {
    const { fetch, requests } = recordingFetch((_, index) => ({ items: [], next: index === 0 ? 'T2' : null }))
    const provider = defineProvider({
      ...described,
      http: { fetch },
      request: () => ({ path, body: { contact: 'ada' } }),
      paging: { by: 'token', query: 'after', next: 'next' },
    })
    await listParticipantConversations({ provider, participant }).toArray()
    expect(requests[1]).toMatchObject({ method: 'POST', body: { contact: 'ada' } })
    expect(requests[1]?.url.search).toBe('?after=T2')
  })
})

describe('the URL of a request', () => {
  it.each<[string, PageRequest, string]>([
    [
      'repeats a parameter that is an array',
      { path: ['a'], query: { id: ['b', 2, true] } },
      '/a?id=b&id=2&id=true',
    ],
    ['omits one that is an empty array', { path: ['a'], query: { id: [], n: 0 } }, '/a?n=0'],
    ['may have numbers in its path', { path: ['accounts', 7, 'contacts', 0] }, '/accounts/7/contacts/0'],
    [
      'has everything encoded',
      { path: ['a/b', 'ü'], query: { 'x[y]': 'a&b=c d' } },
      '/a%2Fb/%C3%BC?x%5By%5D=a%26b%3Dc%20d',
    ],
  ])('%s', async (_what, request, expected) => {
    const { list, requests } = listWith(request)
    await list.toArray()
    expect(requests[0]?.href).toBe(`https://api.example.com${expected}`)
  })
})

it('a request may have headers of the API, which hooks and errors do not show', async () => {
  const headers = { 'X-Version': '2025-01', 'x-tenant': 'a-secret-tenant' }
  const { list, requests } = listWith({ path: ['a'], headers }, ({ headers }) =>
    Response.json({ tenant: headers.get('x-tenant') }, { status: 400 }),
  )
  const error = await errorOf(list.toArray(), ApiError)
  expect(requests[0]?.headers.get('x-version')).toBe('2025-01')
  expect(requests[0]?.headers.get('authorization')).toBe('Bearer a-secret-token')
  expect(JSON.stringify([error, error.message])).not.toContain('a-secret-tenant')
})
