import type { Redis } from 'ioredis'
import type pg from 'pg'
import { accountsOf } from '../../src/accounts.ts'
import { createPool, createTables } from '../../src/database.ts'
import { importParticipants, type SourceRow } from '../../src/import.ts'
import type { Progress } from '../../src/progress.ts'
import { connectToRedis, openQueue, type ParticipantQueue } from '../../src/queue.ts'
import { runBackfill } from '../../src/run.ts'
import { readSettings, type Settings } from '../../src/settings.ts'
import { residentAt } from '../../stand-in/population.ts'

/** The side of the backfill that imports and feeds, in this process. */
export interface Backfill {
  readonly settings: Settings
  readonly pool: pg.Pool
  readonly redis: Redis
  readonly queues: readonly ParticipantQueue[]
  /** Empties tables and queues, and imports participants. Returns how many. */
  begin(participants: Iterable<SourceRow>): Promise<number>
  /** Resolves when all participants are finished or have failed. */
  run(onLine?: (line: string) => void): Promise<Progress>
  [Symbol.asyncDispose](): Promise<void>
}

export async function openBackfill(env: NodeJS.ProcessEnv): Promise<Backfill> {
  // The library reads credentials from the environment of the process.
  Object.assign(process.env, env)
  const settings = readSettings(env)
  const accounts = accountsOf(settings)
  const pool = createPool(settings)
  const redis = connectToRedis(settings.redisUrl)
  const queues = accounts.map(({ name }) => openQueue(name, redis))
  return {
    pool,
    redis,
    queues,
    settings,
    async begin(participants) {
      await redis.flushall()
      await pool.query('DROP SCHEMA IF EXISTS backfill CASCADE')
      await createTables(pool)
      return importParticipants(pool, accounts, participants)
    },
    run: (onLine = () => {}) =>
      runBackfill({
        pool,
        redis,
        queues,
        jobsInRedis: settings.jobsInRedis,
        everyMs: 2_000,
        onLine,
        signal: new AbortController().signal,
      }),
    async [Symbol.asyncDispose]() {
      await Promise.all(queues.map((queue) => queue.close()))
      await redis.quit()
      await pool.end()
    },
  }
}

/** The first participants of the stand-in. */
export function* firstResidents(count: number): Generator<SourceRow> {
  for (let index = 0; index < count; index++) {
    const { account, participant } = residentAt(index)
    yield { account, ...participant }
  }
}
