import { Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import type pg from 'pg'
import type { Account } from './accounts.ts'
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
  const { account, settings, redis, pool, metrics, signal } = context
  const { name } = account
  const queue = openQueue(name, redis)
  const limiter = limiterFor(settings.requestsPerSecond)
  const pageContext = {
    provider: account.provider,
    queue,
    hasMissedItsTurn: createTurnCheck(limiter),
    pool,
    onPage: (conversations: number) => metrics.countPage(name, conversations),
    signal,
  }

  const worker = new Worker<JobData, void>(name, (job, token = '') => processPage(job, token, pageContext), {
    connection: redis,
    prefix: PREFIX,
    concurrency: settings.concurrency,
    // In every worker, and not in Redis alone: a Redis that has lost its data must not lose the limit.
    ...(limiter && { limiter }),
    lockDuration: settings.lockMs,
    stalledInterval: settings.lockMs,
    // A job is stalled when its worker is killed, which is not its fault. One that kills its workers ends all the same.
    maxStalledCount: 20,
  })
  worker.on('error', (error) => console.error(`${name}: ${error.message}`))
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
