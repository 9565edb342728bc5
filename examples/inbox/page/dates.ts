/** Dates in the language of the page, which is English. */

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
const monthAndDay = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric' })
const withYear = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', year: 'numeric' })
const time = { hour: 'numeric', minute: '2-digit' } as const
const short = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', ...time })
const shortWithYear = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })
const complete = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'short' })

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Returns null for what is missing or not a date. */
export function dateOf(text: string | null | undefined): Date | null {
  const date = new Date(text ?? '')
  return Number.isNaN(date.getTime()) ? null : date
}

/** "5 minutes ago", "yesterday", "in 3 days", "Mar 4", "Dec 30, 2024". */
export function relativeDate(date: Date, now: Date): string {
  const difference = date.getTime() - now.getTime()
  const distance = Math.abs(difference)
  if (distance < 1.5 * MINUTE) return 'just now'
  if (distance < HOUR) return relative.format(Math.trunc(difference / MINUTE), 'minute')
  const days = calendarDays(date, now)
  if (days === 0 || distance < 6 * HOUR) return relative.format(Math.trunc(difference / HOUR), 'hour')
  if (Math.abs(days) < 7) return relative.format(days, 'day')
  return (date.getFullYear() === now.getFullYear() ? monthAndDay : withYear).format(date)
}

/** "Mar 4, 10:15 AM", and the year if it is another one. */
export function shortDate(date: Date, now: Date): string {
  return (date.getFullYear() === now.getFullYear() ? short : shortWithYear).format(date)
}

/** "Wednesday, March 4, 2026 at 10:15 AM". */
export function completeDate(date: Date): string {
  return complete.format(date)
}

/** How many midnights lie between: yesterday evening is one day ago in the morning, too. */
function calendarDays(date: Date, now: Date): number {
  const midnight = (of: Date): number => Date.UTC(of.getFullYear(), of.getMonth(), of.getDate())
  return (midnight(date) - midnight(now)) / DAY
}
