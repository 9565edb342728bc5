import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { apiKey, bearer, defineProvider, type ErrorBody, type Schema } from '../../src/adapter.ts'
import {
  type AnyConversation,
  ApiError,
  ConfigurationError,
  ConnectionError,
  type ConversationProvider,
  ConversationsError,
  type ErrorInfo,
  type HttpOptions,
  listParticipantConversations,
  PaginationError,
  ResponseValidationError,
  UnsupportedParticipantError,
} from '../../src/index.ts'
import { listen } from '../../src/testing/server.ts'
import { errorOf, firstPageOf, idsOf, recordingFetch, thrownBy } from '../support/listing.ts'
import { refuseUnhandledRejections } from '../support/rejections.ts'

refuseUnhandledRejections()

const baseUrl = 'https://api.example.com'
const participant = { id: 'ada' }

const common = {
  name: 'example',
  scope: 'test',
  baseUrl,
  authorization: bearer('secret'),
  participants: { id: true },
  statuses: { all: ['active'] },
} as const

/** What an adapter needs beyond that: it requests one path, and its only page has a list of items. */
const whole = {
  ...common,
  request: () => ({ path: ['conversations'] }),
  paging: { by: 'none' },
  rows: { in: 'items', optional: true, normalize: () => ({ status: 'active' as const }) },
} as const

const answering = (answer: unknown) => recordingFetch(() => answer)

/** An adapter whose only page is `answer`. */
function withPage(
  page: Schema,
  answer: unknown,
  rows: { schema?: Schema } = {},
): ConversationProvider<AnyConversation, 'id'> {
  return defineProvider({
    ...whole,
    http: answering(answer),
    page,
    rows: { in: 'items', optional: true, id: 'id', normalize: () => ({ status: 'active' }), ...rows },
  })
}

/** The smallest adapter: what it leaves out is up to `defineProvider()`. */
function example(
  http: HttpOptions,
  onRead: () => void = () => {},
): ConversationProvider<AnyConversation, 'id'> {
  return defineProvider({
    ...common,
    http: { retry: { retries: 0 }, ...http },
    request: ({ lookup }) => ({ path: ['contacts', lookup.value] }),
    paging: { by: 'url', next: 'next', query: 'after' },
    rows: { in: 'items', normalize: () => ({ status: 'active' }) },
    total() {
      onRead()
      return null
    },
  })
}

function listFrom(http: HttpOptions, id = 'ada', onRead?: () => void): Promise<AnyConversation[]> {
  return listParticipantConversations({ provider: example(http, onRead), participant: { id } }).toArray()
}

