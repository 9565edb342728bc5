import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { isUnavailable } from './database.ts'
import { readPlacesAfter } from './place.ts'
import { addAgain, addParticipants, type ParticipantQueue } from './queue.ts'

const BATCH = 1_000
const LOOK_EVERY_MS = 500

/**
 * Keeps the queue of an account filled from Postgres until every participant is finished or has failed. Redis never holds
 * more than `jobsInRedis` jobs, however many participants there are.
 *
 * If the queue is empty while participants are left, Redis has lost their jobs: it goes through the table again. So a
 * Redis that keeps nothing on disk loses no participant, only its place in the queue.
 */
export async function feed(
  pool: pg.Pool,
  queue: ParticipantQueue,
  jobsInRedis: number,
  signal: AbortSignal,
): Promise<void> {
  let last = '0'
  let isFirstPass = true
  const step = async (): Promise<'more' | 'wait' | 'done'> => {
    const jobs = await countJobs(queue)
    const batch = Math.min(BATCH, jobsInRedis)
    const places = jobsInRedis - jobs < batch ? [] : await readPlacesAfter(pool, queue.name, last, batch)
    if (places.length > 0) {
      await (isFirstPass ? addParticipants(queue, places) : addAgain(queue, places))
      last = places.at(-1)?.participantId ?? last
      return 'more'
    }
    if (jobs > 0) return 'wait'
    if (last === '0') return 'done'
    last = '0'
    isFirstPass = false
    return 'more'
  }
  while (!signal.aborted) {
    const outcome = await step().catch((error) => {
      if (isUnavailable(error)) return 'wait'
      throw error
    })
    if (outcome === 'done') return
    if (outcome === 'wait') await wait(LOOK_EVERY_MS, undefined, { signal }).catch(() => {})
  }
}

async function countJobs(queue: ParticipantQueue): Promise<number> {
  const counts = await queue.getJobCounts('waiting', 'delayed', 'active')
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}
