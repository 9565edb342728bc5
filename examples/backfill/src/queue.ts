import { type JobsOptions, Queue } from 'bullmq'
import { Redis } from 'ioredis'
import type { Place } from './place.ts'

/** One job lists one participant. After each page its place moves on, so that any worker can continue it. */
export interface JobData extends Place {
  /** How often its page has failed in a row. */
  readonly failures: number
}

export type ParticipantQueue = Queue<JobData>

/** All keys in Redis begin with it. */
export const PREFIX = 'backfill'

/** One connection, for every queue of the process. */
export function connectToRedis(redisUrl: string): Redis {
  // BullMQ waits for a Redis that is away, however long it takes.
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null })
  redis.on('error', (error) => console.error(`Redis: ${error.message}`))
  return redis
}

export function openQueue(account: string, connection: Redis): ParticipantQueue {
  const queue = new Queue<JobData>(account, { connection, prefix: PREFIX, defaultJobOptions: JOB_OPTIONS })
  queue.on('error', () => {
    // The connection has said it.
  })
  return queue
}

const JOB_OPTIONS: JobsOptions = {
  // BullMQ counts attempts over the whole life of a job. A participant with a thousand pages has more than one bad page,
  // so failures are counted in the job's data, where a good page sets them back.
  attempts: 1,
  removeOnComplete: true,
  // Postgres has all of them.
  removeOnFail: { count: 10_000 },
}

/** Adds participants to the queue, apart from those that are in it already. */
export async function addParticipants(queue: ParticipantQueue, places: readonly Place[]): Promise<void> {
  await queue.addBulk(
    places.map((place) => ({
      name: 'list',
      data: { ...place, failures: 0 },
      opts: { jobId: jobIdOf(place) },
    })),
  )
}

/** Adds participants whose jobs may have failed before. */
export async function addAgain(queue: ParticipantQueue, places: readonly Place[]): Promise<void> {
  // A job that is being worked on is locked and stays.
  await Promise.all(places.map((place) => queue.remove(jobIdOf(place))))
  await addParticipants(queue, places)
}

/** The same in each run, so that a participant is never in a queue twice. */
function jobIdOf({ participantId }: Place): string {
  return `participant-${participantId}`
}
