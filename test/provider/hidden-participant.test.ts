import { describe, expect, it } from 'vitest'
import { defineProvider, type PageRequest, type Paging, recordOrNull, textOrNull } from '../../src/adapter.ts'
import {
  ApiError,
  ConnectionError,
  type ErrorInfo,
  listParticipantConversations,
  type RequestInfo,
  type ResponseInfo,
  ResponseValidationError,
  type RetryInfo,
} from '../../src/index.ts'
import { described, rowsFrom } from '../support/described.ts'
import { leaks } from '../support/http-server.ts'
import { errorOf, recordingFetch, type SentRequest } from '../support/listing.ts'

const ID = 'ada.lovelace@example.com'
const TOKEN = 'token-of-the-second-page'
const base64 = (text: string) => Buffer.from(text).toString('base64')
const secrets = [ID, encodeURIComponent(ID), base64(ID), encodeURIComponent(base64(ID)), TOKEN]

/** Where an adapter may have the participant in its request, without hidden(). */
const places: [place: string, request: (id: string) => PageRequest, shownPath: string][] = [
  ['the path', (id) => ({ path: ['contacts', id] }), '/contacts/***'],
  ['the query', (id) => ({ path: ['search'], query: { contact: id } }), '/search?contact=***'],
  ['a list in the query', (id) => ({ path: ['search'], query: { c: ['x', id] } }), '/search?c=x&c=***'],
  ['a header', (id) => ({ path: ['search'], headers: { 'x-contact': id } }), '/search'],
  ['the body', (id) => ({ path: ['search'], body: { filter: [{ contact: id }] } }), '/search'],
  ['text in the path', (id) => ({ path: ['contacts', `alt:phone:${id}`] }), '/contacts/alt%3Aphone%3A***'],
  [
    'text in the query',
    (id) => ({ path: ['search'], query: { q: `from:"${id}"` } }),
    '/search?q=from%3A%22***%22',
  ],
  ['base64 in the path', (id) => ({ path: ['contacts', base64(id)] }), `/contacts/${base64('***')}`],
]

type Info = RequestInfo | ResponseInfo | RetryInfo | ErrorInfo

function listWith(
  request: (id: string) => PageRequest,
  answer: (request: SentRequest, index: number) => unknown,
  paging: Paging<unknown> = { by: 'none' },
) {
  const { fetch, requests } = recordingFetch(answer)
  const told: Info[] = []
  const tell = (info: Info) => void told.push(info)
  const hooks = { onRequest: tell, onResponse: tell, onRetry: tell, onError: tell }
  const provider = defineProvider({
    ...described,
    http: { fetch, hooks, retry: { retries: 1, minDelayMs: 1, maxDelayMs: 1 } },
    request: ({ lookup }) => request(lookup.value),
    paging,
    readError: (body) => ({
      message: textOrNull(recordOrNull(body)?.message),
      details: recordOrNull(body)?.details,
    }),
  })
  const list = listParticipantConversations({ provider, participant: { id: ID } })
  return { list, requests, told }
}

/** What a provider says of a failed request: everything that it has received. */
function echo({ href, body, headers }: SentRequest): Response {
  const received = { href, body, contact: headers.get('x-contact'), id: ID }
  const message = `no conversations of ${ID} at ${href}`
  return Response.json({ message, details: { received } }, { status: 503 })
}

describe.each(places)('a participant in %s', (_place, request, shownPath) => {
  it('is shown nowhere, even if the provider repeats it', async () => {
    const { list, requests, told } = listWith(request, echo)
    const error = await errorOf(list.toArray(), ApiError)
    expect(error).toMatchObject({ status: 503, url: `https://api.example.com${shownPath}` })
    expect(error.message).toContain('no conversations of [redacted] at')
    expect(leaks(secrets, error)).toEqual([])
    expect(told).toHaveLength(6)
    expect(new Set(told.map(({ url }) => url))).toEqual(new Set([error.url]))
    expect(leaks(secrets, told)).toEqual([])
    expect(requests).toHaveLength(2)
  })

  it('is shown nowhere if the request has no response', async () => {
    const { list, told } = listWith(request, ({ href }) => {
      throw Object.assign(new TypeError('fetch failed'), { cause: new Error(`cannot connect to ${href}`) })
    })
    const error = await errorOf(list.toArray(), ConnectionError)
    expect(error.url).toBe(`https://api.example.com${shownPath}`)
    expect(leaks(secrets, error, told)).toEqual([])
  })

  it('is shown nowhere if the response is not as documented', async () => {
    const { list } = listWith(request, () => ({ items: ID }))
    const error = await errorOf(list.toArray(), ResponseValidationError)
    expect(leaks(secrets, error)).toEqual([])
  })
})

describe('a page token', () => {
  const nextUrl = `https://api.example.com/contacts/ada?after=${TOKEN}`
  it.each<[string, Paging<unknown>, object, string]>([
    ['the query', { by: 'token', query: 'after', next: 'next' }, { next: TOKEN }, '?after=***'],
    ['the body', { by: 'token', body: 'after', next: 'next' }, { next: TOKEN }, ''],
    [
      'the URL of the next page',
      { by: 'url', query: 'after', next: 'next' },
      { next: nextUrl },
      '?after=***',
    ],
  ])('in %s is shown nowhere, even if the provider repeats it', async (_place, paging, page, search) => {
    const { list, told } = listWith(
      () => ({ path: ['contacts', 'ada'] }),
      ({ href, body }, index) => {
        if (index === 0) return { items: rowsFrom(0, 1), ...page }
        const message = `unknown token ${TOKEN} at ${href}`
        return Response.json({ message, details: { body, token: TOKEN } }, { status: 400 })
      },
      paging,
    )
    const error = await errorOf(list.toArray(), ApiError)
    expect(error.message).toContain('unknown token [redacted]')
    expect(error.url).toBe(`https://api.example.com/contacts/ada${search}`)
    expect(leaks(secrets, error, told)).toEqual([])
  })
})

it('the whole path is hidden if request() cannot be called without the participant', async () => {
  const request = (id: string) => {
    const [name, host] = id.split('@')
    if (host === undefined) throw new TypeError('an id has a host')
    return { path: [host, String(name)] }
  }
  const { list, told } = listWith(request, echo)
  const error = await errorOf(list.toArray(), ApiError)
  expect(error.url).toBe('https://api.example.com/***')
  expect(leaks([...secrets, 'lovelace'], error, told)).toEqual([])
})
