/** 1234 as `1,234`. */
export function count(number: number): string {
  return number.toLocaleString('en-US')
}

/** `1 participant`, `2 participants`. */
export function plural(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`
}

/** In the largest unit that says enough. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  const minutes = Math.ceil(seconds / 60)
  return minutes < 90 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`
}

/** The local time of day, or the date too if that was not today. */
export function timeOf(date: Date, now: Date = new Date()): string {
  const time = date.toLocaleTimeString('en-GB')
  return date.toDateString() === now.toDateString() ? time : `${date.toLocaleDateString('en-CA')} ${time}`
}
