import { describe, expect, it } from 'vitest'
import { apiKey, bearer, defineProvider, hidden } from '../../src/adapter.ts'
import {
  ConfigurationError,
  ConversationsError,
  listParticipantConversations,
  ResponseValidationError,
} from '../../src/index.ts'
import { defineUnchecked, described, listDescribed, participant } from '../support/described.ts'
import { errorOf, firstPageOf, idsOf, recordingFetch, settled, thrownBy } from '../support/listing.ts'
import { refuseUnhandledRejections } from '../support/rejections.ts'

refuseUnhandledRejections()

/** With all that most adapters have. */
const whole = {
  ...described,
  pageSize: { query: 'limit', max: 10 },
  paging: { by: 'token', query: 'after', next: 'next' },
} as const

const answering = (body: unknown) => recordingFetch(() => body)

const listFrom = (description: object, body?: unknown) => listDescribed({ ...whole, ...description }, body)

const rejecting = () => Promise.reject(new RangeError('too late'))

describe('a description', () => {
  it('is complete with what an adapter needs', async () => {
    expect(idsOf(await listFrom({}).list().toArray())).toEqual(['a'])
  })

  it('may be an instance of a class of its own, and inherit what it needs', async () => {
    class Description {
      name = 'example'
      get baseUrl() {
        return 'https://api.example.com'
      }
      request() {
        return { path: ['conversations'] }
      }
    }
    const { fetch } = answering({ items: [{ id: 'a' }] })
    const { name: _name, baseUrl: _baseUrl, request: _request, ...rest } = whole
    const description = Object.assign(new Description(), rest, { http: { fetch } })
    const provider = defineProvider(description)
    expect(idsOf(await listParticipantConversations({ provider, participant }).toArray())).toEqual(['a'])
  })

  const without = (name: keyof typeof whole): object => ({ ...whole, [name]: undefined })
  const string = 'must be a non-empty string; got'
  const wrong: [what: string, description: unknown, message: string][] = [
    ['no name', without('name'), `name ${string} undefined`],
    ['an empty name', { ...whole, name: '' }, `name ${string} ""`],
    ['no scope', without('scope'), 'scope must be a string; got undefined'],
    ['no baseUrl', without('baseUrl'), 'baseUrl must be an absolute URL; got undefined'],
    ['no authorization', without('authorization'), 'authorization must be an object; got undefined'],
    [
      'the authorization of a function that was not called',
      { ...whole, authorization: bearer },
      'authorization must be an object; got a function',
    ],
    [
      'a token in place of the authorization',
      { ...whole, authorization: 'a-secret-token' },
      'authorization must be an object; got a string (not shown)',
    ],
    [
      'a token that is missing, as one from the environment may be',
      { ...whole, authorization: bearer(undefined as never) },
      'authorization.credentials must be a string, a function or null; got undefined',
    ],
    [
      'credentials that go nowhere',
      { ...whole, authorization: { credentials: 'a-secret-token' } },
      'authorization.place must be an object; got undefined',
    ],
    [
      'credentials that go to two places',
      { ...whole, authorization: apiKey('a-secret-token', { header: 'x-key', query: 'key' } as never) },
      'authorization.place must have either header or query: where the credentials go; got an object',
    ],
    [
      'a header that is none',
      { ...whole, authorization: apiKey('a-secret-token', { header: 'x key' }) },
      'authorization.place.header must be the name of a header; got a string (not shown)',
    ],
    [
      'a scheme of two words',
      { ...whole, authorization: apiKey('a-secret-token', { header: 'x-key', scheme: 'a b' }) },
      'authorization.place.scheme must be a word; got a string (not shown)',
    ],
    ['no participants', without('participants'), 'participants must be an object; got undefined'],
    [
      'an array of participants',
      { ...whole, participants: ['id'] },
      'participants must be an object; got an array',
    ],
    ['no form of participants', { ...whole, participants: {} }, 'participants must have at least one form'],
    [
      'a misspelled form',
      { ...whole, participants: { id: true, adress: ['phone'] } },
      'unknown option "participants.adress". Did you mean "participants.address"?',
    ],
    [
      'a form that is false',
      { ...whole, participants: { id: false } },
      'participants.id must be true; got false',
    ],
    [
      'no kind of address',
      { ...whole, participants: { address: [] } },
      'participants.address must be true, or an array of',
    ],
    [
      'no channel of a phone number',
      { ...whole, participants: { phone: { shared: [] } } },
      `participants.phone.shared must be an array of channels`,
    ],
    [
      'an identity of no characters',
      { ...whole, participants: { identity: { maxLength: 0 } } },
      'participants.identity.maxLength must be a whole number of at least 1; got 0',
    ],
    [
      'an unknown kind of address',
      { ...whole, participants: { address: ['phone', 'sms'] } },
      `participants.address must be true, or an array of 'phone', 'email', 'whatsappUserId', 'other'; got an array of length 2`,
    ],
    ['no request()', without('request'), 'request must be a function; got undefined'],
    [
      'an object as the page',
      { ...whole, page: { next: 'string' } },
      'page must be a schema, such as one of zod; got an object',
    ],
    ['no rows', without('rows'), 'rows must be an object; got undefined'],
    [
      'rows whose schema is no schema',
      { ...whole, rows: { ...whole.rows, schema: { id: 'string' } } },
      'rows.schema must be a schema, such as one of zod; got an object',
    ],
    [
      'rows with an empty path',
      { ...whole, rows: { ...whole.rows, in: '' } },
      'rows.in must be a path or a function; got ""',
    ],
    [
      'rows with a number as the path to the id',
      { ...whole, rows: { ...whole.rows, id: 0 } },
      'rows.id must be a path or a function; got 0',
    ],
    [
      'rows without normalize()',
      { ...whole, rows: { ...whole.rows, normalize: undefined } },
      'rows.normalize must be a function; got undefined',
    ],
    [
      'rows that are optional by name',
      { ...whole, rows: { ...whole.rows, optional: 'yes' } },
      'rows.optional must be true or false; got "yes"',
    ],
    ['no statuses', without('statuses'), 'statuses must be an object; got undefined'],
    [
      'statuses that conversations never have',
      { ...whole, statuses: { all: ['open'] } },
      'statuses.all must be an array of active, inactive, closed, deleted, unknown; got',
    ],
    ['no status at all', { ...whole, statuses: { all: [] } }, 'statuses.all must be an array of active'],
    [
      'a filter for several statuses',
      { ...whole, statuses: { all: ['active'], filter: 'many' } },
      `statuses.filter must be 'one' or 'none'; got "many"`,
    ],
    [
      'what a 404 means in other words',
      { ...whole, notFound: 'none' },
      `notFound must be 'empty' or 'error'; got "none"`,
    ],
    ['a total that is a number', { ...whole, total: 7 }, 'total must be a path or a function; got 7'],
    ['lists that are no function', { ...whole, lists: ['a'] }, 'lists must be a function; got an array'],
    [
      'listing options without a schema',
      { ...whole, listOptions: { folder: 'in' } },
      'listOptions must be a schema, such as one of zod; got an object',
    ],
    [
      'advice in one sentence',
      { ...whole, advice: 'Try again.' },
      'advice must be an object; got "Try again."',
    ],
    [
      'one request id header',
      { ...whole, requestIdHeaders: 'x-request-id' },
      'requestIdHeaders must be an array of strings; got "x-request-id"',
    ],
    [
      'one host option',
      { ...whole, hostOptions: 'region' },
      'hostOptions must be an array of strings; got "region"',
    ],
    [
      'a misspelled property',
      { ...whole, requestIdHeader: ['x-request-id'] },
      'unknown option "requestIdHeader". Did you mean "requestIdHeaders"?',
    ],
    [
      'a misspelled property of rows',
      { ...whole, rows: { ...whole.rows, normalise: whole.rows.normalize } },
      'unknown option "rows.normalise". Did you mean "rows.normalize"?',
    ],
    [
      'a property that belongs into rows',
      { ...whole, normalize: whole.rows.normalize },
      'unknown option "normalize". Did you mean "rows.normalize"?',
    ],
    [
      'rows that are a Promise',
      { ...whole, rows: Promise.resolve(whole.rows) },
      'rows is a Promise: did you forget await?',
    ],
    [
      'participants in a Map',
      { ...whole, participants: new Map() },
      'participants must be a plain object; got a Map',
    ],
    [
      'an authorization that is a Promise',
      { ...whole, authorization: Promise.resolve(whole.authorization) },
      'authorization is a Promise: did you forget await?',
    ],
    ['a Promise', Promise.resolve(whole), 'the options are a Promise: did you forget await?'],
    ['nothing', undefined, 'the options must be an object; got undefined'],
  ]

  it.each(wrong)('with %s is refused, and the error says what is wrong', (_what, description, message) => {
    const error = thrownBy(() => defineUnchecked(description), ConfigurationError)
    expect(error.message).toContain(`defineProvider(): ${message}`)
    expect(error.message).not.toContain('a-secret-token')
  })

  it('that is wrong in several places is refused with an error that names all of them and the adapter', () => {
    const error = thrownBy(
      () => defineUnchecked({ ...whole, baseUrl: undefined, requset: whole.request }),
      ConfigurationError,
    )
    expect(error).toMatchObject({ provider: 'example', option: 'baseUrl' })
    expect(error.message).toContain('\n- baseUrl must be an absolute URL')
    expect(error.message).toContain('\n- unknown option "requset". Did you mean "request"?')
  })
})

