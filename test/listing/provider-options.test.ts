import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  type AnyConversation,
  ConfigurationError,
  type ConversationProvider,
  InvalidCursorError,
  listParticipantConversations,
} from '../../src/index.ts'
import {
  birdPage,
  birdWith,
  conversationOf,
  errorOf,
  firstCursorOf,
  idsOf,
  type PageRequest,
  recordingFetch,
  thrownBy,
  twilioWith,
} from '../support/listing.ts'

type Note = AnyConversation & { provider: 'notes' }

const participant = { id: 'ada' }

/** An adapter with its own options, and the requests that it received. */
function notesProvider() {
  const requests: Pick<PageRequest, 'options'>[] = []
  const provider: ConversationProvider<Note, 'id', object> = {
    name: 'notes',
    scope: 'desk',
    capabilities: { maxPageSize: 10, statusFilter: 'none', statuses: ['active'] },
    async listPage(request) {
      requests.push(request)
      const items: Note[] = [{ ...conversationOf(request.pageToken ?? '1'), provider: 'notes' }]
      return { items, nextPageToken: request.pageToken === null ? '2' : null, requestId: null, total: null }
    },
  }
  return { provider, requests }
}

/** Lists with unchecked options, as JavaScript can pass them. */
function listNotes(providerOptions: unknown, more: object = {}) {
  const { provider } = notesProvider()
  const options = { provider, participant, providerOptions, ...more }
  return Reflect.apply(listParticipantConversations<typeof provider>, undefined, [options])
}

describe("a custom adapter's options", () => {
  it('reach it unchanged', async () => {
    const { provider, requests } = notesProvider()
    const notes = { folders: ['in', { depth: 2 }], draft: false, since: null, author: undefined }
    const list = listParticipantConversations({ provider, participant, providerOptions: { notes } })
    await list.toArray()
    expect(requests.map(({ options }) => options)).toEqual([notes, notes])
  })

  it('can be changed after the call without effect', async () => {
    const { provider, requests } = notesProvider()
    const folders = ['in']
    const list = listParticipantConversations({
      provider,
      participant,
      providerOptions: { notes: { folders } },
    })
    folders.push('out')
    await list.toArray()
    expect(requests[0]?.options).toEqual({ folders: ['in'] })
  })

  it('are part of the query that a cursor is bound to', async () => {
    const cursor = await firstCursorOf(listNotes({ notes: { draft: false, folder: 'in' } }))
    const rest = listNotes({ notes: { folder: 'in', draft: false } }, { cursor })
    expect(idsOf(await rest.toArray())).toEqual(['2'])
    for (const notes of [{ folder: 'out', draft: false }, { folder: 'in' }]) {
      const error = await errorOf(listNotes({ notes }, { cursor }).toArray(), InvalidCursorError)
      expect(error.message).toContain('belongs to another query')
    }
  })

  const circular: Record<string, unknown> = {}
  Object.assign(circular, { left: circular, right: [circular] })
  const wrong: Record<string, unknown> = {
    'a string': 'in',
    null: null,
    'an array': ['in'],
    'with a function': { filter: () => true },
    'with a Date': { since: new Date(0) },
    'with a Map': { folders: new Map() },
    'with an instance of a class': { link: new URL('https://example.com') },
    'with a bigint': { since: 1n },
    'with NaN': { since: Number.NaN },
    'with a deeply nested symbol': { folders: [{ symbols: [Symbol('x')] }] },
    'which contains itself': circular,
    'which is deeper than the stack': JSON.parse(`{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`),
  }
  for (const [what, notes] of Object.entries(wrong)) {
    it(`are refused unless they are an object of plain data: ${what}`, () => {
      const isObject = typeof notes === 'object' && notes !== null && !Array.isArray(notes)
      expect(thrownBy(() => listNotes({ notes }), ConfigurationError).message).toContain(
        `providerOptions.notes must be ${isObject ? 'a JSON-serializable' : 'an'} object; got`,
      )
    })
  }

  it('may have no prototype', () => {
    const bare = Object.assign(Object.create(null), { folder: 'in' })
    expect(() => listNotes({ notes: bare })).not.toThrow()
    expect(() => listNotes({ notes: { nested: [bare] } })).not.toThrow()
  })

  it('are refused under another name', () => {
    const message = 'unknown option "providerOptions.note". Did you mean "providerOptions.notes"?'
    expect(thrownBy(() => listNotes({ note: {} }), ConfigurationError).message).toContain(message)
  })

  it('do not compile under an unknown name', () => {
    const { provider } = notesProvider()
    const calls = [
      () =>
        listParticipantConversations({
          provider,
          participant,
          // @ts-expect-error -- it is notes
          providerOptions: { note: {} },
        }),
      () =>
        listParticipantConversations({
          provider: birdWith(recordingFetch().fetch),
          participant,
          // @ts-expect-error -- it is bird
          providerOptions: { brid: { reverse: true } },
        }),
      () =>
        listParticipantConversations({
          provider: twilioWith(recordingFetch().fetch),
          participant: { identity: 'ada' },
          // @ts-expect-error -- Twilio has none
          providerOptions: { twilio: { serviceSid: 'IS1' } },
        }),
    ]
    for (const call of calls) expect(call).toThrow(/unknown option/)
  })

  it('compile under any name if the type of the provider is unknown', () => {
    const list = (provider: ConversationProvider) =>
      listParticipantConversations({ provider, participant, providerOptions: { notes: { draft: true } } })
    expectTypeOf(list).parameter(0).toEqualTypeOf<ConversationProvider>()
    expect(() => list(notesProvider().provider)).not.toThrow()
    expect(() => list(birdWith(recordingFetch().fetch))).toThrow('unknown option "providerOptions.notes"')
  })
})

describe('provider options that mean the same', () => {
  const { fetch } = recordingFetch(({ url }) =>
    url.searchParams.has('pageToken') ? birdPage(['2']) : birdPage(['1'], 'second'),
  )
  const query = { provider: birdWith(fetch), participant }

  it.each([
    {},
    { bird: undefined },
    { bird: {} },
    { bird: { reverse: undefined } },
    { bird: { reverse: false } },
  ])('make the same cursor as no options: %j', async (providerOptions) => {
    const cursorOfNone = await firstCursorOf(listParticipantConversations(query))
    const spelt = { ...query, providerOptions }
    const cursorOfSpelt = await firstCursorOf(listParticipantConversations(spelt))
    expect(cursorOfSpelt).toBe(cursorOfNone)
    const rest = listParticipantConversations({ ...spelt, cursor: cursorOfNone })
    expect(idsOf(await rest.toArray())).toEqual(['2'])
  })

  it('make the same cursor for one channel, whether or not it is in an array', async () => {
    const listOf = (channelId: string | string[], cursor: string | null = null) =>
      listParticipantConversations({ ...query, providerOptions: { bird: { channelId } }, cursor })
    const cursor = await firstCursorOf(listOf('a'))
    expect(await firstCursorOf(listOf(['a']))).toBe(cursor)
    expect(idsOf(await listOf(['a'], cursor).toArray())).toEqual(['2'])
    for (const other of [['b'], ['a', 'b']])
      await errorOf(listOf(other, cursor).toArray(), InvalidCursorError)
  })

  it('make the same cursor as no options for a custom adapter too', async () => {
    const cursor = await firstCursorOf(listNotes(undefined))
    expect(await firstCursorOf(listNotes({ notes: {} }))).toBe(cursor)
    expect(await firstCursorOf(listNotes({ notes: { draft: undefined } }))).toBe(cursor)
  })
})
