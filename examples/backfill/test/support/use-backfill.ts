import { after, before } from 'node:test'
import { type Backfill, openBackfill } from './backfill.ts'
import { startPostgres } from './own-postgres.ts'
import { type OwnService, startRedis } from './own-redis.ts'
import { environment } from './processes.ts'

/** The services of a test file. They are there once its tests run. */
export interface OwnBackfill extends Backfill {
  /** What a command finds in its environment. */
  readonly env: NodeJS.ProcessEnv
}

/** A Redis, a Postgres and a backfill for the tests of this file. No command of theirs reaches a provider. */
export function useBackfill(settings: Readonly<Record<string, string>> = {}): OwnBackfill {
  const own = {} as { -readonly [Name in keyof OwnBackfill]: OwnBackfill[Name] }
  let redis: OwnService
  let postgres: OwnService
  before(async () => {
    ;[redis, postgres] = await Promise.all([startRedis(), startPostgres()])
    const env = environment({
      redisUrl: redis.url,
      databaseUrl: postgres.url,
      standInUrl: 'http://127.0.0.1:9',
      settings: { REQUESTS_PER_SECOND: '0', LOCK_MS: '2000', ...settings },
    })
    // The object is the same before and after, so that tests can name it where they are declared.
    Object.assign(own, await openBackfill(env), { env })
  })
  after(async () => {
    await own[Symbol.asyncDispose]()
    await redis[Symbol.asyncDispose]()
    await postgres[Symbol.asyncDispose]()
  })
  return own
}