describe('how a description says that pages follow each other', () => {
  const kinds = `must say how pages follow each other: { by: 'token', 'url', 'number', 'offset' or 'none' }`
  const place = 'must have either query or body: where it is in the request'
  const size = 'must be { query, max }, { body, max } or { fixed }'
  const wrong: [what: string, description: object, message: string][] = [
    ['is missing', { paging: undefined }, `paging ${kinds}; got undefined`],
    ['is a word', { paging: 'token' }, `paging ${kinds}; got "token"`],
    ['is not said', { paging: { query: 'after', next: 'next' } }, `paging ${kinds}; got an object`],
    ['is unknown', { paging: { by: 'cursor' } }, `paging ${kinds}; got an object`],
    ['is inherited', { paging: { by: 'toString' } }, `paging ${kinds}; got an object`],
    ['has no place for the token', { paging: { by: 'token', next: 'next' } }, `paging ${place}; got`],
    [
      'has two places for the number',
      { paging: { by: 'number', query: 'page', body: 'page' } },
      `paging ${place}; got`,
    ],
    ['has no place for the offset', { paging: { by: 'offset' } }, `paging ${place}; got`],
    [
      'does not lead on',
      { paging: { by: 'token', query: 'after' } },
      'paging.next must be a path or a function; got undefined',
    ],
    [
      'has a URL without a parameter',
      { paging: { by: 'url', next: 'next' } },
      'paging.query must be the name of a query parameter, or an array of them; got undefined',
    ],
    [
      'has a URL with an empty list of parameters',
      { paging: { by: 'url', next: 'next', query: [] } },
      'paging.query must be the name of a query parameter, or an array of them; got',
    ],
    [
      'has a host in a string',
      { paging: { by: 'url', next: 'next', query: 'after', hosts: 'api.example.com' } },
      'paging.hosts must be a regular expression; got "api.example.com"',
    ],
    [
      'begins with page 2',
      { paging: { by: 'number', query: 'page', first: 2 } },
      'paging.first must be 0 or 1; got 2',
    ],
    [
      'is misspelled',
      { paging: { by: 'token', query: 'after', next: 'next', nxt: 'next' } },
      'unknown option "paging.nxt". Did you mean "paging.next"?',
    ],
    [
      'is of another kind',
      { paging: { by: 'number', query: 'page', next: 'next' } },
      'unknown option "paging.next"',
    ],
    ['has properties, though pages do not', { paging: { by: 'none', next: 'next' } }, 'unknown option'],
    ['has a page size without a maximum', { pageSize: { query: 'limit' } }, `pageSize ${size}; got`],
    ['has a page size without a place', { pageSize: { max: 10 } }, `pageSize ${size}; got`],
    [
      'has a page size in two places',
      { pageSize: { query: 'limit', body: 'limit', max: 10 } },
      `pageSize ${size}; got`,
    ],
    [
      'has a page size that is both fixed and chosen',
      { pageSize: { fixed: 10, query: 'limit' } },
      `pageSize ${size}; got`,
    ],
    ['has empty pages', { pageSize: { fixed: 0 } }, 'pageSize.fixed must be a whole number of at least 1'],
  ]

  it.each(wrong)('is refused if it %s', (_what, description, message) => {
    const error = thrownBy(() => defineUnchecked({ ...whole, ...description }), ConfigurationError)
    expect(error.message).toContain(`defineProvider(): ${message}`)
  })
})

