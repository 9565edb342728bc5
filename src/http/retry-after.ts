/**
 * How long a `Retry-After` header asks to wait, in milliseconds; null where there is none or it makes no sense.
 * It is a number of seconds or an HTTP date (RFC 9110, section 10.2.3).
 */
export function parseRetryAfter(value: string | null, now: number = Date.now()): number | null {
  const text = value?.trim() ?? ''
  // A header that was sent twice arrives as a list: never earlier than any of it asks.
  if (/^\d+( *, *\d+)*$/.test(text)) return Math.max(...text.split(',').map(Number)) * 1000
  // Date.parse reads a date into anything with a number, "1.5" and "wait 5" too: a real one has a time of day.
  const date = /[a-z].*\d:\d\d/i.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}
