const DATE_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/i

/** What nearly all dates of the providers look like. */
const UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/

/**
 * The time of an RFC 3339 text, in milliseconds since 1970; NaN where it is none. `Date.parse` alone reads a date into
 * "soon 12", and takes a time without an offset for a local one.
 */
export function parseDateTime(text: string): number {
  const time = UTC.test(text) ? timeInUtc(text) : Number.NaN
  if (!Number.isNaN(time)) return time
  return DATE_TIME.test(text) && isInMonth(text) ? Date.parse(text) : time
}

/**
 * By arithmetic: each conversation has two dates or more, and `Date.parse` takes three times as long. NaN for what is
 * no date, or a rare one: the 31st, 29 February.
 */
function timeInUtc(text: string): number {
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2)
  const month = twoDigits(text, 5)
  const day = twoDigits(text, 8)
  const hours = twoDigits(text, 11)
  const minutes = twoDigits(text, 14)
  const seconds = twoDigits(text, 17)
  const isDate = month >= 1 && month <= 12 && day >= 1 && day <= (month === 2 ? 28 : 30)
  if (!isDate || hours > 23 || minutes > 59 || seconds > 59) return Number.NaN
  const milliseconds = text.length === 24 ? Number(text.slice(20, 23)) : 0
  return (
    (((daysSince1970(year, month, day) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + milliseconds
  )
}

function twoDigits(text: string, index: number): number {
  return (text.charCodeAt(index) - 48) * 10 + text.charCodeAt(index + 1) - 48
}

/** By years that begin in March: the leap day is then the last of its year, and five months always have 153 days. */
function daysSince1970(year: number, month: number, day: number): number {
  const years = month < 3 ? year - 1 : year
  const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400)
  const daysBeforeMonth = Math.floor((153 * ((month + 9) % 12) + 2) / 5)
  return 365 * years + leapDays + daysBeforeMonth + day - 719_469
}

/** `Date.parse` also takes 30 February for 1 March. */
function isInMonth(text: string): boolean {
  const day = Number(text.slice(8, 10))
  const lastDay = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate()
  return day <= lastDay
}
