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

/**
 * Whether a job comes too late to use its turn. Requests that were held up, by a busy processor or the start of a worker,
 * would leave together with those whose turn it is. Giving the turn back makes the backfill slower instead of too fast.
 */
export function isTurnOver({ processedOn = 0 }: Job, limiter: RateLimiterOptions | undefined): boolean {
  return limiter !== undefined && Date.now() - processedOn > 1.5 * limiter.duration
}

/** Stops the requests of every worker to an account. Never shortens what an earlier response has asked for. */
export async function slowDown(queue: ParticipantQueue, forMs: number): Promise<void> {
  const alreadyMs = await queue.getRateLimitTtl()
  if (forMs > alreadyMs) await queue.rateLimit(forMs)
}
