import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { isUnavailable } from './database.ts'
import { readPlacesAfter } from './place.ts'
import { addParticipants, countJobs, type ParticipantQueue } from './queue.ts'

const BATCH = 1_000
const LOOK_EVERY_MS = 500

/**
 * Keeps the queue of an account filled from Postgres until every participant is finished or has failed. Redis never holds
 * more than `jobsInRedis` jobs, however many participants there are.
 *
 * If the queue is empty while participants are left, `retry` has added them or Redis has lost their jobs: it goes through
 * the table again. So a Redis that keeps nothing on disk loses no participant, only its place in the queue.
 *
 * A loop of its own and not a job scheduler of BullMQ's, which a Redis that has lost everything would have lost too.
 */
export async function feed(
  pool: pg.Pool,
  queue: ParticipantQueue,
  jobsInRedis: number,
  signal: AbortSignal,
): Promise<void> {
  // A part of the bound, so that the queue is filled up before it is empty.
  const batch = Math.min(BATCH, Math.ceil(jobsInRedis / 4))
  let last = '0'
  const step = async (): Promise<'more' | 'wait' | 'done'> => {
    const jobs = await countJobs(queue)
    const places = jobsInRedis - jobs < batch ? [] : await readPlacesAfter(pool, queue.name, last, batch)
    if (places.length > 0) {
      await addParticipants(queue, places)
      last = places.at(-1)?.participantId ?? last
      return 'more'
    }
    if (jobs > 0) return 'wait'
    if (last === '0') return 'done'
    last = '0'
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
