import { describe, expect, it } from 'vitest'
import { listParticipantConversations } from '../../src/index.ts'
import { conversationOf, fakeProvider, idsOf, type PageRequest } from '../support/listing.ts'

/** Pages as words, such as "a b | c d". The token of a page is its number. */
function pagesOf(text: string) {
  const pages = text.split('|').map((page) => page.split(' ').filter((id) => id !== ''))
  return ({ pageToken }: PageRequest) => {
    const number = Number(pageToken ?? 0)
    return {
      items: (pages[number] ?? []).map((id) => conversationOf(id)),
      nextPageToken: number + 1 < pages.length ? String(number + 1) : null,
    }
  }
}

/** What is delivered of pages that have changed since this many of their conversations were delivered. */
async function restAfter(before: string, delivered: number, ...changes: string[]): Promise<string[]> {
  let answer = pagesOf(before)
  const query = { provider: fakeProvider((request) => answer(request)), participant: { id: 'someone' } }
  let { nextCursor: cursor } = await listParticipantConversations(query).first(delivered)
  const rests: string[] = []
  for (const [index, now] of changes.entries()) {
    answer = pagesOf(now)
    const list = listParticipantConversations({ ...query, cursor: cursor ?? 'none' })
    if (index === changes.length - 1) {
      rests.push(idsOf(await list.toArray()).join(' '))
    } else {
      const { items, nextCursor } = await list.first(1)
      rests.push(idsOf(items).join(' '))
      cursor = nextCursor
    }
  }
  return rests
}

describe('a listing continues in a page that has changed', () => {
  const cases: readonly [what: string, before: string, delivered: number, now: string, rest: string][] = [
    ['nothing has', 'a b c d', 2, 'a b c d', 'c d'],
    ['the last delivered conversation was deleted', 'a b c d', 2, 'a c d', 'c d'],
    ['the last three delivered were deleted', 'a b c d e', 3, 'd e', 'd e'],
    ['an earlier one was deleted', 'a b c d', 3, 'b c d', 'd'],
    ['only the last delivered one is left', 'a b c d', 3, 'c d', 'd'],
    ['only one from the middle is left', 'a b c d', 3, 'b d', 'd'],
    ['all that were delivered were deleted', 'a b c d', 2, 'c d', 'c d'],
    ['the next one was deleted', 'a b c d', 2, 'a b d', 'd'],
    ['one was inserted before those that were delivered', 'a b c d', 2, 'x a b c d', 'x c d'],
    ['one was inserted among them', 'a b c d', 2, 'a x b c d', 'x c d'],
    ['one was inserted right after them', 'a b c d', 2, 'a b x c d', 'x c d'],
    ['many were inserted before them', 'a b c', 1, 't u v w x y z a b c', 't u v w x y z b c'],
    ['a delivered one moved to the end', 'a b c d', 2, 'a c d b', 'c d'],
    ['one that was to come moved to the start', 'a b c d', 2, 'd a b c', 'd c'],
    ['its order is reversed', 'a b c d', 2, 'd c b a', 'd c'],
    ['some were deleted, others inserted, and the rest reordered', 'a b c d e', 3, 'e x b y d', 'e x y d'],
    ['every conversation is another one', 'a b c d', 2, 'w x y z', 'w x y z'],
    ['it is empty', 'a b c d', 2, '', ''],
    ['it is the second page', 'a b | c d e', 3, 'a b | x e d c', 'x e d'],
  ]
  it.each(cases)('where %s', async (_what, before, delivered, now, rest) => {
    expect(await restAfter(before, delivered, now)).toEqual([rest])
  })
})

describe('a listing continues in pages of another size', () => {
  const cases: readonly [what: string, before: string, delivered: number, now: string, rest: string][] = [
    ['smaller', 'a b c d | e f', 3, 'a b | c d | e f', 'd e f'],
    ['of one conversation', 'a b c d e', 4, 'a | b | c | d | e', 'e'],
    ['smaller, with one inserted before', 'a b c d | e f', 3, 'x a | b c | d e | f', 'x d e f'],
    ['smaller, with some deleted', 'a b c d | e f', 3, 'b | d e | f', 'd e f'],
    ['smaller, the first of them empty', 'a b c d', 3, '| a b | | c d', 'd'],
    ['larger', 'a b | c d | e f', 3, 'a b | c d e f', 'd e f'],
    ['larger, in another order', 'a b | c d | e f', 3, 'a b | f e d c', 'f e d'],
    ['one page', 'a b c | d e f', 2, 'a b c d e f', 'c d e f'],
  ]
  it.each(cases)('%s', async (_what, before, delivered, now, rest) => {
    expect(await restAfter(before, delivered, now)).toEqual([rest])
  })

  it('even if a delivered conversation is now on a later page', async () => {
    expect(await restAfter('a b c d | e f', 2, 'a c d | b e f')).toEqual(['c d e f'])
    expect(await restAfter('a b c d | e f', 3, 'c d | e f | b a')).toEqual(['d e f'])
  })
})

describe('a listing that is resumed more than once', () => {
  it('repeats nothing, however the page has changed in between', async () => {
    expect(await restAfter('a b c d e', 2, 'x a b c d e', 'b a x e d c')).toEqual(['x', 'e d c'])
    expect(await restAfter('a b c d e', 2, 'c d', 'a b c d e')).toEqual(['c', 'd e'])
    expect(await restAfter('a b c d e', 2, 'a | b | c | d e', 'a | b | c | e x d')).toEqual(['c', 'e x d'])
  })

  it('still knows what it has delivered, past empty pages and pages of other conversations', async () => {
    expect(await restAfter('a b c d', 2, '| x | y', '| | b a c d')).toEqual(['x', 'c d'])
  })
})

describe('what a listing has passed over', () => {
  it('is done: a later run does not deliver it, even if its filter would', async () => {
    const query = { provider: fakeProvider(pagesOf('a b c d')), participant: { id: 'someone' } }
    const { nextCursor } = await listParticipantConversations({
      ...query,
      filter: ({ id }) => id !== 'a',
    }).first(1)
    const rest = listParticipantConversations({ ...query, cursor: nextCursor ?? 'none' })
    expect(idsOf(await rest.toArray())).toEqual(['c', 'd'])
  })
})

describe('a cursor in a page of more than 10,000 conversations', () => {
  it('works, loses nothing, and repeats none of the newest 10,000', async () => {
    const ids = Array.from({ length: 12_000 }, (_, index) => `id-${index}`)
    const provider = fakeProvider(
      () => ({ items: ids.map((id) => conversationOf(id)), nextPageToken: null }),
      { maxPageSize: 20_000 },
    )
    const query = { provider, participant: { id: 'someone' } }
    const { items, nextCursor } = await listParticipantConversations(query).first(11_000)
    expect(items).toHaveLength(11_000)
    const rest = await listParticipantConversations({ ...query, cursor: nextCursor ?? 'none' }).toArray()
    expect(idsOf(rest)).toEqual([...ids.slice(0, 1000), ...ids.slice(11_000)])
  })
})
