import type { ListPageResult } from '../provider/provider.ts'
import type { Position } from './cursor.ts'

/** What the caller gets of a page. */
export interface PageCut<C> {
  readonly items: readonly C[]
  /** Where the rest begins; null where nothing is left. */
  readonly next: Position | null
  /** Whether the rest begins on another page. */
  readonly isWholePage: boolean
}

/**
 * Takes from a page what the caller wants: after the offset, through the filter, up to the limit. The rest of the page
 * is left for the cursor, unless the filter would let none of it pass.
 */
export function cutPage<C>(
  { items, nextPageToken, endsSource }: ListPageResult<C>,
  { pageToken, offset }: Position,
  remaining: number,
  filter: ((conversation: C) => boolean) | null,
): PageCut<C> {
  const passes = filter ?? (() => true)
  const wanted: C[] = []
  for (let index = offset; index < items.length; index += 1) {
    const item = items[index] as C
    if (!passes(item)) continue
    if (wanted.length === remaining)
      return { items: wanted, next: { pageToken, offset: index }, isWholePage: false }
    wanted.push(item)
  }
  // Pages may be smaller than they were when the cursor was made: what is left of its offset is left out next.
  const left = endsSource === true ? 0 : Math.max(0, offset - items.length)
  const next = nextPageToken ? { pageToken: nextPageToken, offset: left } : null
  return { items: wanted, next, isWholePage: true }
}

/** After the last item of a page, whatever its next token says. */
export function endOfPage({ items }: ListPageResult<unknown>, { pageToken, offset }: Position): Position {
  return { pageToken, offset: Math.max(offset, items.length) }
}
