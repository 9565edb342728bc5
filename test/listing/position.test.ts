import { describe, expect, it } from 'vitest'
import { markOfConversation } from '../../src/listing/marks.ts'
import { findPlace, MAX_NEIGHBORS, positionAt, startOfPage } from '../../src/listing/position.ts'

/** Conversations whose ids are the words. */
function page(words: string): { id: string }[] {
  return words === '' ? [] : words.split(' ').map((id) => ({ id }))
}

/** The words of the marks, nearest first, with the salt that a position has. */
function marksOf(words: string, salt: number): number[] {
  return [salt, ...page(words).map(({ id }) => markOfConversation(id, salt))]
}

/** What is delivered of a page that has changed since a position was noted. */
function restAfter(before: string, delivered: number, now: string) {
  const { index, rest } = findPlace(page(now), positionAt('token', page(before), delivered))
  const words = page(now).slice(index)
  return { words: words.map(({ id }) => id).join(' '), rest }
}

const NO_REST = { offset: 0, neighbors: [] }

/** An id with the same mark as another, with the first salt. */
function doubleOf(id: string): string {
  const mark = markOfConversation(id, 0)
  for (let number = 0; ; number += 1) {
    if (markOfConversation(`double-${number}`, 0) === mark) return `double-${number}`
  }
}

describe('a position', () => {
  it('has no marks at the start of a page', () => {
    expect(startOfPage('token')).toEqual({ pageToken: 'token', offset: 0, neighbors: [] })
    expect(positionAt('token', page('a b c'), 0)).toEqual(startOfPage('token'))
  })

  it('has a mark of each conversation before it, nearest first', () => {
    expect(positionAt(null, page('a b c d'), 3)).toEqual({
      pageToken: null,
      offset: 3,
      neighbors: marksOf('c b a', 0),
    })
  })

  it('has no more marks than the largest page has conversations', () => {
    const words = Array.from({ length: MAX_NEIGHBORS + 20 }, (_, index) => `id-${index}`)
    const { offset, neighbors } = positionAt(null, page(words.join(' ')), MAX_NEIGHBORS + 10)
    const nearest = words.slice(10, MAX_NEIGHBORS + 10).reverse()
    expect(offset).toBe(MAX_NEIGHBORS + 10)
    expect(neighbors).toEqual(marksOf(nearest.join(' '), neighbors[0] ?? -1))
  })

  it('takes another salt if a later conversation shares a mark with an earlier one', () => {
    const double = doubleOf('a')
    for (const words of [`a ${double}`, `a b ${double} c`]) {
      expect(positionAt(null, page(words), 1).neighbors).toEqual(marksOf('a', 1))
    }
    expect(restAfter(`a ${double}`, 1, double)).toEqual({ words: double, rest: NO_REST })
  })

  it('keeps the first salt if only earlier conversations share a mark', () => {
    const double = doubleOf('a')
    expect(positionAt(null, page(`a ${double} b`), 2).neighbors).toEqual(marksOf(`${double} a`, 0))
  })

  it('ends the search where a provider lists a conversation twice', () => {
    expect(positionAt(null, page('a b a'), 2).neighbors).toEqual(marksOf('b a', 99))
  })
})

describe('a position in a page that has changed', () => {
  const cases: readonly [what: string, before: string, delivered: number, now: string, words: string][] = [
    ['nothing has changed', 'a b c d', 2, 'a b c d', 'c d'],
    ['nothing was delivered', 'a b', 0, 'a b', 'a b'],
    ['all of it was delivered', 'a b', 2, 'a b', ''],
    ['the nearest was deleted', 'a b c d', 2, 'a c d', 'c d'],
    ['several of the nearest were deleted', 'a b c d e', 3, 'a d e', 'd e'],
    ['an earlier one was deleted', 'a b c d', 3, 'b c d', 'd'],
    ['only the nearest is left', 'a b c d', 3, 'c d', 'd'],
    ['only one from the middle is left', 'a b c d', 3, 'b d', 'd'],
    ['all that were delivered were deleted', 'a b c d', 2, 'c d', 'c d'],
    ['one was inserted before it', 'a b c d', 2, 'x a b c d', 'c d'],
    ['one was inserted among those that were delivered', 'a b c d', 2, 'a x b c d', 'x b c d'],
    ['one was inserted after it', 'a b c d', 2, 'a b x c d', 'x c d'],
    ['the nearest moved to the end', 'a b c d', 2, 'a c d b', 'c d b'],
    ['one that is farther away is where it was expected', 'a b c d e f', 5, 'd e c d f', 'c d f'],
    ['the page is empty', 'a b', 1, '', ''],
  ]
  it.each(cases)('where %s', (_what, before, delivered, now, words) => {
    expect(restAfter(before, delivered, now).words).toBe(words)
  })

  // Delivered were a, b and c. What follows is what is left to look for on the next page.
  it.each([
    ['none of them is left, and fewer conversations than were delivered', 'x', 'x', 2, 'c b a'],
    ['the page is empty', '', '', 3, 'c b a'],
    ['none of them is left, and as many conversations as were delivered', 'x y z', 'x y z', 0, ''],
    ['the page ends two before the nearest', 'a', '', 2, 'c b'],
    ['the page ends one before the nearest', 'a b', '', 1, 'c'],
    ['the page ends with the nearest', 'a b c', '', 0, ''],
    ['the nearest is gone, and the page goes on', 'a b d', 'd', 0, ''],
  ])('is looked for on the next page, or not, where %s', (_what, now, words, offset, marks) => {
    const rest = offset === 0 ? NO_REST : { offset, neighbors: marksOf(marks, 0) }
    expect(restAfter('a b c d', 3, now)).toEqual({ words, rest })
  })

  it('prefers, of two with the same mark, the one where it was expected', () => {
    const double = doubleOf('b')
    const position = { offset: 2, neighbors: marksOf('b a', 0) }
    // Both follow directly after the next farther one.
    expect(findPlace(page(`a b a ${double} c`), position).index).toBe(2)
    expect(findPlace(page(`x a ${double} a b c`), { ...position, offset: 5 }).index).toBe(5)
    const farther = { offset: 5, neighbors: marksOf('c b a', 0) }
    expect(findPlace(page(`a b a ${double} d`), farther).index).toBe(4)
  })

  it('starts a page that has one of its marks by chance, in another order', () => {
    expect(findPlace(page(`x ${doubleOf('b')} y`), positionAt(null, page('a b c'), 2))).toEqual({
      index: 0,
      rest: NO_REST,
    })
  })
})
