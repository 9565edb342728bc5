const DATE_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/i
const YEAR_0 = Date.UTC(-1, 12)
const YEAR_10000 = Date.UTC(10_000, 0)

/**
 * Parses an RFC 3339 date-time into milliseconds since 1970, or NaN. `Date.parse()` alone finds a date in "soon 12",
 * reads a time without an offset as local time, and takes 30 February for 1 March.
 */
export function parseDateTime(text: string): number {
  if (!DATE_TIME.test(text) || !isDayOfMonth(text.slice(0, 10))) return Number.NaN
  const time = Date.parse(text.replace(' ', 'T'))
  return time >= YEAR_0 && time < YEAR_10000 ? time : Number.NaN
}

function isDayOfMonth(date: string): boolean {
  const day = Number(date.slice(8))
  return day <= 28 || new Date(date).getUTCDate() === day
}
