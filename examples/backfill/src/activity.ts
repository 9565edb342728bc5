import type pg from 'pg'
import { isUnavailable } from './database.ts'

const NAMES = ['requests', 'errors', 'rate_limited'] as const
type ActivityName = (typeof NAMES)[number]
type Counts = Record<ActivityName, number>

/** What this process sends, for the totals and rates of all workers. A worker that is killed loses its last second. */
export interface ActivityLog {
  add(account: string, name: ActivityName): void
  /** Writes what is left. */
  close(): Promise<void>
}

const FLUSH_EVERY_MS = 1_000

export function createActivityLog(pool: pg.Pool): ActivityLog {
  const unwritten = new Map<string, Counts>()
  const add = (account: string, name: ActivityName, count = 1): void => {
    const counts = unwritten.get(account) ?? { requests: 0, errors: 0, rate_limited: 0 }
    unwritten.set(account, { ...counts, [name]: counts[name] + count })
  }
  const flush = async (): Promise<void> => {
    const taken = [...unwritten]
    unwritten.clear()
    for (const [account, counts] of taken) {
      try {
        await writeCounts(pool, account, counts)
      } catch (error) {
        // While Postgres is away, they are kept and written with the next ones.
        if (isUnavailable(error)) for (const name of NAMES) add(account, name, counts[name])
        else console.error(`The counts of ${account} are lost:`, error)
      }
    }
  }
  const timer = setInterval(() => void flush(), FLUSH_EVERY_MS)
  return {
    add: (account, name) => add(account, name),
    async close() {
      clearInterval(timer)
      await flush()
    },
  }
}

async function writeCounts(pool: pg.Pool, account: string, counts: Counts): Promise<void> {
  await pool.query(
    `INSERT INTO backfill.activity AS old (account, began_at, requests, errors, rate_limited)
     VALUES ($1, to_timestamp(floor(extract(epoch FROM now()) / 5) * 5), $2, $3, $4)
     ON CONFLICT (account, began_at) DO UPDATE SET
       requests = old.requests + excluded.requests,
       errors = old.errors + excluded.errors,
       rate_limited = old.rate_limited + excluded.rate_limited`,
    [account, counts.requests, counts.errors, counts.rate_limited],
  )
}