describe('request() of a description', () => {
  const path = 'path must be an array of strings, numbers, or values from hidden(); got'
  const value =
    'must be a string, a number, a boolean, a value from hidden(), an array of these, null or undefined; got'
  const invalid = 'must return a valid request: '
  const wrong: [what: string, request: () => unknown, problem: string][] = [
    ['forgets its return', () => {}, 'must return an object; got undefined'],
    ['returns null', () => null, 'must return an object; got null'],
    ['returns a path alone', () => ['conversations'], 'must return an object; got an array of length 1'],
    ['returns a URL', () => 'https://api.example.com/ada', 'must return an object; got "…"'],
    ['returns a Map', () => new Map([['path', ['conversations']]]), 'must return an object; got an object'],
    ['is async', async () => whole.request(), 'must not be async: it has returned a Promise'],
    ['is async and fails', rejecting, 'must not be async: it has returned a Promise'],
    ['returns no path', () => ({}), `${invalid}${path} undefined`],
    ['returns a path in one string', () => ({ path: 'contacts/ada' }), `${invalid}${path} "…"`],
    ['has true in its path', () => ({ path: ['contacts', true] }), `${invalid}path.1 must be`],
    ['has null in its path', () => ({ path: [hidden(null)] }), `${invalid}path.0 must be`],
    [
      'has a query in one string',
      () => ({ path: ['a'], query: '?limit=7' }),
      `${invalid}query must be an object; got "…"`,
    ],
    [
      'has an array of objects in its query',
      () => ({ path: ['a'], query: { ids: [{ id: 'ada' }] } }),
      `${invalid}query.ids ${value} an array of length 1`,
    ],
    [
      'has an object in its query',
      () => ({ path: ['a'], query: { of: { id: 7 } } }),
      `${invalid}query.of ${value} an object`,
    ],
    [
      'has text as its body',
      () => ({ path: ['a'], body: 'ada' }),
      `${invalid}body must be an object; got "…"`,
    ],
    [
      'has an array as its body',
      () => ({ path: ['a'], body: ['ada'] }),
      `${invalid}body must be an object; got an array of length 1`,
    ],
    [
      'has a number among its headers',
      () => ({ path: ['a'], headers: { version: 2 } }),
      `${invalid}headers.version must be a string; got 2`,
    ],
    [
      'has headers in an array',
      () => ({ path: ['a'], headers: [['version', '2']] }),
      `${invalid}headers must be an object; got an array of length 1`,
    ],
  ]

  it.each(wrong)(
    'that %s is refused with an error that names the adapter',
    async (_what, request, problem) => {
      const { list, requests } = listFrom({ request })
      const error = await errorOf(list().toArray(), ConfigurationError)
      expect(error.message).toContain(`request() of example ${problem}`)
      expect(error).toMatchObject({ provider: 'example', cursor: expect.any(String) })
      expect(error.message).not.toContain('ada')
      expect(requests).toEqual([])
      await settled()
    },
  )

  it('may leave out parameters with null and undefined, and return more than is needed', async () => {
    const request = () => ({
      path: ['a', hidden('b')],
      query: { c: null, d: undefined, e: 1, f: false },
      more: 7,
    })
    const { list, requests } = listFrom({ request })
    await list().toArray()
    expect(requests[0]?.href).toBe('https://api.example.com/a/b?e=1&f=false&limit=10')
  })
})

