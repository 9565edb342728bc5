import { describe, expect, expectTypeOf, it } from 'vitest'
import * as z from 'zod'
import { bearer, defineProvider, type PageInfo, type ParticipantLookup } from '../../src/adapter.ts'
import {
  ConfigurationError,
  type ConversationOf,
  listParticipantConversations,
  ResponseValidationError,
} from '../../src/index.ts'
import { described } from '../support/described.ts'
import { errorOf, recordingFetch, thrownBy } from '../support/listing.ts'

// A description that must not compile is also passed: what it leads to is what code without types gets.

const item = z.looseObject({ id: z.string(), open: z.boolean().optional() })
interface Item {
  id: string
  open: boolean
}

const http = recordingFetch(() => ({ items: [{ id: 'c0', open: true }], next: null }))
const base = { ...described, http }
const { paging: _paging, rows: _rows, request: _request, ...unpaged } = base
const request = () => ({ path: ['conversations'] })
const rows = { in: 'items', normalize: () => ({ status: 'active' as const }) }
const none = { by: 'none' } as const

/** The message of the error that a description leads to without types. */
const refusalOf = (call: () => unknown): string => thrownBy(call, ConfigurationError).message

describe('what a description infers without an annotation:', () => {
  it('raw, from the schema of the rows', () => {
    const provider = defineProvider({
      ...base,
      rows: {
        in: 'items',
        schema: item,
        normalize(raw) {
          expectTypeOf(raw.open).toEqualTypeOf<boolean | undefined>()
          return { status: raw.open ? 'active' : 'closed' }
        },
      },
    })
    expectTypeOf<ConversationOf<typeof provider>['raw']>().toEqualTypeOf<z.input<typeof item>>()
    expect(provider.name).toBe('example')
  })

  it('raw, from an annotation on normalize()', () => {
    const provider = defineProvider({
      ...base,
      rows: { in: 'items', normalize: (raw: Item) => ({ status: raw.open ? 'active' : 'closed' }) },
    })
    expectTypeOf<ConversationOf<typeof provider>['raw']>().toEqualTypeOf<Item>()
    expect(provider.name).toBe('example')
  })

  it('raw may be anything if nothing says what it is', () => {
    const provider = defineProvider({
      ...base,
      rows: {
        in: 'items',
        normalize: (raw) => ({ status: raw.open ? 'active' : 'closed', title: raw.title }),
      },
    })
    expectTypeOf<ConversationOf<typeof provider>['raw']>().toBeAny()
    const unread = defineProvider({ ...base, rows })
    expectTypeOf<ConversationOf<typeof unread>['raw']>().toBeAny()
    expect(unread.name).toBe('example')
  })

  it('the page, from its schema, in every function that reads it', async () => {
    const provider = defineProvider({
      ...base,
      page: z.object({ next: z.string().nullable(), pages: z.number().optional() }),
      paging: {
        by: 'token',
        query: 'after',
        next(page, info) {
          expectTypeOf(page).toEqualTypeOf<{ next: string | null; pages?: number | undefined }>()
          expectTypeOf(info).toEqualTypeOf<PageInfo>()
          return page.next
        },
      },
      rows: { ...rows, in: (page) => (page.next === null ? 'items' : 'others') },
      total: (page) => page.pages,
    })
    expect(
      await listParticipantConversations({ provider, participant: { id: 'ada' } }).toArray(),
    ).toHaveLength(1)
  })

  it('the name, which is a literal, and the forms of participants', () => {
    const provider = defineProvider({ ...base, participants: { id: true, phone: ['sms'] } })
    expectTypeOf(provider.name).toEqualTypeOf<string>()
    expectTypeOf<ConversationOf<typeof provider>['provider']>().toEqualTypeOf<'example'>()
    listParticipantConversations({ provider, participant: { phone: '+12025550123' } })
    // @ts-expect-error -- an identity is none of its forms
    const byIdentity = () => listParticipantConversations({ provider, participant: { identity: 'ada' } })
    expect(byIdentity).toThrow('example: participant must have an id or a phone number')
  })

  it('the lookup, which its form narrows', async () => {
    const sent = recordingFetch(() => ({ items: [] }))
    const provider = defineProvider({
      ...base,
      http: sent,
      participants: { id: true, address: ['email'], identifier: true },
      request({ lookup }) {
        expectTypeOf(lookup).toEqualTypeOf<ParticipantLookup<'id' | 'address' | 'identifier'>>()
        expectTypeOf(lookup.form).toEqualTypeOf<'id' | 'address' | 'identifier'>()
        expectTypeOf(lookup.value).toEqualTypeOf<string>()
        if (lookup.form === 'address') return { path: ['addresses', lookup.kind, lookup.prefixed] }
        if (lookup.form === 'identifier') return { path: [lookup.identifierKey, lookup.value] }
        // @ts-expect-error -- an id has no kind
        expectTypeOf(lookup.kind)
        return { path: ['contacts', lookup.value] }
      },
    })
    for (const participant of [{ id: 'ada' }, { address: 'ada@example.com' }]) {
      await listParticipantConversations({ provider, participant }).toArray()
    }
    expect(sent.requests.map(({ url }) => url.pathname)).toEqual([
      '/contacts/ada',
      '/addresses/email/ada%40example.com',
    ])
  })

  it('the options of a listing, from their schema', () => {
    const provider = defineProvider({
      ...base,
      listOptions: z.strictObject({ folder: z.string().default('in') }),
      lists: ({ folder }) => [folder],
      request: ({ options }) => ({ path: [options.folder] }),
    })
    const participant = { id: 'ada' }
    listParticipantConversations({ provider, participant, providerOptions: { example: { folder: 'out' } } })
    const misspelled = () =>
      // @ts-expect-error -- it has no such option
      listParticipantConversations({ provider, participant, providerOptions: { example: { flder: 'out' } } })
    expect(refusalOf(misspelled)).toContain('flder')
  })

  it('status is one of the model, without an annotation', () => {
    const provider = defineProvider({
      ...base,
      rows: { in: 'items', normalize: () => ({ status: 'active' }) },
    })
    expect(provider.capabilities.statuses).toEqual(['active'])
  })
})