describe('an adapter', () => {
  it.each(['.', '..'])('refuses a participant whose id is %j, which cannot be part of a URL', (id) => {
    const { fetch, requests } = answering({ items: [] })
    const error = thrownBy(() => void listFrom({ fetch }, id), UnsupportedParticipantError)
    expect(error.message).toBe(`example: participant id must not be "${id}", which cannot be part of a URL`)
    expect(error.provider).toBe('example')
    expect(requests).toEqual([])
  })

  it('refuses an invalid baseUrl in the name of its factory', () => {
    const error = thrownBy(() => example({ baseUrl: 'api.example.com' }), ConfigurationError)
    expect(error.message).toContain('example(): baseUrl must be an absolute URL')
    expect(error.option).toBe('baseUrl')
  })

  it('refuses credentials that cannot be sent, and does not show them', () => {
    const create = (option?: string) =>
      thrownBy(
        () =>
          defineProvider({
            ...whole,
            authorization: { ...bearer('a-secret\n'), option },
          }),
        ConfigurationError,
      )
    expect(create()).toMatchObject({
      message: 'example(): accessToken must be visible ASCII characters, with spaces only between them',
      option: 'accessToken',
    })
    expect(create('apiKey').option).toBe('apiKey')
  })

  it('may have credentials with spaces between them, as RFC 9110 allows', async () => {
    const { fetch, requests } = answering({})
    const credentials = 'token="abc", email="ada@example.com"'
    const provider = defineProvider({
      ...whole,
      http: { fetch },
      authorization: apiKey(credentials, { header: 'authorization', scheme: 'Token' }),
    })
    await listParticipantConversations({ provider, participant }).toArray()
    expect(requests[0]?.headers.get('authorization')).toBe(`Token ${credentials}`)
  })

  it('gives no advice about OAuth for a token that it requests in its own way', async () => {
    const provider = defineProvider({
      ...whole,
      http: answering(Response.json({ message: 'bad refresh token' }, { status: 400 })),
      readError: (body) => body as ErrorBody,
      authorization: bearer(async ({ requestJson, signal }) => {
        await requestJson({ method: 'POST', url: `${baseUrl}/token`, headers: {}, secrets: [], signal })
        return 'token'
      }),
    })
    const error = await errorOf(listParticipantConversations({ provider, participant }).toArray(), ApiError)
    expect(error.message).toContain(`/token: bad refresh token. Check the participant and the options.`)
  })

  it('names what is missing for its schema, however the API spells it', async () => {
    for (const name of ['@odata.nextLink', '$skip', 'next-page', 'next.page']) {
      const provider = withPage(z.object({ [name]: z.string() }), {})
      const list = listParticipantConversations({ provider, participant })
      expect((await errorOf(list.toArray(), ResponseValidationError)).message).toContain(
        `: ${name} is missing`,
      )
    }
  })

  it('sends each header once, whatever its case, and prefers its own to those of the options', async () => {
    await using server = await listen(async ({ headers }) =>
      Response.json({ items: [...headers].map(([name, value]) => ({ id: `${name}: ${value}` })) }),
    )
    const provider = defineProvider({
      ...whole,
      baseUrl: server.url,
      http: { headers: { 'API-Version': '2024-01', 'X-Team': 'billing' } },
      request: () => ({
        path: ['conversations'],
        headers: { 'Api-Version': '2025-01', Accept: 'application/vnd.example+json' },
      }),
    })
    const sent = idsOf(await listParticipantConversations({ provider, participant }).toArray())
    expect(sent.filter((header) => /^(api-version|accept|x-team):/.test(header)).sort()).toEqual([
      'accept: application/vnd.example+json',
      'api-version: 2025-01',
      'x-team: billing',
    ])
  })

  it('finds the request id under a header name in any case', async () => {
    await using server = await listen(async () =>
      Response.json({}, { headers: { 'x-correlation-id': 'R1' } }),
    )
    const provider = defineProvider({
      ...whole,
      baseUrl: server.url,
      requestIdHeaders: ['X-Correlation-Id'],
    })
    const page = await firstPageOf(listParticipantConversations({ provider, participant }))
    expect(page.requestId).toBe('R1')
  })

  it.each([
    [undefined, 'Check the network and baseUrl, then continue from the cursor.'],
    [['region', 'edge'], 'Check the network, baseUrl, region and edge, then continue from the cursor.'],
  ])(
    'names the options that its host is made of if that cannot be reached: %j',
    async (hostOptions, advice) => {
      const cause = Object.assign(new Error('getaddrinfo ENOTFOUND api.example.com'), { code: 'ENOTFOUND' })
      const provider = defineProvider({
        ...whole,
        hostOptions,
        http: {
          fetch: () => Promise.reject(new TypeError('fetch failed', { cause })),
          retry: { retries: 0 },
        },
      })
      const listing = listParticipantConversations({ provider, participant }).toArray()
      expect((await errorOf(listing, ConnectionError)).message).toContain(
        `ENOTFOUND api.example.com. ${advice}`,
      )
    },
  )

  it('does not show its headers if one of them is invalid', () => {
    const call = () => example({ headers: { 'x-key': 'a\nsecret' } })
    expect(thrownBy(call, ConfigurationError).message).not.toContain('secret')
  })

  it('reads nothing from the body of an error by default, and takes the usual headers for the request id', async () => {
    for (const name of ['x-request-id', 'request-id']) {
      const body = JSON.stringify({ code: 7, message: 'secret plans' })
      const { fetch } = recordingFetch(() => new Response(body, { status: 404, headers: { [name]: 'R1' } }))
      const error = await errorOf(listFrom({ fetch }), ApiError)
      expect(error).toMatchObject({ code: null, requestId: 'R1' })
      expect(error.cause).toBeUndefined()
      expect(error.message).not.toContain('plans')
    }
  })

  it('names the wrong place in a response and what is there, or the problem if a schema tells it with "is"', async () => {
    const wrong = await errorOf(listFrom(answering({ items: 'secret' })), ResponseValidationError)
    expect(wrong.message).toContain("example's response is not as documented: items is a string.")
    const page = z.object({ items: z.array(z.unknown()).min(1, 'is an empty list') })
    const provider = withPage(page, { items: [] })
    const empty = listParticipantConversations({ provider, participant }).toArray()
    expect((await errorOf(empty, ResponseValidationError)).message).toContain('items is an empty list.')
    const open = withPage(
      z.unknown(),
      { items: [{ id: 'a' }] },
      { schema: z.object({ id: z.uuid('is no UUID') }) },
    )
    const wrongRow = listParticipantConversations({ provider: open, participant }).toArray()
    expect((await errorOf(wrongRow, ResponseValidationError)).message).toContain('items.0.id is no UUID.')
  })

  it('may have schemas whose issues have paths of objects, as the Standard Schema allows', async () => {
    const failing = (...path: PropertyKey[]): Schema => ({
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: () => ({ issues: [{ message: 'is not even an id', path: path.map((key) => ({ key })) }] }),
      },
    })
    for (const provider of [
      withPage(failing('items', 0, 'id'), { items: [] }),
      withPage(z.unknown(), { items: [{}] }, { schema: failing('id') }),
    ]) {
      const list = listParticipantConversations({ provider, participant })
      const error = await errorOf(list.toArray(), ResponseValidationError)
      expect(error.message).toContain('items.0.id is not even an id.')
    }
  })

  const asynchronous: Schema = {
    '~standard': { version: 1, vendor: 'test', validate: async (value: unknown) => ({ value }) },
  }
  const throwing = z.object({ url: z.string().refine((url) => new URL(url).protocol === 'https:') })
  const page = { items: [{ id: 'a', url: 'no URL' }], url: 'no URL' }

  it.each([
    ['asynchronous', 'page', withPage(asynchronous, page)],
    ['asynchronous', 'rows', withPage(z.unknown(), page, { schema: asynchronous })],
    ['one whose check throws', 'page', withPage(throwing, page)],
    ['one whose check throws', 'rows', withPage(z.unknown(), page, { schema: throwing })],
  ])('cannot end the process with a schema that is %s, for its %s', async (_kind, _what, provider) => {
    const list = listParticipantConversations({ provider, participant })
    const error = await errorOf(list.toArray(), ConversationsError)
    expect(error.message).toBe(
      'example: the schema must be synchronous, and none of its checks may throw an error',
    )
    expect(error).toMatchObject({ cursor: expect.any(String), cause: expect.any(TypeError) })
  })
})

