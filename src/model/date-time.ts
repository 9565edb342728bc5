const DATE_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/i
const YEAR_0 = Date.UTC(-1, 12)
const YEAR_10000 = Date.UTC(10_000, 0)

/**
 * Parses an RFC 3339 date-time into milliseconds since 1970, or NaN. `Date.parse()` alone finds a date in "soon 12",
 * reads a time without an offset as local time, and takes 30 February for 1 March.
 *
 * Nearly all dates of the providers are in UTC, with milliseconds or without fractions. They are computed here: each
 * conversation has two or more, and `Date.parse()` takes several times as long.
 */
export function parseDateTime(text: string): number {
  if (!DATE_TIME.test(text)) return Number.NaN
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2)
  const month = twoDigits(text, 5)
  const day = twoDigits(text, 8)
  const hours = twoDigits(text, 11)
  const minutes = twoDigits(text, 14)
  const seconds = twoDigits(text, 17)

  const days = daysSince1970(year, month, day)
  const isInMonth = day <= 28 || days < daysSince1970(year, month + 1, 1)
  if (month < 1 || month > 12 || day < 1 || !isInMonth || minutes > 59 || seconds > 59) return Number.NaN
  const hasMilliseconds = text.length === 24
  if ((text.length !== 20 && !hasMilliseconds) || !text.endsWith('Z') || hours > 23) return parseOther(text)
  const milliseconds = hasMilliseconds ? Number(text.slice(20, 23)) : 0
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + milliseconds
}

/** In UTC, an offset may lead to the year -1 or 10000, which neither RFC 3339 nor a JSON Schema can express. */
function parseOther(text: string): number {
  // With a space, `Date.parse()` takes the year 1 for 2001.
  const time = Date.parse(text.replace(' ', 'T'))
  return time >= YEAR_0 && time < YEAR_10000 ? time : Number.NaN
}

function twoDigits(text: string, index: number): number {
  return (text.charCodeAt(index) - 48) * 10 + text.charCodeAt(index + 1) - 48
}

/**
 * Counts in years that begin in March: the leap day is the last of its year, and five months always have 153 days. Month
 * 13 is the January that follows.
 */
function daysSince1970(year: number, month: number, day: number): number {
  const years = month < 3 ? year - 1 : year
  const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400)
  const daysBeforeMonth = Math.floor((153 * ((month + 9) % 12) + 2) / 5)
  return 365 * years + leapDays + daysBeforeMonth + day - 719_469
}
