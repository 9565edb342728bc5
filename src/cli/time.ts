/** A time in a table, with its offset from UTC: `2026-11-29 15:04+01`, and `2026-11-29 14:04Z` in UTC. */
export function formatTime(date: Date, utc: boolean): string {
  const offset = utc ? 0 : -date.getTimezoneOffset()
  const shifted = new Date(date.getTime() + offset * 60_000)
  return `${shifted.toISOString().slice(0, 16).replace('T', ' ')}${formatOffset(offset)}`
}

/** How wide times are, in summer and in winter. */
export function timeWidth(utc: boolean): number {
  const dates = [new Date(2026, 0, 1), new Date(2026, 6, 1)]
  return Math.max(...dates.map((date) => formatTime(date, utc).length))
}

function formatOffset(minutes: number): string {
  if (minutes === 0) return 'Z'
  const size = Math.abs(minutes)
  const [hours, rest] = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, '0'))
  return `${minutes < 0 ? '-' : '+'}${hours}${rest === '00' ? '' : `:${rest}`}`
}