describe('the error for a failed response', () => {
  /** What the error says for the status, and for what the adapter reads in the body. */
  async function errorFor(status: number, readError: () => ErrorBody, more: HttpOptions = {}) {
    const provider = defineProvider({
      ...whole,
      http: { ...answering(new Response('', { status })), retry: { retries: 0 }, ...more },
      readError,
      advice: { 404: 'Look elsewhere.', no_such_contact: 'Add the contact.' },
    })
    return errorOf(listParticipantConversations({ provider, participant }).toArray(), ApiError)
  }
  const failed = (status: number) => `example returned ${status} for GET ${baseUrl}/conversations`

  it.each<[number, ErrorBody, string]>([
    [404, { code: 7, message: 'Not here. Gone.' }, ': Not here. Gone (code 7). Look elsewhere.'],
    [404, { message: 'Gone' }, ': Gone. Look elsewhere.'],
    [404, { code: 7 }, ': (code 7). Look elsewhere.'],
    [404, { code: 'no_such_contact', message: null }, ': (code no_such_contact). Add the contact.'],
    [404, {}, '. Look elsewhere.'],
    [400, {}, '. Check the participant and the options.'],
    [
      300,
      {},
      '. Redirects are not followed, because the credentials would be sent along. Set baseUrl to the final URL.',
    ],
    [
      399,
      {},
      '. Redirects are not followed, because the credentials would be sent along. Set baseUrl to the final URL.',
    ],
    [404, { message: 'x'.repeat(501) }, `: ${'x'.repeat(500)}. Look elsewhere.`],
  ])('of the status %i says what %j says, and what to do', async (status, body, end) => {
    expect((await errorFor(status, () => body)).message).toBe(failed(status) + end)
  })

  it('says after how many attempts', async () => {
    const { message } = await errorFor(503, () => ({}), {
      retry: { retries: 1, minDelayMs: 1, maxDelayMs: 1 },
    })
    expect(message).toBe(`${failed(503)} (attempt 2). Wait a while, then continue from the cursor.`)
  })

  it.each<[string, unknown]>([
    ['a message that is no string', { message: { en: 'no' }, code: { of: 7 } }],
    ['nothing', undefined],
    ['null', null],
  ])('is the same, and is not retried, if the adapter reads %s in the body', async (_, read) => {
    const retry = { retries: 1, minDelayMs: 1, maxDelayMs: 1 }
    const error = await errorFor(404, () => read as ErrorBody, { retry })
    expect(error).toMatchObject({ message: `${failed(404)}. Look elsewhere.`, code: null, attempts: 1 })
  })

  it('is the same if the adapter cannot read the body, and has the reason as its cause', async () => {
    const cause = new TypeError('no such property')
    const error = await errorFor(404, () => {
      throw cause
    })
    expect(error).toMatchObject({ message: `${failed(404)}. Look elsewhere.`, code: null, cause })
  })
})

