/** Replaces hidden parts of a redacted URL. */
export const HIDDEN = '***'

/** A part of a URL that errors, hooks and logs do not show. */
export interface Hidden {
  /** The value, which is sent and not shown. */
  readonly hidden: string
}

/**
 * Marks a part of a URL, such as a participant or a page token, so that errors, hooks and logs show `***` for it.
 * `null` stays `null`: the parameter is omitted.
 *
 * @example
 * const path = ['contacts', hidden('contact-1'), 'conversations'] // logged with *** in its place
 */
export function hidden(value: string): Hidden
export function hidden(value: string | null): Hidden | null
export function hidden(value: string | null): Hidden | null {
  return value === null ? null : { hidden: value }
}

/** One value of a query parameter. */
type QueryItem = string | number | boolean | Hidden

/** A query parameter. An array repeats it. Null and undefined are omitted. */
export type QueryValue = QueryItem | readonly QueryItem[] | null | undefined

/** Parses a URL; null if it is not one. */
export function parseUrl(text: string, base?: string): URL | null {
  try {
    return new URL(text, base)
  } catch {
    return null
  }
}

/**
 * Joins the segments of a path, each with a slash before it. `.` and `..` are refused: `encodeURIComponent` leaves them
 * alone, and a URL parser would resolve them.
 *
 * @throws RangeError
 */
export function joinPath(segments: readonly (string | number | Hidden)[], isRedacted = false): string {
  let path = ''
  for (const segment of segments) {
    const value = shown(segment, isRedacted)
    if (value === '.' || value === '..' || value === '') {
      throw new RangeError(`a path segment must not be ${JSON.stringify(value)}`)
    }
    path += `/${encodeURIComponent(value)}`
  }
  return path
}

/** A query string with its question mark; empty without parameters. */
export function queryString(parameters: Readonly<Record<string, QueryValue>>, isRedacted = false): string {
  let query = ''
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null || value === undefined) continue
    for (const item of isList(value) ? value : [value]) {
      query += `${query === '' ? '?' : '&'}${encodeURIComponent(name)}=${encodeURIComponent(shown(item, isRedacted))}`
    }
  }
  return query
}

function isList(value: QueryItem | readonly QueryItem[]): value is readonly QueryItem[] {
  return Array.isArray(value)
}

function shown(item: QueryItem, isRedacted: boolean): string {
  if (typeof item !== 'object') return String(item)
  return isRedacted ? HIDDEN : item.hidden
}
