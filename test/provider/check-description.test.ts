import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { bearer, defineProvider, emptyFields, hidden } from '../../src/adapter.ts'
import {
  type AnyConversation,
  ConfigurationError,
  type ConversationProvider,
  ConversationsError,
  listParticipantConversations,
  ResponseValidationError,
  UnsupportedParticipantError,
} from '../../src/index.ts'
import {
  conversationOf,
  errorOf,
  fakeProvider,
  idsOf,
  recordingFetch,
  settled,
  thrownBy,
} from '../support/listing.ts'
import { refuseUnhandledRejections } from '../support/rejections.ts'

refuseUnhandledRejections()

const participant = { id: 'ada' }

function conversationFrom(raw: { id: string }): AnyConversation {
  return { ...emptyFields(), id: raw.id, provider: 'example', status: 'active', raw }
}

const whole = {
  name: 'example',
  scope: 'test',
  capabilities: { maxPageSize: 10, statusFilter: 'none', statuses: ['active'] },
  baseUrl: 'https://api.example.com',
  authorization: bearer('a-secret-token'),
  participants: { id: true },
  request: () => ({ path: ['conversations'] }),
  page: z.object({ next: z.nullish(z.string()) }),
  rows: { in: 'items', schema: z.object({ id: z.string() }), normalize: conversationFrom },
  read: ({ next }: { next?: string | null | undefined }) => ({ nextPageToken: next }),
} as const

/** Describes an adapter as JavaScript does, without types. */
const defineUnchecked = (description: unknown): ConversationProvider =>
  Reflect.apply(defineProvider, undefined, [description])

const answering = (body: unknown) => recordingFetch(() => body)

const listFrom = (description: object, body: unknown = { items: [{ id: 'a' }] }) => {
  const { fetch, requests } = answering(body)
  const provider = defineUnchecked({ ...whole, http: { fetch, retry: { retries: 0 } }, ...description })
  return { list: () => listParticipantConversations({ provider, participant }), requests }
}

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
    ['no capabilities', without('capabilities'), 'capabilities must be an object; got undefined'],
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
      'authorization.credentials must be a string or a function; got undefined',
    ],
    [
      'no scheme',
      { ...whole, authorization: { credentials: 'a-secret-token' } },
      'authorization.scheme must be a non-empty string; got undefined',
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
      'an unknown kind of address',
      { ...whole, participants: { address: ['phone', 'sms'] } },
      `participants.address must be true, or an array of 'phone', 'email', 'whatsappUserId', 'other'; got an array of length 2`,
    ],
    ['no request()', without('request'), 'request must be a function; got undefined'],
    ['no page', without('page'), 'page must be a schema, such as one of zod; got undefined'],
    [
      'an object as the page',
      { ...whole, page: { next: 'string' } },
      'page must be a schema, such as one of zod; got an object',
    ],
    ['no rows', without('rows'), 'rows must be an object; got undefined'],
    [
      'rows without a schema',
      { ...whole, rows: { in: 'items', normalize: conversationFrom } },
      'rows.schema must be a schema, such as one of zod; got undefined',
    ],
    [
      'rows without a path',
      { ...whole, rows: { ...whole.rows, in: undefined } },
      'rows.in must be a path or a function; got undefined',
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
    ['no read()', without('read'), 'read must be a function; got undefined'],
    ['lists that are no function', { ...whole, lists: ['a'] }, 'lists must be a function; got an array'],
    ['lookups that are no function', { ...whole, lookups: 'id' }, 'lookups must be a function; got "id"'],
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
      { ...whole, rows: { ...whole.rows, normalise: conversationFrom } },
      'unknown option "rows.normalise". Did you mean "rows.normalize"?',
    ],
    [
      'a property that belongs into rows',
      { ...whole, normalize: conversationFrom },
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

  it.each(wrong)('with %s is refused, and told what is wrong', (_what, description, message) => {
    const error = thrownBy(() => defineUnchecked(description), ConfigurationError)
    expect(error.message).toContain(`defineProvider(): ${message}`)
    expect(error.message).not.toContain('a-secret-token')
  })

  it('that is wrong in several places is told of all, and names its adapter', () => {
    const error = thrownBy(
      () => defineUnchecked({ ...whole, baseUrl: undefined, raed: whole.read }),
      ConfigurationError,
    )
    expect(error).toMatchObject({ provider: 'example', option: 'baseUrl' })
    expect(error.message).toContain('\n- baseUrl must be an absolute URL')
    expect(error.message).toContain('\n- unknown option "raed". Did you mean "read"?')
  })
})

