import { useSyncExternalStore } from 'react'
import { completeDate, relativeDate } from './dates.ts'

/** A date as its distance from now, which goes on. */
export function When({ date: text }: { date: string }) {
  const minute = useSyncExternalStore(everyMinute, currentMinute)
  const date = new Date(text)
  return (
    <time dateTime={text} title={completeDate(date)}>
      {relativeDate(date, new Date(Math.max(minute * 60_000, Date.now())))}
    </time>
  )
}

function currentMinute(): number {
  return Math.floor(Date.now() / 60_000)
}

function everyMinute(onChange: () => void): () => void {
  const timer = setInterval(onChange, 10_000)
  return () => clearInterval(timer)
}
