import { InvalidCursorError } from '../model/errors.ts'

/** A page of one of several sources that are listed one after the other. */
export interface SourcePage {
  /** The index of the source. */
  readonly index: number
  /** The source's own page token; null for its first page. */
  readonly pageToken: string | null
}

/**
 * Joins a source and its own page token into one page token.
 *
 * @example
 * const nextPageToken = joinSourceToken({ index: 1, pageToken: null }) // the first page of the second source
 */
export function joinSourceToken({ index, pageToken }: SourcePage): string {
  return pageToken === null ? `${index}` : `${index}:${pageToken}`
}

/**
 * Splits a page token that `joinSourceToken()` made. null is the first page of the first source.
 *
 * @throws InvalidCursorError for a token that leads to none of `count` sources, since its cursor was tampered with
 * @example
 * const { index, pageToken } = splitSourceToken(null, 2, 'example') // 0, null
 */
export function splitSourceToken(token: string | null, count: number, provider: string): SourcePage {
  const [, digits, pageToken = null] = /^(\d+)(?::(.*))?$/s.exec(token ?? '0') ?? []
  const index = Number(digits)
  if (index < count) return { index, pageToken }
  throw new InvalidCursorError('cursor is damaged: omit it to start from the beginning.', { provider })
}
