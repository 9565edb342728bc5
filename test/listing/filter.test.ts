import { describe, expect, it } from 'vitest'
import {
  type AnyConversation,
  ConversationsError,
  type ListOptions,
  listParticipantConversations,
} from '../../src/index.ts'
import {
  collect,
  conversationOf,
  errorOf,
  fakeProvider,
  idsOf,
  numbered,
  settled,
} from '../support/listing.ts'

function list(options: Partial<ListOptions> = {}) {
  return listParticipantConversations({
    provider: fakeProvider(numbered(10, 3)),
    participant: { id: 'someone' },
    ...options,
  })
}

const isOdd = ({ id }: AnyConversation): boolean => Number(id) % 2 === 1

describe('a filter', () => {
  it('lets those pass for which it returns true', async () => {
    expect(idsOf(await list({ filter: isOdd }).toArray())).toEqual(['1', '3', '5', '7', '9'])
    expect(await list({ filter: () => false }).toArray()).toEqual([])
    expect(await list({ filter: () => null }).toArray()).toEqual([])
    expect(await list({ filter: () => undefined }).toArray()).toEqual([])
  })

  it('is called after the status', async () => {
    const told: string[] = []
    const items = [conversationOf('a', 'closed'), conversationOf('b', 'active')]
    await list({
      provider: fakeProvider(() => ({ items, nextPageToken: null })),
      status: 'active',
      filter: ({ id }) => told.push(id) > 0,
    }).toArray()
    expect(told).toEqual(['b'])
  })

  it('counts for the limit, and a cursor continues after what it has dropped', async () => {
    for (let limit = 1; limit <= 5; limit += 1) {
      const first: string[] = []
      let cursor: string | null = null
      for await (const page of list({ filter: isOdd, limit }).pages()) {
        first.push(...idsOf(page.items))
        cursor = page.nextCursor
      }
      expect(first).toHaveLength(limit)
      const rest = cursor === null ? [] : idsOf(await list({ filter: isOdd, cursor }).toArray())
      expect([...first, ...rest]).toEqual(['1', '3', '5', '7', '9'])
    }
  })

  it('may be another one after a cursor, which does not bring back what was dropped', async () => {
    const { items, nextCursor } = await list({ filter: isOdd }).first(2)
    expect(idsOf(items)).toEqual(['1', '3'])
    expect(idsOf(await list({ cursor: nextCursor }).toArray())).toEqual(['5', '6', '7', '8', '9'])
  })

  it('requests whole pages, since it may drop any of them', async () => {
    const provider = fakeProvider(numbered(10, 3))
    await list({ provider, filter: isOdd, pageSize: 3 }).first()
    expect(provider.requests[0]?.pageSize).toBe(3)
  })

  it('that throws ends the listing with a cursor that loses and repeats nothing', async () => {
    const cause = new Error('mine')
    const delivered: string[] = []
    const filter = ({ id }: AnyConversation): boolean => {
      if (id === '4') throw cause
      return true
    }
    const reading = (async () => {
      for await (const { id } of list({ filter, onSourceError: 'skip' })) delivered.push(id)
    })()
    const error = await errorOf(reading, ConversationsError)
    expect(error).toMatchObject({ cause, provider: 'fake' })
    expect(error.message).toContain('filter threw an error (see cause)')
    const rest = await collect(list({ cursor: error.cursor }))
    expect([...delivered, ...idsOf(rest)]).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
  })

  it.each([
    ['a Promise', async () => true],
    ['a Promise', () => Promise.reject(new Error('handled'))],
    ['1', () => 1],
    ['"yes"', () => 'yes'],
  ])('that returns %s is refused', async (got, filter) => {
    const listing: ReturnType<typeof list> = Reflect.apply(list, undefined, [{ filter }])
    const error = await errorOf(listing.toArray(), ConversationsError)
    expect(error.message).toContain(`filter must return true or false; got ${got}`)
    await settled()
  })
})
