/**
 * How long a `Retry-After` header asks to wait, in milliseconds; null where there is none or it makes no sense.
 * It is a number of seconds or an HTTP date (RFC 9110, section 10.2.3).
 */
export function parseRetryAfter(value: string | null, now: number = Date.now()): number | null {
  const text = value?.trim() ?? ''
  if (/^\d+$/.test(text)) return Number(text) * 1000
  // A bare number such as "1.5" or "-1" would parse as a date.
  const date = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}
