import type pg from 'pg'
import type { ParticipantQueue } from './queue.ts'
import { storableText } from './storable-json.ts'

/** `down` is a provider that does not answer. */
export type StopReason = 'paused' | 'down'

/** Why an account does not go on. Whether it is stopped is for BullMQ to say; this is what it cannot keep. */
export interface StoppedAccount {
  readonly account: string
  readonly reason: StopReason
  readonly error: string
  readonly since: Date
  /** How many attempts have failed since a provider is down. */
  readonly attempts: number
  /** null for an account that is paused. */
  readonly nextAttemptInMs: number | null
}

export async function readStoppedAccounts(pool: pg.Pool): Promise<StoppedAccount[]> {
  const { rows } = await pool.query<StoppedAccount>(
    `SELECT account, reason, error, since, attempts,
            1000 * extract(epoch FROM next_attempt_at - now())::float8 AS "nextAttemptInMs"
     FROM backfill.stopped_accounts`,
  )
  return rows
}

export async function forgetStop(pool: pg.Pool, account: string, reason: StopReason): Promise<boolean> {
  const { rowCount } = await pool.query(
    'DELETE FROM backfill.stopped_accounts WHERE account = $1 AND reason = $2',
    [account, reason],
  )
  return rowCount === 1
}

/**
 * Stops an account until somebody runs `retry`. Of pages that fail together, one says so. A page that began after the account
 * was paused shows that somebody has resumed it in Bull Board, so its error replaces the old one.
 */
export async function pauseAccount(
  pool: pg.Pool,
  queue: ParticipantQueue,
  error: string,
  pageBeganAt: Date,
): Promise<void> {
  await queue.pause()
  const { rowCount } = await pool.query(
    `INSERT INTO backfill.stopped_accounts AS old (account, reason, error) VALUES ($1, 'paused', $2)
     ON CONFLICT (account, reason) DO UPDATE SET error = $2, since = now() WHERE old.since < $3`,
    [queue.name, storableText(error), pageBeganAt],
  )
  if (rowCount === 1) console.error(`${queue.name} is paused: ${error}`)
}

export async function resumeAccount(pool: pg.Pool, queue: ParticipantQueue): Promise<void> {
  await forgetStop(pool, queue.name, 'paused')
  await queue.resume()
}
