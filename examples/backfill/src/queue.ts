import { type JobsOptions, Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Place } from './place.ts'

/** One job lists one participant. After each page its place moves on, so that any worker can continue it. */
export interface JobData extends Place {
  /** How often its page has failed in a row. */
  readonly failures: number
}

export type ParticipantQueue = Queue<JobData>

/** All keys in Redis begin with it. */
export const PREFIX = 'backfill'

export function openQueue(account: string, connection: Redis): ParticipantQueue {
  const queue = new Queue<JobData>(account, { connection, prefix: PREFIX, defaultJobOptions: JOB_OPTIONS })
  queue.on('error', () => {
    // The Redis connection logs this.
  })
  return queue
}

const JOB_OPTIONS: JobsOptions = {
  // BullMQ counts attempts over the whole life of a job. A participant with a thousand pages has more than one bad page,
  // so failures are counted in the job's data, where a good page sets them back.
  attempts: 1,
  removeOnComplete: true,
  // Postgres has all of them.
  removeOnFail: true,
}

/** Adds participants to the queue, apart from those that are in it already. */
export async function addParticipants(queue: ParticipantQueue, places: readonly Place[]): Promise<void> {
  await queue.addBulk(
    places.map((place) => ({
      name: 'list',
      data: { ...place, failures: 0 },
      // The same in each run, so that a participant is never in a queue twice.
      opts: { jobId: `participant-${place.participantId}` },
    })),
  )
}

/** How many participants are in Redis. */
export async function countJobs(queue: ParticipantQueue): Promise<number> {
  const counts = await queue.getJobCounts('waiting', 'delayed', 'active')
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}
