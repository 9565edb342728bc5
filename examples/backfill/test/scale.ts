import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { openBackfill } from './support/backfill.ts'
import { checkTables } from './support/check-tables.ts'
import { startPostgres } from './support/own-postgres.ts'
import { startRedis } from './support/own-redis.ts'
import { environment, startStandIn, startWorker } from './support/processes.ts'

export interface ScaleOptions {
  readonly participants: number
  readonly workers: number
  /** How often each worker is killed. */
  readonly kills: number
  /** The longest time between two kills of a worker. */
  readonly killWithinMs: number
  readonly requestsPerSecond: number
  readonly faults: number
}

/** A backfill to which everything happens, and what must be true afterwards. */
export async function runScaleTest(options: ScaleOptions): Promise<void> {
  await using redis = await startRedis()
  await using postgres = await startPostgres()
  using standIn = await startStandIn({ FAULTS: String(options.faults), SLOW_MS: '8000' })
  const env = environment({
    redisUrl: redis.url,
    databaseUrl: postgres.url,
    standInUrl: standIn.url,
    settings: {
      REQUESTS_PER_SECOND: String(options.requestsPerSecond),
      CONCURRENCY: '4',
      TIMEOUT_MS: '5000',
      LOCK_MS: '5000',
      JOBS_IN_REDIS: '2000',
    },
  })
  await using backfill = await openBackfill(env)
  await backfill.begin(options.participants)
  const startedAt = Date.now()
  const finished = new AbortController()
  const workers = Array.from({ length: options.workers }, () => keepWorking(env, options, finished.signal))
  const restarts = (async () => {
    await untilShare(backfill, options.participants, 0.3)
    await redis.crashAndRestart()
    console.log('Redis was killed and started again')
    await untilShare(backfill, options.participants, 0.6)
    await postgres.crashAndRestart()
    console.log('Postgres was stopped at once and started again')
  })()
  const progress = await backfill.run(console.log)
  await restarts
  finished.abort()
  const kills = (await Promise.all(workers)).reduce((sum, count) => sum + count, 0)
  const seconds = Math.round((Date.now() - startedAt) / 1000)

  assert.equal(progress.failed, 0)
  const conversations = await checkTables(backfill.pool, options.participants)
  console.log(`${options.participants} participants, ${conversations} conversations: each exactly once`)
  console.log(`${seconds} s, ${options.workers} workers, ${kills} × kill -9`)
  const report = await standIn.report()
  for (const [account, { requests, byStatus, mostInASecond }] of Object.entries(report)) {
    console.log(
      `${account}: ${requests} requests, ${JSON.stringify(byStatus)}, most in a second ${mostInASecond}`,
    )
  }
  assert.equal(kills, options.kills * options.workers)
}

/** Runs a worker, kills it at random, and starts it again; stops it in order at the end. Returns the number of kills. */
async function keepWorking(
  env: NodeJS.ProcessEnv,
  { kills, killWithinMs }: ScaleOptions,
  finished: AbortSignal,
): Promise<number> {
  let killed = 0
  let worker: ChildProcess = startWorker(env)
  while (killed < kills && !finished.aborted) {
    await wait(500 + Math.random() * (killWithinMs - 500), undefined, { signal: finished }).catch(() => {})
    if (finished.aborted) break
    worker.kill('SIGKILL')
    await once(worker, 'exit')
    killed += 1
    worker = startWorker(env)
  }
  if (!finished.aborted) await once(finished, 'abort')
  const exited = once(worker, 'exit')
  worker.kill('SIGTERM')
  const [code] = await exited
  assert.equal(code, 0, 'A worker did not stop in order')
  return killed
}

async function untilShare(
  { pool }: { pool: import('pg').Pool },
  participants: number,
  share: number,
): Promise<void> {
  while (true) {
    const { rows } = await pool.query<{ finished: number }>(
      'SELECT count(finished_at)::int AS finished FROM backfill.participants',
    )
    if ((rows[0]?.finished ?? 0) >= participants * share) return
    await wait(200)
  }
}
