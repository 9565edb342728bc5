import { describe, expect, it } from 'vitest'
import {
  type AnyConversation,
  type ConversationProvider,
  listParticipantConversations,
  ResponseValidationError,
} from '../../src/index.ts'
import { conversationOf, errorOf, firstCursorOf, idsOf } from '../support/listing.ts'

const participant = { id: 'someone' }
const first = { items: [conversationOf('1')], nextPageToken: 'second' }
const second = { items: [conversationOf('2')], nextPageToken: null }

/** An untyped adapter whose second page is whatever is passed in. */
function resolving(page: unknown): ConversationProvider {
  return {
    name: 'notes',
    scope: 'desk',
    capabilities: { maxPageSize: 10, statusFilter: 'none', statuses: ['active'] },
    listPage: async ({ pageToken }): Promise<never> => (pageToken === null ? first : page) as never,
  }
}

function listFrom(page: unknown, more: object = {}) {
  return listParticipantConversations({ provider: resolving(page), participant, ...more })
}

describe('an invalid page from an adapter is refused:', () => {
  const items = 'items must be an array of conversations, each with an id'
  const token = 'nextPageToken must be null or a string of at most 32768 characters'
  const invalid =
    'invalidConversations must be an array of { error, raw }, each with a ResponseValidationError'
  const skip = "To list the others, set onInvalidConversation to 'skip' or to a function."
  const wrong: [unknown, string][] = [
    [undefined, `${items}; got undefined`],
    [null, `${items}; got undefined`],
    [{}, `${items}; got undefined`],
    [[conversationOf('2')], `${items}; got undefined`],
    [{ ...second, items: null }, `${items}; got null`],
    [{ ...second, items: { 0: conversationOf('2') } }, `${items}; got an object`],
    [{ ...second, items: '<html>+12025550123</html>' }, `${items}; got "…"`],
    [{ ...second, items: [null] }, `${items}; got an array of length 1. ${skip}`],
    [
      { ...second, items: [{ ...conversationOf('2'), id: '' }] },
      `${items}; got an array of length 1. ${skip}`,
    ],
    [{ ...second, nextPageToken: 2 }, `${token}; got 2`],
    [{ ...second, nextPageToken: false }, `${token}; got false`],
    [{ ...second, nextPageToken: { page: 2 } }, `${token}; got an object`],
    [{ ...second, nextPageToken: 'x'.repeat(32_769) }, `${token}; got "…"`],
    [{ ...second, total: 'many' }, 'total must be a number or null; got "…"'],
    [{ ...second, requestId: 7 }, 'requestId must be a string or null; got 7'],
    [{ ...second, invalidConversations: {} }, `${invalid}; got an object`],
    [{ ...second, invalidConversations: [{}] }, `${invalid}; got an array of length 1`],
    [
      { ...second, invalidConversations: [{ error: new Error('x') }] },
      `${invalid}; got an array of length 1`,
    ],
  ]
  for (const [index, [page, message]] of wrong.entries()) {
    it(`${message} (${index + 1})`, async () => {
      for (const more of [{}, { prefetch: true }, { status: 'active' }]) {
        const iterator = listFrom(page, more)[Symbol.asyncIterator]()
        expect((await iterator.next()).value.id).toBe('1')
        const error = await errorOf(iterator.next(), ResponseValidationError)
        expect(error.message).toBe(`listPage() of notes: ${message}`)
        expect(error.provider).toBe('notes')
        const mended = listFrom(second, { ...more, cursor: error.cursor })
        expect(idsOf(await mended.toArray())).toEqual(['2'])
      }
    })
  }
})

describe('a page from an adapter', () => {
  it('may omit everything but its items', async () => {
    const pages: unknown[] = []
    for await (const page of listFrom({ items: second.items }).pages()) pages.push(page)
    expect(pages[1]).toEqual({
      items: second.items,
      nextCursor: null,
      provider: 'notes',
      requestId: null,
      total: null,
    })
  })

  it('may be a class instance', async () => {
    class Page {
      get items(): AnyConversation[] {
        return second.items
      }
    }
    expect(idsOf(await listFrom(new Page()).toArray())).toEqual(['1', '2'])
  })

  it('may have a token of the maximum length that a cursor holds', async () => {
    const provider: ConversationProvider = {
      ...resolving(second),
      listPage: async ({ pageToken }) => ({
        ...(pageToken === null ? { ...first, nextPageToken: 'x'.repeat(32_768) } : second),
        requestId: null,
        total: null,
      }),
    }
    const cursor = await firstCursorOf(listParticipantConversations({ provider, participant }))
    const rest = listParticipantConversations({ provider, participant, cursor })
    expect(idsOf(await rest.toArray())).toEqual(['2'])
  })
})