describe('the URL of a next page', () => {
  const next = (url: string) => answering({ items: [{ id: 'a' }], next: url })

  it.each([
    ['https://', 'is not a valid URL'],
    [
      'https://evil.example/contacts/ada?after=b',
      `leads elsewhere, to https://evil.example; expected ${baseUrl}`,
    ],
    [`${baseUrl}/contacts/bob?after=b`, `leads elsewhere on ${baseUrl}`],
    [`${baseUrl}/contacts/a%64a/?after=b`, `leads elsewhere on ${baseUrl}`],
    ['https://ada@api.example.com/contacts/ada?after=b', `leads elsewhere on ${baseUrl}`],
    [`${baseUrl}/contacts/ada`, 'has no after'],
  ])('%j ends the listing, since it %s', async (url, problem) => {
    const { fetch, requests } = next(url)
    const error = await errorOf(listFrom({ fetch }), PaginationError)
    expect(error.message).toContain(
      `example: next ${problem}. ${problem.startsWith('leads') ? 'It was not requested' : 'The next page cannot'}`,
    )
    expect(error.provider).toBe('example')
    expect(requests).toHaveLength(1)
  })

  const alias = 'alt:email:ada+1@example.com'

  it.each([
    ['as the library encodes it', encodeURIComponent(alias)],
    ['plain', alias],
    ['encoded in lower case', 'alt%3aemail%3aada%2b1%40example.com'],
    ['encoded in part', 'alt:email:ada+1%40example.com'],
  ])('may have the participant in its path %s', async (_, segment) => {
    const { fetch, requests } = recordingFetch((_, index) =>
      index === 0
        ? { items: [{ id: 'a' }], next: `${baseUrl}/contacts/${segment}?after=b` }
        : { items: [{ id: 'b' }] },
    )
    expect(idsOf(await listFrom({ fetch }, alias))).toEqual(['a', 'b'])
    expect(requests[1]?.url.pathname).toBe(`/contacts/${encodeURIComponent(alias)}`)
  })

  it.each([
    ['a slash that is encoded', 'a/b', 'a/b'],
    ['bytes that are not UTF-8', 'a', '%FF'],
    ['a segment more', 'a', 'a%2Fb'],
  ])('is not taken for the same with %s', async (_, id, segment) => {
    const error = await errorOf(listFrom(next(`${baseUrl}/contacts/${segment}?after=b`), id), PaginationError)
    expect(error.message).toContain(`leads elsewhere on ${baseUrl}. `)
  })

  it('does not show the participant when it cannot be used', async () => {
    for (const url of [
      'https://evil.example/?after=b',
      `${baseUrl}/contacts/bob?after=b`,
      'https://',
      `${baseUrl}/contacts/ada`,
    ]) {
      const error = await errorOf(listFrom(next(url)), PaginationError)
      expect(`${error.message}${error.stack}`).not.toMatch(/contacts|ada/)
    }
  })
})

describe('onError of an adapter', () => {
  function failuresOf(http: HttpOptions, onRead?: () => void) {
    const told: ErrorInfo[] = []
    const hooks = { onError: (info: ErrorInfo) => void told.push(info) }
    return { told, listing: listFrom({ ...http, hooks }, 'ada', onRead) }
  }

  it('receives a failed request: what was sent, in which listing, and the error', async () => {
    const { told, listing } = failuresOf(answering(new Response('', { status: 403 })))
    const error = await errorOf(listing, ApiError)
    expect(told).toEqual([
      {
        provider: 'example',
        method: 'GET',
        url: `${baseUrl}/contacts/***`,
        attempt: 1,
        callId: expect.any(String),
        listingId: expect.any(String),
        error: expect.objectContaining({ message: error.message }),
      },
    ])
  })

  it('receives a mistake of the adapter too, as the error that the listing throws', async () => {
    const mistake = new TypeError('no such property')
    const { told, listing } = failuresOf(answering({ items: [] }), () => {
      throw mistake
    })
    const error = await errorOf(listing, ConversationsError)
    expect(error).toMatchObject({ message: 'example: no such property', cause: mistake })
    expect(told).toMatchObject([{ attempt: 1, error: { message: error.message } }])
  })

  it('is called outside a listing too, without a listing id', async () => {
    const told: ErrorInfo[] = []
    const hooks = { onError: (info: ErrorInfo) => void told.push(info) }
    const provider = example({ ...answering(new Response('', { status: 403 })), hooks })
    const { signal } = new AbortController()
    const [lookup] = provider.lookups?.(participant) ?? []
    if (lookup === undefined) throw new Error('there is one')
    const request = { pageSize: 1, pageToken: null, status: null, list: null, signal, options: {} }
    await errorOf(provider.listPage({ ...request, participant, lookup }), ApiError)
    expect(told).toMatchObject([{ listingId: null }])
  })
})
