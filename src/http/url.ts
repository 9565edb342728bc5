/** What stands in a redacted URL for what it does not tell. */
export const HIDDEN = '***'

/** Parses a URL; null where it is none. */
export function parseUrl(text: string, base?: string): URL | null {
  try {
    return new URL(text, base)
  } catch {
    return null
  }
}

/**
 * One segment of a path. The caller has checked that it is neither `.` nor `..`, which `encodeURIComponent` leaves
 * alone and a URL parser would resolve; this is the last line of defence.
 */
export function pathSegment(value: string): string {
  if (value === '.' || value === '..' || value === '') throw new RangeError('a path segment must have a name')
  return encodeURIComponent(value)
}

/** A query string with its question mark, or nothing. What is null or undefined is left out. */
export function queryString(
  parameters: Readonly<Record<string, string | number | boolean | null | undefined>>,
): string {
  let query = ''
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null || value === undefined) continue
    query += `${query === '' ? '?' : '&'}${name}=${encodeURIComponent(value)}`
  }
  return query
}
