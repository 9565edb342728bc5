import { markOf } from './marks.ts'

/** A position in a listing: a page of one of its sources, and what is done by then. */
export interface Position {
  /** The index of the source. */
  readonly source: number
  /** null is the first page. */
  readonly pageToken: string | null
  /**
   * The marks of the source's conversations that are done, and may still come: on this page, wherever they are in it by
   * then, or on a later one if pages have become smaller.
   */
  readonly seen: readonly number[]
}

/** The maximum number of marks in a position. Of more, the newest are kept. */
export const MAX_SEEN = 10_000

interface Identified {
  readonly id: string
}

/** The start of a source. */
export function startOfSource(source: number): Position {
  return { source, pageToken: null, seen: [] }
}

/** The position on the same page after these of its conversations. */
export function positionAfter(position: Position, done: readonly Identified[]): Position {
  const seen = new Set([...position.seen, ...done.map(({ id }) => markOf(id))])
  return { ...position, seen: [...seen].slice(-MAX_SEEN) }
}

/** The position on the next page, after all conversations of this one. */
export function positionOnNextPage(
  { source, seen }: Position,
  pageToken: string,
  items: readonly Identified[],
): Position {
  if (seen.length === 0) return { source, pageToken, seen }
  const met = new Set(items.map(({ id }) => markOf(id)))
  return { source, pageToken, seen: seen.filter((mark) => !met.has(mark)) }
}