describe('request() of a description', () => {
  const path = 'path must be an array of strings, or of values from hidden(); got'
  const value = 'must be a string, a number, a boolean, a value from hidden(), null or undefined; got'
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
    ['has a number in its path', () => ({ path: ['contacts', 7] }), `${invalid}path.1 must be`],
    ['has null in its path', () => ({ path: [hidden(null)] }), `${invalid}path.0 must be`],
    [
      'has a query in one string',
      () => ({ path: ['a'], query: '?limit=7' }),
      `${invalid}query must be an object; got "…"`,
    ],
    [
      'has an array in its query',
      () => ({ path: ['a'], query: { ids: ['ada'] } }),
      `${invalid}query.ids ${value} an array of length 1`,
    ],
    [
      'has an object in its query',
      () => ({ path: ['a'], query: { of: { id: 7 } } }),
      `${invalid}query.of ${value} an object`,
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

  it.each(wrong)('that %s is told so, with the name of the adapter', async (_what, request, problem) => {
    const { list, requests } = listFrom({ request })
    const error = await errorOf(list().toArray(), ConfigurationError)
    expect(error.message).toContain(`request() of example ${problem}`)
    expect(error).toMatchObject({ provider: 'example', cursor: expect.any(String) })
    expect(error.message).not.toContain('ada')
    expect(requests).toEqual([])
    await settled()
  })

  it('may leave out parameters with null and undefined, and return more than is needed', async () => {
    const request = () => ({
      path: ['a', hidden('b')],
      query: { c: null, d: undefined, e: 1, f: false },
      more: 7,
    })
    const { list, requests } = listFrom({ request })
    await list().toArray()
    expect(requests[0]?.href).toBe('https://api.example.com/a/b?e=1&f=false')
  })
})

describe('read() of a description', () => {
  const wrong: [what: string, read: () => unknown, problem: string][] = [
    ['forgets its return', () => {}, 'must return an object; got undefined'],
    ['returns the token alone', () => 'ada', 'must return an object; got "…"'],
    ['returns null', () => null, 'must return an object; got null'],
    ['is async', async () => ({}), 'must not be async: it has returned a Promise'],
    ['is async and fails', rejecting, 'must not be async: it has returned a Promise'],
  ]

  it.each(wrong)('that %s is told so, instead of ending the listing early', async (_what, read, problem) => {
    const error = await errorOf(listFrom({ read }).list().toArray(), ResponseValidationError)
    expect(error.message).toBe(`read() of example ${problem}`)
    expect(error).toMatchObject({ provider: 'example', cursor: expect.any(String) })
    await settled()
  })

  it.each([
    ['nextPageToken', 7, 'must be null or a string of at most 32768 characters; got 7'],
    [
      'nextPageToken',
      { after: 'ada' },
      'must be null or a string of at most 32768 characters; got an object',
    ],
    ['total', '7', 'must be a number or null; got "…"'],
  ])('that returns an invalid %s, %j, is told so', async (name, value, problem) => {
    const { list } = listFrom({ read: () => ({ [name]: value }) })
    const error = await errorOf(list().toArray(), ResponseValidationError)
    expect(error.message).toBe(`listPage() of example: ${name} ${problem}`)
  })

  it('may return an empty object on the last page', async () => {
    expect(
      await listFrom({ read: () => ({}) })
        .list()
        .toArray(),
    ).toHaveLength(1)
  })
})

describe('rows of a description', () => {
  const withRows = (rows: object, body?: unknown) =>
    listFrom({ rows: { ...whole.rows, ...rows } }, body).list()

  it.each([
    ['forgets its return', () => {}, 'must return an object; got undefined'],
    ['is async', async () => conversationOf('a'), 'must not be async: it has returned a Promise'],
    ['is async and fails', rejecting, 'must not be async: it has returned a Promise'],
    ['returns the id alone', () => 'ada', 'must return an object; got "…"'],
  ])(
    'whose normalize() %s end the listing, and are not taken for invalid conversations',
    async (_what, normalize, problem) => {
      const { fetch } = answering({ items: [{ id: 'a' }] })
      const provider = defineUnchecked({ ...whole, http: { fetch }, rows: { ...whole.rows, normalize } })
      const list = listParticipantConversations({ provider, participant, onInvalidConversation: 'skip' })
      const error = await errorOf(list.toArray(), ResponseValidationError)
      expect(error.message).toBe(`rows.normalize() of example ${problem}`)
      await settled()
    },
  )

  it.each([
    ['undefined', () => {}, 'undefined'],
    ['the list itself', ({ items }: { items: unknown[] }) => items, 'an array of length 1'],
    ['a promise', async () => 'items', 'a Promise'],
    ['a promise that is rejected', rejecting, 'a Promise'],
  ])('whose path is a function that returns %s end the listing', async (_what, path, got) => {
    const error = await errorOf(withRows({ in: path }).toArray(), ResponseValidationError)
    expect(error.message).toBe(`rows.in() of example must return a path; got ${got}`)
    await settled()
  })

  const bad = { id: 7 }
  const good = { id: 'good' }
  const listings: [what: string, rows: object, body: unknown, place: string][] = [
    ['at the top', {}, { items: [bad, good] }, 'items.0.id is a number'],
    [
      'in a group',
      { in: 'data.group.items' },
      { data: { group: { items: [good, bad] } } },
      'data.group.items.1.id is a number',
    ],
    [
      'in the first of several groups',
      { in: 'groups.0.items' },
      { groups: [{ items: [good, bad] }, {}] },
      'groups.0.items.1.id is a number',
    ],
    [
      'under a name that the page tells',
      { in: ({ next }: { next: string }) => next },
      { next: 'calls', calls: [bad, good] },
      'calls.0.id is a number',
    ],
    ['in a page that is the list itself', { in: '' }, [good, null, bad], '1 is null'],
    [
      'with a list of its own, of which one entry is malformed',
      { schema: z.object({ id: z.string(), members: z.array(z.object({ name: z.string() })) }) },
      {
        items: [
          { ...good, members: [{ name: 'Ada' }] },
          { id: 'b', members: [{ name: 'Ada' }, { name: 7 }] },
        ],
      },
      'items.1.members.1.name is a number',
    ],
  ]

  it.each(listings)(
    'that are %s lose the malformed one alone, which is told in the words of the provider',
    async (_what, rows, body, place) => {
      const { fetch } = answering(body)
      const page = z.unknown()
      const http = { fetch }
      const provider = defineUnchecked({
        ...whole,
        http,
        page,
        rows: { ...whole.rows, ...rows },
        read: () => ({}),
      })
      const told: string[] = []
      const list = listParticipantConversations({
        provider,
        participant,
        onInvalidConversation({ error }) {
          told.push(error.message)
          return 'skip'
        },
      })
      expect(idsOf(await list.toArray())).toEqual(['good'])
      expect(told[0]).toContain(`example's response is not as documented: ${place}. Check baseUrl`)
    },
  )

  it('are told of one by one, also if several are equal, with what the provider sent', async () => {
    const { fetch } = answering({ items: [null, { id: 'a' }, null, { id: 7, mood: 'good' }] })
    const provider = defineUnchecked({ ...whole, http: { fetch } })
    const told: unknown[] = []
    const list = listParticipantConversations({
      provider,
      participant,
      onInvalidConversation({ raw }) {
        told.push(raw)
        return 'skip'
      },
    })
    expect(idsOf(await list.toArray())).toEqual(['a'])
    expect(told).toEqual([null, null, { id: 7, mood: 'good' }])
  })

  it('that are wrong in several places are told of once, with the first', async () => {
    const schema = z.object({ id: z.string(), state: z.string() })
    const error = await errorOf(
      withRows({ schema }, { items: [{ id: 7, state: 7 }] }).toArray(),
      ResponseValidationError,
    )
    expect(error.message).toContain('items.0.id is a number')
    expect(error.message).not.toContain('state')
  })

  it('are never removed by a malformed entry in another list, which is an error of the page', async () => {
    const body = { items: [{ id: 'a' }, { id: 'b' }], links: [{ rel: 'next' }, { rel: 7 }] }
    const { fetch } = answering(body)
    const page = z.object({ links: z.array(z.object({ rel: z.string() })) })
    const provider = defineUnchecked({ ...whole, http: { fetch }, page, read: () => ({}) })
    for (const onInvalidConversation of ['throw', 'skip'] as const) {
      const list = listParticipantConversations({ provider, participant, onInvalidConversation })
      const error = await errorOf(list.toArray(), ResponseValidationError)
      expect(error.message).toContain("example's response is not as documented: links.1.rel is a number.")
    }
  })

  it('are left alone by the schema of the page, which does not have to know them', async () => {
    const page = z.object({ items: z.array(z.object({ id: z.string() })) })
    const { fetch } = answering({ items: [{ id: 'a' }, { id: 7 }] })
    const provider = defineUnchecked({ ...whole, http: { fetch }, page, read: () => ({}) })
    const list = listParticipantConversations({ provider, participant, onInvalidConversation: 'skip' })
    // A page that checks its rows too is as strict as its schema.
    await errorOf(list.toArray(), ResponseValidationError)
    expect(
      idsOf(
        await listFrom({}, { items: [{ id: 'a', more: 7 }] })
          .list()
          .toArray(),
      ),
    ).toEqual(['a'])
  })

  it('may be missing or null only where that is said', async () => {
    expect(await withRows({}, { items: null }).toArray()).toEqual([])
    expect(await withRows({ optional: true }, {}).toArray()).toEqual([])
    for (const [rows, body, place] of [
      [{}, {}, 'items is missing'],
      [{ in: 'data.items' }, { data: {} }, 'data.items is missing'],
      [{ in: 'data.items' }, {}, 'data.items is missing'],
      [{ optional: true }, { items: { 0: {} } }, 'items is an object'],
      [{ in: '' }, { items: [] }, 'the body is an object'],
      [{ in: 'toString' }, {}, 'toString is missing'],
      [{ in: () => 'jo.smith@example.com' }, {}, '*** is missing'],
    ] as const) {
      const error = await errorOf(withRows(rows, body).toArray(), ResponseValidationError)
      expect(error.message).toContain(`example's response is not as documented: ${place}.`)
    }
  })

  it('receive what the provider sent, not what the schema returns', async () => {
    const schema = z.object({ id: z.string().transform((id) => id.toUpperCase()) })
    const [conversation] = await withRows(
      { schema },
      { items: [{ id: 'a', more: { than: 'that' } }] },
    ).toArray()
    expect(conversation?.raw).toEqual({ id: 'a', more: { than: 'that' } })
  })
})

describe.each(['a description', 'an adapter without a description'])(
  'lookups() and lists() of %s',
  (kind) => {
    const providerWith = (functions: object): ConversationProvider => {
      const { fetch } = answering({ items: [{ id: 'a' }] })
      if (kind === 'a description') return defineUnchecked({ ...whole, http: { fetch }, ...functions })
      const pages = fakeProvider(() => ({ items: [conversationOf('a')], nextPageToken: null }))
      return { ...pages, name: 'example', ...functions }
    }
    const listWith = (functions: object) => () =>
      listParticipantConversations({ provider: providerWith(functions), participant })

    it.each<[unknown, string]>([
      [undefined, 'undefined'],
      [null, 'null'],
      ['ada', '"…"'],
      [{ key: 'ada' }, 'an object'],
      [[], 'an array of length 0'],
      [['ada'], 'an array of length 1'],
      [[{ key: 'a' }, { id: 'ada' }], 'an array of length 2'],
      [[{ key: 7 }], 'an array of length 1'],
      [Promise.resolve([{ key: 'ada' }]), 'a Promise'],
    ])('must return lookups, not %j', (returned, got) => {
      const error = thrownBy(listWith({ lookups: () => returned }), ConfigurationError)
      expect(error.provider).toBe('example')
      expect(error.message).toBe(
        `lookups() of example must return an array of at least one lookup, each with a key; got ${got}`,
      )
    })

    it.each<[unknown, string]>([
      [undefined, 'undefined'],
      [null, 'null'],
      ['ada', '"…"'],
      [[], 'an array of length 0'],
      [['a', 7], 'an array of length 2'],
      [[null], 'an array of length 1'],
      [Promise.resolve(['a']), 'a Promise'],
    ])('must return lists, not %j', (returned, got) => {
      const error = thrownBy(listWith({ lists: () => returned }), ConfigurationError)
      expect(error.provider).toBe('example')
      expect(error.message).toBe(`lists() of example must return an array of at least one string; got ${got}`)
    })

    it('may not be async, which is told at the call, and never ends the process', async () => {
      for (const functions of [{ lookups: rejecting }, { lists: rejecting }]) {
        expect(thrownBy(listWith(functions), ConfigurationError).message).toContain('got a Promise')
      }
      await settled()
    })

    it('end the call with what they throw', () => {
      const mistake = new TypeError('no such property')
      const fail = () => {
        throw mistake
      }
      expect(listWith({ lookups: fail })).toThrow(mistake)
      expect(listWith({ lists: fail })).toThrow(mistake)
      const refusal = new UnsupportedParticipantError('nobody', { provider: 'example' })
      const refuse = () => {
        throw refusal
      }
      expect(listWith({ lookups: refuse })).toThrow(refusal)
    })

    it('lead to one listing for each lookup in each list', async () => {
      const seen: unknown[] = []
      const { fetch } = answering({ items: [] })
      const functions = { lookups: () => [{ key: 'one' }, { key: 'two' }], lists: () => ['a', 'b'] }
      const note = ({ lookup, list }: { lookup: { key: string }; list: string | null }) =>
        void seen.push([lookup.key, list])
      const provider: ConversationProvider =
        kind === 'a description'
          ? defineUnchecked({
              ...whole,
              http: { fetch },
              ...functions,
              request(request: Parameters<typeof note>[0]) {
                note(request)
                return whole.request()
              },
            })
          : {
              ...fakeProvider((request) => {
                note(request)
                return { items: [], nextPageToken: null }
              }),
              ...functions,
            }
      await listParticipantConversations({ provider, participant, concurrency: 1 }).toArray()
      expect(seen).toEqual([
        ['one', 'a'],
        ['one', 'b'],
        ['two', 'a'],
        ['two', 'b'],
      ])
    })
  },
)

it('a mistake of a function of the description is told as it is, as an error of the adapter', async () => {
  const fail = () => {
    throw new TypeError('no such property')
  }
  for (const description of [
    { request: fail },
    { read: fail },
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
