const DATE_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/i
const YEAR_0 = Date.UTC(-1, 12)
const YEAR_10000 = Date.UTC(10_000, 0)

/**
 * Parses an RFC 3339 date-time into milliseconds since 1970, or NaN. `Date.parse()` alone finds a date in "soon 12",
 * reads a time without an offset as local time, and takes 30 February for 1 March.
 */
export function parseDateTime(text: string): number {
  if (!DATE_TIME.test(text)) return Number.NaN
  const time = Date.parse(text.charAt(10) === ' ' ? text.replace(' ', 'T') : text)
  return time >= YEAR_0 && time < YEAR_10000 && isDayOfMonth(text) ? time : Number.NaN
}

/** Every month has 28 days. */
function isDayOfMonth(text: string): boolean {
  const day = text.slice(8, 10)
  return day <= '28' || new Date(text.slice(0, 10)).getUTCDate() === Number(day)
}