describe('what a description reads of a page', () => {
  const token = { by: 'token', query: 'after' }
  const number = { by: 'number', query: 'page' }
  const offset = { by: 'offset', query: 'from' }
  const unnamed = 'what the next page is read from'
  const wrong: [what: string, paging: object, page: object, problem: string][] = [
    ['a token', { ...token, next: 'next' }, { next: { after: 'ada' } }, 'next is an object'],
    [
      'a token in a group',
      { ...token, next: 'meta.next' },
      { meta: { next: true } },
      'meta.next is a boolean',
    ],
    ['a token that is a fraction', { ...token, next: 'next' }, { next: 1.5 }, 'next is a number'],
    ['a token of a function', { ...token, next: () => ['ada'] }, {}, `${unnamed} is an array`],
    ['a token of an async function', { ...token, next: async () => 'ada' }, {}, `${unnamed} is an object`],
    ['a token of one that fails', { ...token, next: rejecting }, {}, `${unnamed} is an object`],
    ['a URL', { by: 'url', query: 'after', next: 'next' }, { next: true }, 'next is a boolean'],
    ['a last page', { ...number, last: 'pages' }, { pages: '7' }, 'pages is a string'],
    ['a last page that is missing', { ...number, last: 'pages' }, {}, 'pages is missing'],
    ['a sign that more follow', { ...number, more: 'more' }, { more: 'yes' }, 'more is a string'],
    ['a total', { ...offset, total: 'total' }, { total: [7] }, 'total is an array'],
    ['a total that is missing', { ...offset, total: 'total' }, {}, 'total is missing'],
  ]

  it.each(wrong)(
    'is an error of the page if it is not as documented, after its conversations: %s',
    async (_what, paging, page, problem) => {
      const { list } = listFrom({ paging }, { items: [{ id: 'a' }], ...page })
      expect(idsOf((await list().first(1)).items)).toEqual(['a'])
      const error = await errorOf(list().toArray(), ResponseValidationError)
      expect(error.message).toContain(`example's response is not as documented: ${problem}. Check baseUrl`)
      expect(error.message).not.toContain('ada')
      expect(error).toMatchObject({ provider: 'example', cursor: expect.any(String) })
      await settled()
    },
  )

  it('has a token of at most 32768 characters', async () => {
    const { list } = listFrom({}, { items: [], next: 'x'.repeat(32769) })
    const error = await errorOf(list().toArray(), ResponseValidationError)
    expect(error.message).toContain('must be null or a string of at most 32768 characters')
  })

  it.each([
    ['a path', 'meta.count', 7],
    ['a function', ({ meta }: { meta: { count: number } }) => meta.count, 7],
    ['text', 'meta.text', null],
    ['nothing', 'meta.none', null],
  ])('has its total by %s, and null if that is no number', async (_what, total, expected) => {
    const { list } = listFrom({ total }, { items: [], meta: { count: 7, text: '7' } })
    expect((await firstPageOf(list())).total).toBe(expected)
  })
})

it('a mistake of a function of the description is told as it is, as an error of the adapter', async () => {
  const fail = () => {
    throw new TypeError('no such property')
  }
  for (const description of [
    { request: fail },
    { total: fail },
    { paging: { by: 'token', query: 'after', next: fail } },
    { rows: { ...whole.rows, id: fail } },
    { rows: { ...whole.rows, in: fail } },
    { rows: { ...whole.rows, normalize: fail } },
  ]) {
    const error = await errorOf(listFrom(description).list().toArray(), ConversationsError)
    expect(error).toMatchObject({
      message: 'example: no such property',
      provider: 'example',
      cause: expect.any(TypeError),
      cursor: expect.any(String),
    })
  }
})
