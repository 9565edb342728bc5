import type { Redis } from 'ioredis'
import type pg from 'pg'
import { accountsOf } from '../../src/accounts.ts'
import { createPool, createTables } from '../../src/database.ts'
import { type ImportReport, importParticipants } from '../../src/import.ts'
import type { Columns } from '../../src/participant.ts'
import { openQueue, type ParticipantQueue } from '../../src/queue.ts'
import { connectToRedis } from '../../src/redis.ts'
import { runBackfill } from '../../src/run.ts'
import { readSettings, type Settings } from '../../src/settings.ts'
import type { SourceRow } from '../../src/sources.ts'
import { type AccountStatus, readStatus } from '../../src/status.ts'
import { statusLines } from '../../src/status-lines.ts'
import { residentAt } from '../../stand-in/population.ts'

/** The side of the backfill that imports and feeds, in this process. */
export interface Backfill {
  readonly settings: Settings
  readonly pool: pg.Pool
  readonly redis: Redis
  readonly queues: readonly ParticipantQueue[]
  /** Empties tables and queues, and imports participants. */
  begin(participants: Iterable<Columns>): Promise<ImportReport>
  /** Resolves when all participants are finished or have failed. */
  run(onLine?: (line: string) => void): Promise<Done>
  status(account: string): Promise<AccountStatus>
  [Symbol.asyncDispose](): Promise<void>
}

/** What was done for all accounts. */
export type Done = Pick<AccountStatus, 'finished' | 'failed' | 'conversations' | 'requests'>

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
      return importParticipants(pool, accounts, rowsOf(participants))
    },
    async run(onLine = () => {}) {
      const status = await runBackfill({
        pool,
        redis,
        queues,
        jobsInRedis: settings.jobsInRedis,
        everyMs: 2_000,
        onProblem: console.error,
        onStatus(status) {
          for (const line of statusLines(status, settings)) onLine(line)
        },
        signal: new AbortController().signal,
      })
      const sum = (key: keyof Done): number => status.reduce((total, account) => total + account[key], 0)
      return {
        finished: sum('finished'),
        failed: sum('failed'),
        conversations: sum('conversations'),
        requests: sum('requests'),
      }
    },
    async status(account) {
      const status = (await readStatus({ pool, redis, queues })).find((one) => one.account === account)
      if (status === undefined) throw new Error(`${account} has no participants`)
      return status
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(queues.map((queue) => queue.close()))
      await redis.quit()
      await pool.end()
    },
  }
}

function* rowsOf(participants: Iterable<Columns>): Generator<SourceRow> {
  let number = 0
  for (const columns of participants) yield { place: `row ${++number}`, columns }
}

/** The first participants of the stand-in. */
export function* firstResidents(count: number): Generator<Columns> {
  for (let index = 0; index < count; index++) yield { ...residentAt(index) }
}
