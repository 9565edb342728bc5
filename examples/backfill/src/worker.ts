import { once } from 'node:events'
import { Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import type pg from 'pg'
import { type Account, accountsOf } from './accounts.ts'
import { createCounters } from './counters.ts'
import { createPool } from './database.ts'
import { createMetrics, type Metrics, serveMetrics } from './metrics.ts'
import { markFailed } from './place.ts'
import { processPage } from './process-page.ts'
import { connectToRedis, type JobData, openQueue, PREFIX } from './queue.ts'
import { limiterFor } from './rate-limit.ts'
import type { Settings } from './settings.ts'

/** Works on the queues of all accounts until SIGTERM or SIGINT. Pages in progress are finished first. */
export async function runWorker(settings: Settings): Promise<void> {
  const redis = connectToRedis(settings.redisUrl)
  const pool = createPool(settings)
  const counters = createCounters(redis)
  const metrics = createMetrics(counters)
  const server = settings.metricsPort > 0 ? serveMetrics(metrics, settings.metricsPort, settings.host) : null
  const outOfTime = new AbortController()
  const workers = accountsOf(settings, metrics.hooksFor).map((account) =>
    startWorker({ account, settings, redis, pool, metrics, signal: outOfTime.signal }),
  )

  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
  // Who asks a second time does not want to wait.
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => process.exit(1))
  // Docker and Kubernetes kill what is not gone in time.
  const timer = setTimeout(() => outOfTime.abort(new Error('The worker stops')), settings.stopMs)
  await Promise.all(workers.map((close) => close()))
  clearTimeout(timer)
  server?.close()
  await counters.close()
  await pool.end()
  await redis.quit()
}

interface WorkerContext {
  readonly account: Account
  readonly settings: Settings
  readonly redis: Redis
  readonly pool: pg.Pool
  readonly metrics: Metrics
  readonly signal: AbortSignal
}

/** Returns what stops it. */
function startWorker({
  account,
  settings,
  redis,
  pool,
  metrics,
  signal,
}: WorkerContext): () => Promise<void> {
  const { name } = account
  const queue = openQueue(name, redis)
  const limiter = limiterFor(settings.requestsPerSecond)
  const context = {
    account,
    queue,
    limiter,
    pool,
    signal,
    onPage: (conversations: number) => metrics.countPage(name, conversations),
  }
  const worker = new Worker<JobData, void>(name, (job, token = '') => processPage(job, token, context), {
    connection: redis,
    prefix: PREFIX,
    concurrency: settings.concurrency,
    // In every worker, and not in Redis alone: a Redis that has lost its data must not lose the limit.
    ...(limiter && { limiter }),
    lockDuration: settings.lockMs,
    stalledInterval: settings.lockMs,
    // A job is stalled when its worker is killed, which is not its fault.
    maxStalledCount: 20,
  })
  worker.on('error', (error) => console.error(`${name}: ${error.message}`))
  worker.on('completed', () => metrics.countParticipant(name, 'finished'))
  worker.on('failed', (job, error) => {
    metrics.countParticipant(name, 'failed')
    console.error(`${name}: ${job?.id} failed for good: ${error.message}`)
    if (job !== undefined) markFailed(pool, job.data.participantId, error.message).catch(console.error)
  })
  return async () => {
    await worker.close()
    await queue.close()
  }
}
