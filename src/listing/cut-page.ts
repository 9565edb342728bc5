import type { ListPageResult } from '../provider/provider.ts'
import { findPlace, type Position, positionAt, startOfPage } from './position.ts'

/** The part of a page that the caller receives. */
export interface PageCut<C> {
  readonly items: readonly C[]
  /** Where the rest begins; null if nothing is left. */
  readonly next: Position | null
  /** Whether the rest begins on another page. */
  readonly isWholePage: boolean
}

/**
 * Takes from a page what the caller wants: after the position, through the filter, up to the limit. The rest of the page
 * is left for the cursor, unless none of it would pass the filter.
 */
export function cutPage<C extends { readonly id: string }>(
  { items, nextPageToken, endsSource }: ListPageResult<C>,
  position: Position,
  remaining: number,
  filter: ((conversation: C) => boolean) | null,
): PageCut<C> {
  const passes = filter ?? (() => true)
  const { index: start, rest } = findPlace(items, position)
  const wanted: C[] = []
  for (let index = start; index < items.length; index += 1) {
    const item = items[index] as C
    if (!passes(item)) continue
    if (wanted.length === remaining) {
      return { items: wanted, next: positionAt(position.pageToken, items, index), isWholePage: false }
    }
    wanted.push(item)
  }
  // The conversations before the place may be on the next page, unless that is another source's.
  const next = nextPageToken ? { ...startOfPage(nextPageToken), ...(endsSource ? {} : rest) } : null
  return { items: wanted, next, isWholePage: true }
}

/** The place after the last item of a page, whatever its next token says. */
export function endOfPage({ items }: ListPageResult<{ readonly id: string }>, position: Position): Position {
  // An empty page says nothing about a place that should have been on it.
  return items.length === 0 ? position : positionAt(position.pageToken, items, items.length)
}
