/**
 * The wait that a `Retry-After` header requests, in milliseconds, or null if it is missing or invalid. It is a number of
 * seconds or an HTTP date (RFC 9110, section 10.2.3).
 */
export function parseRetryAfter(value: string | null, now: number = Date.now()): number | null {
  const text = value?.trim() ?? ''
  // A header that was sent twice arrives as a list: the longest wait satisfies all of it.
  if (/^\d+( *, *\d+)*$/.test(text)) return Math.max(...text.split(',').map(Number)) * 1000
  // Date.parse() finds a date in any text with a number, such as "1.5" or "wait 5". A real one has a time of day.
  if (!/[a-z]/i.test(text) || !/\d:\d\d/.test(text)) return null
  // The obsolete format of C's asctime() ends with the year. It is in GMT without saying so.
  const date = Date.parse(/:\d\d \d{4}$/.test(text) ? `${text} GMT` : text)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}
