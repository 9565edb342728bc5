import { setTimeout as wait } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import type pg from 'pg'
import { feed } from './feed.ts'
import { type Progress, progressLine, readProgress } from './progress.ts'
import type { ParticipantQueue } from './queue.ts'

/** The rate is that of the last minute. */
const RATE_OVER_MS = 60_000

/** Feeds all queues and says how far they are, until everything is done. Returns the last state. */
export async function runBackfill(options: {
  pool: pg.Pool
  redis: Redis
  queues: readonly ParticipantQueue[]
  jobsInRedis: number
  everyMs: number
  onLine: (line: string) => void
  signal: AbortSignal
}): Promise<Progress> {
  const { pool, redis, queues, jobsInRedis, everyMs, onLine, signal } = options
  const finished = new AbortController()
  const fed = Promise.all(queues.map((queue) => feed(pool, queue, jobsInRedis, signal)))
  const stop = (): void => finished.abort()
  fed.then(stop, stop)

  const recent: Progress[] = []
  const report = async (): Promise<Progress> => {
    const now = await readProgress(pool, redis)
    recent.push(now)
    while ((recent[1]?.at ?? now.at) <= now.at - RATE_OVER_MS) recent.shift()
    onLine(progressLine(recent[0] ?? now, now))
    return now
  }
  while (!finished.signal.aborted) {
    await report().catch((error) => console.error(`No progress to show: ${error.message}`))
    await wait(everyMs, undefined, { signal: finished.signal }).catch(() => {})
  }
  await fed
  return report()
}
