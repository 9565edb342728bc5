import { markOf } from './marks.ts'
import { type Position, positionAfter, positionOnNextPage } from './position.ts'

/** The part of a page that the caller receives. */
export interface PageCut<C> {
  readonly items: readonly C[]
  /** Where the rest of the source begins; null if nothing is left. */
  readonly next: Position | null
  /** Whether the rest begins on another page. */
  readonly isWholePage: boolean
}

/**
 * Takes from a page what the caller wants: what is not done by the position, through the filter, up to the limit. The
 * rest of the page is left for the cursor, unless none of it would pass the filter. It makes no difference what was added
 * to the page or removed from it since the position was noted, nor in which order it is now.
 */
export function cutPage<C extends { readonly id: string }>(
  { items, nextPageToken }: { readonly items: readonly C[]; readonly nextPageToken: string | null },
  position: Position,
  remaining: number,
  isWanted: ((conversation: C) => boolean) | null,
): PageCut<C> {
  const seen = new Set(position.seen)
  const wanted: C[] = []
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index] as C
    if (seen.size > 0 && seen.has(markOf(item.id))) continue
    if (isWanted !== null && !isWanted(item)) continue
    if (wanted.length === remaining) {
      return { items: wanted, next: positionAfter(position, items.slice(0, index)), isWholePage: false }
    }
    wanted.push(item)
  }
  const next = nextPageToken ? positionOnNextPage(position, nextPageToken, items) : null
  return { items: wanted, next, isWholePage: true }
}
