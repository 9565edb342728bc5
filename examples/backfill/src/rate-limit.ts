import type { Job, RateLimiterOptions } from 'bullmq'
import type { ParticipantQueue } from './queue.ts'

/** `queue.rateLimit()` works with a limiter alone, so where nothing is limited there is one that lets everything through. */
const NO_LIMIT: RateLimiterOptions = { max: 1_000_000, duration: 1_000 }

/**
 * BullMQ counts jobs in windows that follow each other. With windows of a second, two bursts can meet at a border: 100
 * requests within a second for a limit of 50. So windows are short: for that limit, two requests in 43 ms. That is 3 ms
 * longer than it would have to be, so that 51 requests at most fit in any second although some leave `MAX_DELAY_MS` after
 * their turn, and some are 25 ms longer on their way than others.
 */
export function limiterFor(requestsPerSecond: number): RateLimiterOptions {
  if (requestsPerSecond === 0) return NO_LIMIT
  const max = Math.ceil(requestsPerSecond / 25)
  return { max, duration: Math.ceil((1_075 * max) / requestsPerSecond) }
}

const MAX_DELAY_MS = 50

/** Whether a job has missed its turn. */
export type TurnCheck = (job: Job) => boolean

/**
 * A job that begins later than that, since the processor is busy or the worker has just started, would send its request
 * together with those whose turn it is. It goes back to the queue: the backfill becomes slower instead of too fast. Where
 * everything is late, every fourth job goes on, or nothing would ever be done.
 */
export function createTurnCheck(requestsPerSecond: number): TurnCheck {
  if (requestsPerSecond === 0) return () => false
  let missedInARow = 0
  return ({ processedOn = 0 }) => {
    const isLate = Date.now() - processedOn > MAX_DELAY_MS
    missedInARow = isLate ? (missedInARow + 1) % 4 : 0
    return missedInARow > 0
  }
}

/** Stops the requests of every worker to an account. Never shortens what an earlier response has asked for. */
export async function slowDown(queue: ParticipantQueue, forMs: number): Promise<void> {
  const alreadyMs = await queue.getRateLimitTtl()
  // A `Retry-After` of 0, or a date in the past, is no wait at all, and Redis refuses a key that expires at once.
  const ms = Math.max(1, forMs)
  if (ms > alreadyMs) await queue.rateLimit(ms)
}

/** How long no request may be sent: 0 while the only limit is that of the limiter. */
export async function readSlowDownMs(queue: ParticipantQueue): Promise<number> {
  // The limiter's own count never gets that far.
  return queue.getRateLimitTtl(2 * NO_LIMIT.max)
}
