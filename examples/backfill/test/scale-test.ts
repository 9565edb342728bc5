import assert from 'node:assert/strict'
import { type Backfill, firstResidents, openBackfill } from './support/backfill.ts'
import { checkTables } from './support/check-tables.ts'
import { type ProgressReader, startMortalWorker } from './support/mortal-worker.ts'
import { startPostgres } from './support/own-postgres.ts'
import { startRedis } from './support/own-redis.ts'
import { environment, startStandIn } from './support/processes.ts'

export interface ScaleOptions {
  readonly participants: number
  readonly workers: number
  /** How often each worker is killed. */
  readonly kills: number
  /** The share of requests that go wrong. */
  readonly faults: number
}

/** A backfill to which everything happens, and what must be true afterwards. */
export async function runScaleTest(options: ScaleOptions): Promise<void> {
  const { participants, workers, kills, faults } = options
  await using redis = await startRedis()
  await using postgres = await startPostgres()
  using standIn = await startStandIn({ FAULTS: String(faults), SLOW_MS: '8000' })
  const env = environment({
    redisUrl: redis.url,
    databaseUrl: postgres.url,
    standInUrl: standIn.url,
    settings: {
      // The other test is about the limit.
      REQUESTS_PER_SECOND: '0',
      CONCURRENCY: '4',
      TIMEOUT_MS: '5000',
      LOCK_MS: '5000',
      JOBS_IN_REDIS: '2000',
    },
  })
  await using backfill = await openBackfill(env)
  await backfill.begin(firstResidents(participants))
  const startedAt = Date.now()
  const progressOf = createProgressReader(backfill, participants)
  const mortals = Array.from({ length: workers }, () => startMortalWorker(env, kills, progressOf))
  const restarts = restartServices()

  const progress = await backfill.run(console.log)
  await restarts
  for (const { stop } of mortals) await stop()
  const seconds = Math.round((Date.now() - startedAt) / 1000)
  const killed = mortals.map((worker) => worker.killed())

  assert.equal(progress.failed, 0)
  const conversations = await checkTables(backfill.pool, participants)
  console.log(`${participants} participants, ${conversations} conversations: each is there exactly once`)
  console.log(`${seconds} s, ${workers} workers, killed ${killed.join(', ')} times`)
  for (const [account, { requests, faults, mostInASecond }] of Object.entries(await standIn.report())) {
    console.log(`${account}: ${requests} requests, at most ${mostInASecond} in a second`, faults)
  }
  assert.deepEqual(killed, Array(workers).fill(kills))

  async function restartServices(): Promise<void> {
    await progressOf.reaches(0.3)
    await redis.crashAndRestart()
    console.log('Redis was killed and started again')
    await progressOf.reaches(0.6)
    await postgres.crashAndRestart()
    console.log('Postgres was stopped at once and started again')
  }
}

function createProgressReader({ pool }: Backfill, participants: number): ProgressReader {
  let share = 0
  const waiting = new Set<{ share: number; resolve: () => void }>()
  const look = async (): Promise<void> => {
    const { rows } = await pool.query<{ finished: number }>(
      'SELECT count(finished_at)::int AS finished FROM backfill.participants',
    )
    share = (rows[0]?.finished ?? 0) / participants
    for (const one of waiting) {
      if (one.share > share) continue
      waiting.delete(one)
      one.resolve()
    }
  }
  const timer = setInterval(() => {
    if (waiting.size > 0) void look().catch(() => {})
  }, 200)
  timer.unref()
  return { reaches: (share) => new Promise((resolve) => waiting.add({ share, resolve })) }
}
