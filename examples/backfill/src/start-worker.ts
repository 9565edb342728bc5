import { MetricsTime, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import type pg from 'pg'
import type { Account } from './accounts.ts'
import { createBreaker } from './breaker.ts'
import { answersKnownParticipant } from './known-participant.ts'
import type { Metrics } from './metrics.ts'
import { markFailed } from './place.ts'
import { processPage } from './process-page.ts'
import { type JobData, openQueue, PREFIX } from './queue.ts'
import { createTurnCheck, limiterFor } from './rate-limit.ts'
import type { Settings } from './settings.ts'

export interface WorkerContext {
  readonly account: Account
  readonly settings: Settings
  readonly redis: Redis
  readonly pool: pg.Pool
  readonly metrics: Metrics
  /** Aborts the requests in flight. */
  readonly signal: AbortSignal
}

/** Works on the queue of one account. Returns what stops it, when the pages in progress are stored. */
export function startWorker(context: WorkerContext): () => Promise<void> {
  const { settings, redis, pool, metrics, signal } = context
  const { name, provider } = context.account
  const queue = openQueue(name, redis)
  const pageContext = {
    provider,
    queue,
    pool,
    signal,
    hasMissedItsTurn: createTurnCheck(settings.requestsPerSecond),
    breaker: createBreaker({
      pool,
      queue,
      answersOthers: () => answersKnownParticipant(pool, name, provider, signal),
    }),
    onPage: (conversations: number) => metrics.countPage(name, conversations),
  }

  const worker = new Worker<JobData, void>(name, (job, token = '') => processPage(job, token, pageContext), {
    connection: redis,
    prefix: PREFIX,
    concurrency: settings.concurrency,
    // In every worker, and not in Redis alone: a Redis that has lost its data must not lose the limit.
    limiter: limiterFor(settings.requestsPerSecond),
    lockDuration: settings.lockMs,
    stalledInterval: settings.lockMs,
    // A job is stalled when its worker is killed, which is not its fault. One that kills its workers ends all the same.
    maxStalledCount: 20,
    // Participants that are done, by minute: Bull Board draws them.
    metrics: { maxDataPoints: MetricsTime.ONE_WEEK },
  })
  worker.on('error', () => {
    // The Redis connection logs this.
  })
  worker.on('completed', () => metrics.countParticipant(name, 'finished'))
  worker.on('failed', (job, error) => {
    metrics.countParticipant(name, 'failed')
    console.error(`${name}: ${job?.id} failed for good: ${error.message}`)
    if (job === undefined) return
    // If this fails too, feed() finds the participant in no queue, and it is tried once more.
    markFailed(pool, job.data.participantId, error.message).catch((cause) => console.error(cause.message))
  })
  return async () => {
    await worker.close()
    await queue.close()
  }
}
