import { useSyncExternalStore } from 'react'
import { completeDate, relativeDate, shortDate } from './dates.ts'

export interface WhenProps {
  /** null shows nothing. */
  date: Date | null
  /** Whether the date itself is shown too. */
  inFull?: boolean
}

/** A date as its distance from now, which goes on. */
export function When({ date, inFull = false }: WhenProps) {
  const now = new Date(useSyncExternalStore(everyMinute, startOfMinute))
  if (date === null) return null
  const distance = relativeDate(date, now)
  const shown = shortDate(date, now)
  const isDate = shown.startsWith(distance)
  return (
    <time dateTime={date.toISOString()} title={completeDate(date)}>
      {inFull && isDate ? shown : distance}
      {inFull && !isDate && <span className="aside"> · {shown}</span>}
    </time>
  )
}

function startOfMinute(): number {
  return Math.floor(Date.now() / 60_000) * 60_000
}

/** One timer for all dates of the page. */
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function everyMinute(onChange: () => void): () => void {
  listeners.add(onChange)
  timer ??= setInterval(() => {
    for (const listener of listeners) listener()
  }, 10_000)
  return () => {
    listeners.delete(onChange)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}
