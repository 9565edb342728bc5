import { once } from 'node:events'
import { accountsOf } from './accounts.ts'
import { createActivityLog } from './activity.ts'
import { createPool } from './database.ts'
import { createMetrics, serveMetrics } from './metrics.ts'
import { connectToRedis } from './redis.ts'
import type { Settings } from './settings.ts'
import { startWorker } from './start-worker.ts'

/** Works on the queues of all accounts until SIGTERM or SIGINT. Pages in progress are stored first. */
export async function runWorker(settings: Settings): Promise<void> {
  const redis = connectToRedis(settings.redisUrl)
  const pool = createPool(settings)
  const activity = createActivityLog(pool)
  const metrics = createMetrics(activity)
  const server = settings.metricsPort > 0 ? serveMetrics(metrics, settings.metricsPort, settings.host) : null
  const outOfTime = new AbortController()
  const stops = accountsOf(settings, metrics.hooksFor).map((account) =>
    startWorker({ account, settings, redis, pool, metrics, signal: outOfTime.signal }),
  )

  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
  // A second signal exits immediately.
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => process.exit(1))
  // Docker and Kubernetes kill what is not gone after a while.
  const timer = setTimeout(() => outOfTime.abort(new Error('The worker stops')), settings.stopMs)
  await Promise.all(stops.map((stop) => stop()))
  clearTimeout(timer)
  server?.close()
  await activity.close()
  await pool.end()
  await redis.quit()
}
