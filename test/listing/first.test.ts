import { describe, expect, it } from 'vitest'
import {
  type AnyConversation,
  ConfigurationError,
  ConnectionError,
  type ConversationBatch,
  type ListOptions,
  listParticipantConversations,
} from '../../src/index.ts'
import {
  conversationOf,
  errorOf,
  fakeProvider,
  idsOf,
  numbered,
  type PageRequest,
} from '../support/listing.ts'

const participant = { id: 'someone' }

function list(answer: Parameters<typeof fakeProvider>[0], options: Partial<ListOptions> = {}) {
  const provider = fakeProvider(answer)
  return { provider, list: listParticipantConversations({ provider, participant, ...options }) }
}

/** Pages with these conversations; the token of a page is its index. */
function pages(...ids: readonly string[][]) {
  return ({ pageToken }: PageRequest) => {
    const index = Number(pageToken ?? 0)
    return {
      items: (ids[index] ?? []).map((id) => conversationOf(id)),
      nextPageToken: index + 1 < ids.length ? String(index + 1) : null,
    }
  }
}

describe('first()', () => {
  it('returns the first conversation, and requests one', async () => {
    const { provider, list: all } = list(numbered(3, 1))
    expect((await all.first())?.id).toBe('0')
    expect(provider.requests).toMatchObject([{ pageSize: 1 }])
  })

  it('returns null if there is none', async () => {
    expect(await list(pages([], [])).list.first()).toBeNull()
    expect(await list(numbered(3, 1), { limit: 0 }).list.first()).toBeNull()
  })

  it('continues past empty pages, and past those that the filter drops', async () => {
    expect((await list(pages([], [], ['a'])).list.first())?.id).toBe('a')
    const filter = ({ id }: AnyConversation): boolean => id === 'c'
    expect((await list(pages(['a'], ['b'], ['c']), { filter }).list.first())?.id).toBe('c')
  })

  it('starts anew at each call', async () => {
    const { list: all } = list(numbered(3, 1))
    expect([(await all.first())?.id, (await all.first())?.id]).toEqual(['0', '0'])
  })
})

describe('first(count)', () => {
  it('returns as many conversations as requested, across short and empty pages', async () => {
    const { provider, list: all } = list(pages(['a'], [], ['b', 'c'], ['d']))
    const { items, nextCursor } = await all.first(3)
    expect(idsOf(items)).toEqual(['a', 'b', 'c'])
    expect(nextCursor).not.toBeNull()
    expect(provider.requests).toHaveLength(3)
  })

  it('continues from its cursor, until there is none, without losing or repeating a conversation', async () => {
    for (const count of [1, 2, 3, 7, 100]) {
      const found: string[] = []
      let cursor: string | null = null
      do {
        const batch: ConversationBatch<AnyConversation> = await list(numbered(10, 3), { cursor }).list.first(
          count,
        )
        expect(batch.items).toHaveLength(Math.min(count, 10 - found.length))
        found.push(...idsOf(batch.items))
        cursor = batch.nextCursor
      } while (cursor !== null)
      expect(found).toEqual(Array.from({ length: 10 }, (_, index) => String(index)))
    }
  })

  it('has no cursor if the listing ends with its last conversation', async () => {
    expect(await list(numbered(4, 2)).list.first(4)).toMatchObject({ nextCursor: null })
    expect(await list(numbered(4, 2)).list.first(9)).toMatchObject({ nextCursor: null })
    expect(await list(pages([])).list.first(9)).toEqual({ items: [], nextCursor: null })
  })

  it('counts what passes the filter', async () => {
    const filter = ({ id }: AnyConversation): boolean => Number(id) % 2 === 1
    const { items, nextCursor } = await list(numbered(10, 3), { filter }).list.first(3)
    expect(idsOf(items)).toEqual(['1', '3', '5'])
    const rest = await list(numbered(10, 3), { filter, cursor: nextCursor }).list.first(3)
    expect(idsOf(rest.items)).toEqual(['7', '9'])
    expect(rest.nextCursor).toBeNull()
  })

  it('returns no more than the limit', async () => {
    const { items, nextCursor } = await list(numbered(10, 3), { limit: 2 }).list.first(5)
    expect(idsOf(items)).toEqual(['0', '1'])
    expect(nextCursor).not.toBeNull()
  })

  it('requests no page beyond what it returns, also with prefetch', async () => {
    const { provider, list: all } = list(numbered(10, 2), { prefetch: true })
    await all.first(4)
    expect(provider.requests).toHaveLength(2)
  })

  it('fails with the cursor of its start, since the caller receives nothing of what has arrived', async () => {
    const start = (await list(numbered(10, 2)).list.first(3)).nextCursor
    const failing = (request: PageRequest) => {
      if (request.pageToken !== '6') return numbered(10, 2)(request)
      throw new ConnectionError('gone', { url: 'https://example.com', attempts: 1 })
    }
    const error = await errorOf(list(failing, { cursor: start }).list.first(9), ConnectionError)
    const { items } = await list(numbered(10, 2), { cursor: error.cursor }).list.first(9)
    expect(idsOf(items)).toEqual(['3', '4', '5', '6', '7', '8', '9'])
  })

  it.each([0, -1, 1.5, Number.NaN, '3', null])('refuses %j', async (count) => {
    const { provider, list: all } = list(numbered(3, 1))
    const error = await errorOf(Reflect.apply(all.first, all, [count]), ConfigurationError)
    expect(error.message).toMatch(/^first\(\): count must be a whole number of at least 1; got /)
    expect(provider.requests).toEqual([])
  })
})
