/**
 * The time of an RFC 3339 text, in milliseconds since 1970; NaN where it is none. `Date.parse` alone reads a date into
 * "soon 12", and takes a time without an offset for a local one.
 */
export function parseDateTime(text: string): number {
  const time = timeInUtc(text)
  if (!Number.isNaN(time)) return time
  return DATE_TIME.test(text) && isInMonth(text) ? Date.parse(text) : time
}

/**
 * What nearly all dates of the providers are, `2026-01-28T23:59:59Z` with or without milliseconds, by arithmetic: each
 * conversation has several, and it takes a tenth of the time. NaN for all others, and for days that not every month has.
 */
function timeInUtc(text: string): number {
  const hasMilliseconds = text.length === 24 && text[19] === '.'
  if (
    (text.length !== 20 && !hasMilliseconds) ||
    text[4] !== '-' ||
    text[7] !== '-' ||
    text[10] !== 'T' ||
    text[13] !== ':' ||
    text[16] !== ':' ||
    !text.endsWith('Z')
  ) {
    return Number.NaN
  }
  const month = digits(text, 5, 7)
  const day = digits(text, 8, 10)
  const hours = digits(text, 11, 13)
  const minutes = digits(text, 14, 16)
  const seconds = digits(text, 17, 19)
  // A comparison with NaN, for what is no digit, does not hold either.
  const isInRange = month >= 1 && month <= 12 && day >= 1 && day <= 28
  if (!isInRange || !(hours <= 23 && minutes <= 59 && seconds <= 59)) return Number.NaN
  const days = daysSince1970(digits(text, 0, 4), month, day)
  const milliseconds = hasMilliseconds ? digits(text, 20, 23) : 0
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + milliseconds
}

/** A number in decimal digits, from one place to before another; NaN where there is anything else. */
function digits(text: string, from: number, to: number): number {
  let number = 0
  for (let index = from; index < to; index += 1) {
    const digit = text.charCodeAt(index) - 48
    if (digit < 0 || digit > 9) return Number.NaN
    number = number * 10 + digit
  }
  return number
}

/** By years that begin in March: the leap day is then the last of its year, and five months always have 153 days. */
function daysSince1970(year: number, month: number, day: number): number {
  const years = month < 3 ? year - 1 : year
  const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400)
  const daysBeforeMonth = Math.floor((153 * ((month + 9) % 12) + 2) / 5)
  return 365 * years + leapDays + daysBeforeMonth + day - 719_469
}

const DATE_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/i

/** `Date.parse` also takes 30 February for 1 March. */
function isInMonth(text: string): boolean {
  const day = Number(text.slice(8, 10))
  const lastDay = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate()
  return day <= lastDay
}