describe('a description does not compile', () => {
  it('without paging', () => {
    // @ts-expect-error -- paging is missing
    const call = () => defineProvider({ ...unpaged, request, rows })
    expect(refusalOf(call)).toContain('paging must say how pages follow each other')
  })

  it('with a misspelled property', () => {
    // @ts-expect-error -- pageing
    const call = () => defineProvider({ ...unpaged, request, rows, paging: none, pageing: none })
    expect(refusalOf(call)).toContain('Did you mean "paging"?')
  })

  it('with a misspelled property of rows', () => {
    const call = () =>
      // @ts-expect-error -- normalise
      defineProvider({ ...unpaged, request, paging: none, rows: { ...rows, normalise: rows.normalize } })
    expect(refusalOf(call)).toContain('Did you mean "rows.normalize"?')
  })

  it('with a misspelled property of paging', () => {
    const call = () =>
      defineProvider({
        ...unpaged,
        request,
        rows,
        // @ts-expect-error -- nxt
        paging: { by: 'token', query: 'after', next: 'next', nxt: 'next' },
      })
    expect(refusalOf(call)).toContain('Did you mean "paging.next"?')
  })

  it('with a property of another kind of paging', () => {
    const call = () =>
      defineProvider({
        ...unpaged,
        request,
        rows,
        // @ts-expect-error -- numbers have no next
        paging: { by: 'number', query: 'page', next: 'next' },
      })
    expect(refusalOf(call)).toContain('unknown option "paging.next"')
  })

  it('with rows whose type has no id, if it is not said where the id is', async () => {
    const keys = recordingFetch(() => ({ items: [{ key: 'k0' }] }))
    const schema = z.looseObject({ key: z.string() })
    const list = { in: 'items', schema: z.object({ key: z.string().optional() }), normalize: rows.normalize }
    // @ts-expect-error -- rows.id is missing
    const provider = defineProvider({ ...base, http: keys, rows: list })
    const listing = listParticipantConversations({ provider, participant: { id: 'ada' } })
    const { message } = await errorOf(listing.toArray(), ResponseValidationError)
    expect(message).toContain('items.0.id is missing')
    defineProvider({ ...base, rows: { ...list, id: 'key' } })
    defineProvider({ ...base, rows: { ...list, schema, id: ({ key }) => key } })
    const keyed = { in: 'items', normalize: (_raw: { key: string }) => ({ status: 'active' as const }) }
    // @ts-expect-error -- rows.id is missing
    defineProvider({ ...base, rows: keyed })
  })

  it('with an id that is neither a string nor a number', () => {
    const list = { in: 'items', normalize: (_raw: { id: Date }) => ({ status: 'active' as const }) }
    // @ts-expect-error -- rows.id has to read it
    defineProvider({ ...base, rows: list })
    const read = defineProvider({ ...base, rows: { ...list, id: ({ id }) => id.getTime() } })
    expect(read.name).toBe('example')
  })

  it('with a lookup of a form that is not declared', () => {
    defineProvider({
      ...base,
      request: ({ lookup }) => ({
        // @ts-expect-error -- only ids are looked up
        path: [lookup.form === 'address' ? 'addresses' : 'contacts', lookup.value],
      }),
    })
    // @ts-expect-error -- there is no such form
    const call = () => defineProvider({ ...base, participants: { id: true, email: true } })
    expect(refusalOf(call)).toContain('unknown option "participants.email"')
  })

  it('with a status that is not in the model', () => {
    // @ts-expect-error -- archived
    defineProvider({ ...base, rows: { in: 'items', normalize: () => ({ status: 'archived' }) } })
    // @ts-expect-error -- archived
    const call = () => defineProvider({ ...base, statuses: { all: ['archived'] } })
    expect(refusalOf(call)).toContain('statuses.all must be an array of active, inactive')
  })

  it('with an async request()', async () => {
    const provider = defineProvider({
      ...unpaged,
      rows,
      paging: none,
      // @ts-expect-error -- its path is needed at once
      request: async () => ({ path: ['a'] }),
    })
    const list = listParticipantConversations({ provider, participant: { id: 'ada' } })
    expect((await errorOf(list.toArray(), ConfigurationError)).message).toContain('must not be async')
  })

  it('with a token in place of the authorization, or credentials that go to two places', () => {
    // @ts-expect-error -- a string
    const call = () => defineProvider({ ...base, authorization: 'a-secret-token' })
    expect(refusalOf(call)).toContain('authorization must be an object')
    const { credentials } = bearer('a-secret-token')
    const place = { header: 'x-key', query: 'key' } as const
    // @ts-expect-error -- two places
    const twice = () => defineProvider({ ...base, authorization: { credentials, place } })
    expect(refusalOf(twice)).toContain('must have either header or query')
  })

  it('with a page size that is both fixed and chosen', () => {
    // @ts-expect-error -- both
    const call = () => defineProvider({ ...base, pageSize: { fixed: 10, max: 10, query: 'limit' } })
    expect(refusalOf(call)).toContain('pageSize must be')
  })
})
