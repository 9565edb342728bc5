import { setTimeout as wait } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import type pg from 'pg'
import { feed } from './feed.ts'
import type { ParticipantQueue } from './queue.ts'
import { type AccountStatus, readStatus } from './status.ts'

/** Feeds all queues and tells how far they are, until everything is done. Returns the last state. */
export async function runBackfill(options: {
  pool: pg.Pool
  redis: Redis
  queues: readonly ParticipantQueue[]
  jobsInRedis: number
  everyMs: number
  onStatus: (status: readonly AccountStatus[]) => void
  onProblem: (message: string) => void
  signal: AbortSignal
}): Promise<AccountStatus[]> {
  const { pool, redis, queues, jobsInRedis, everyMs, onStatus, onProblem, signal } = options
  const fed = Promise.all(queues.map((queue) => feed(pool, queue, jobsInRedis, signal)))
  const finished = new AbortController()
  const stop = (): void => finished.abort()
  fed.then(stop, stop)
  signal.addEventListener('abort', stop)

  const report = async (): Promise<AccountStatus[]> => {
    const status = await readStatus(options)
    onStatus(status)
    return status
  }
  while (!finished.signal.aborted) {
    await report().catch((error) => onProblem(`No progress to show: ${error.message}`))
    await wait(everyMs, undefined, { signal: finished.signal }).catch(() => {})
  }
  // Without Redis, feeding ends when Redis is back, and whoever stops this does not want to wait.
  if (!signal.aborted || redis.status === 'ready') await fed
  return report()
}
