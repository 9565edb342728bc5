import { markOfConversation } from './marks.ts'

/** A place in a listing: in a page, after the conversations that have been processed. */
export interface Position {
  /** null is the first page. */
  readonly pageToken: string | null
  /** How many conversations of the page came before the place when it was noted. */
  readonly offset: number
  /** A salt, and the marks of the last conversations before the place, nearest first. Empty at the start of a page. */
  readonly neighbors: readonly number[]
}

/** The maximum number of marks in a position: the number of conversations on the largest page of either provider. */
export const MAX_NEIGHBORS = 100

/** The last salt to try in the search for marks that no later conversation of the page shares. */
const MAX_SALT = 99

interface Identified {
  readonly id: string
}

/** The start of a page. */
export function startOfPage(pageToken: string | null): Position {
  return { pageToken, offset: 0, neighbors: [] }
}

/** The place before the item with this index. */
export function positionAt(pageToken: string | null, items: readonly Identified[], index: number): Position {
  for (let salt = 0; ; salt += 1) {
    const marks = items.map(({ id }) => markOfConversation(id, salt))
    const before = marks.slice(Math.max(0, index - MAX_NEIGHBORS), index).reverse()
    // If the nearest are deleted, a later conversation with the mark of one of them would be taken for it.
    if (salt < MAX_SALT && marks.slice(index).some((mark) => before.includes(mark))) continue
    return { pageToken, offset: index, neighbors: index === 0 ? [] : [salt, ...before] }
  }
}

/** Where a position is in its page, as the page is now. */
export interface Place {
  /** The index of the first conversation after it. */
  readonly index: number
  /** What remains to be found on the next page, whose token is not known here. */
  readonly rest: Omit<Position, 'pageToken'>
}

const NO_REST = { offset: 0, neighbors: [] }

/**
 * Finds the place again in a page that may have changed: after the nearest neighbor that still exists. If none does, it
 * is the start of the page. Conversations may then repeat, but none that still exists is lost.
 */
export function findPlace(
  items: readonly Identified[],
  { offset, neighbors }: Omit<Position, 'pageToken'>,
): Place {
  const [salt = 0, ...marks] = neighbors
  if (marks.length === 0) return { index: 0, rest: NO_REST }
  const distances = items.map(({ id }) => marks.indexOf(markOfConversation(id, salt)))
  const found = indexOfNearest(distances, offset)
  const distance = distances[found]
  if (distance === undefined) {
    // Pages may be smaller than they were, and the neighbors may be on the next one.
    const left = offset - items.length
    return { index: 0, rest: left > 0 ? { offset: left, neighbors } : NO_REST }
  }
  // At the end of a page, nearer ones may follow on the next.
  const isSplit = distance > 0 && found === items.length - 1
  return {
    index: found + 1,
    rest: isSplit ? { offset: distance, neighbors: neighbors.slice(0, distance + 1) } : NO_REST,
  }
}

/**
 * The index of the nearest neighbor, or -1 if there is none. A short mark may match another conversation by chance, so a
 * neighbor counts only directly after the next farther one, as before, or at the start of the page.
 */
function indexOfNearest(distances: readonly number[], offset: number): number {
  let nearest = -1
  for (const [index, distance] of distances.entries()) {
    if (distance < 0 || index === 0 || (distances[index - 1] ?? -1) <= distance) continue
    const best = distances[nearest] ?? Number.POSITIVE_INFINITY
    const isExpected = index === offset - 1 - distance
    if (distance < best || (distance === best && isExpected)) nearest = index
  }
  return nearest < 0 && (distances[0] ?? -1) >= 0 ? 0 : nearest
}
