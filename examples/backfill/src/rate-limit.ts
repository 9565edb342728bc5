import type { Job, RateLimiterOptions } from 'bullmq'
import type { ParticipantQueue } from './queue.ts'

/**
 * BullMQ counts jobs in windows that follow each other. With a window of a second, two bursts can meet at its border: 100
 * requests in one second for a limit of 50. So the windows are short: one request every 20 ms.
 */
export function limiterFor(requestsPerSecond: number): RateLimiterOptions | undefined {
  if (requestsPerSecond === 0) return undefined
  const max = Math.ceil(requestsPerSecond / 50)
  return { max, duration: Math.ceil((1000 * max) / requestsPerSecond) }
}

/** Whether a job has missed its turn. */
export type TurnCheck = (job: Job) => boolean

/**
 * A job that begins late, since the processor is busy or the worker has just started, would send its request together with
 * those whose turn it is. It has missed its turn and goes back to the queue: the backfill becomes slower instead of too
 * fast. Where everything is late, every fourth job goes on, or nothing would ever be done.
 */
export function createTurnCheck(limiter: RateLimiterOptions | undefined): TurnCheck {
  if (limiter === undefined) return () => false
  const maxAgeMs = 1.5 * limiter.duration
  let missedInARow = 0
  return ({ processedOn = 0 }) => {
    const isLate = Date.now() - processedOn > maxAgeMs
    missedInARow = isLate ? (missedInARow + 1) % 4 : 0
    return missedInARow > 0
  }
}

/** Stops the requests of every worker to an account. Never shortens what an earlier response has asked for. */
export async function slowDown(queue: ParticipantQueue, forMs: number): Promise<void> {
  const alreadyMs = await queue.getRateLimitTtl()
  if (forMs > alreadyMs) await queue.rateLimit(forMs)
}
