import type pg from 'pg'
import type { ParticipantQueue } from './queue.ts'
import { resumeAccount } from './stopped-account.ts'

export interface FailedParticipant {
  readonly id: string
  readonly account: string
  readonly participant: object
  readonly failedAt: Date
  readonly error: string
}

const BATCH = 10_000

/** In batches, since there can be a million of them. */
export async function* listFailed(pool: pg.Pool): AsyncGenerator<FailedParticipant> {
  let last: string | undefined = '0'
  while (last !== undefined) {
    const { rows }: pg.QueryResult<FailedParticipant> = await pool.query(
      `SELECT id, account, participant, failed_at AS "failedAt", error
       FROM backfill.participants WHERE failed_at IS NOT NULL AND id > $1 ORDER BY id LIMIT $2`,
      [last, BATCH],
    )
    yield* rows
    last = rows.at(-1)?.id
  }
}

/**
 * Clears the failures, so that `feed()` adds the participants again, each at its cursor, and resumes paused accounts. Those of
 * an account that is not among the queues stay. Returns the number of participants.
 */
export async function sendFailedAgain(
  pool: pg.Pool,
  queues: readonly ParticipantQueue[],
  onProgress: (participants: number) => void = () => {},
): Promise<number> {
  const accounts = queues.map(({ name }) => name)
  let last: string | null = '0'
  let sum = 0
  while (last !== null) {
    const { rows }: pg.QueryResult<{ participants: number; last: string | null }> = await pool.query(
      CLEAR_FAILURES,
      [accounts, last, BATCH],
    )
    last = rows[0]?.last ?? null
    sum += rows[0]?.participants ?? 0
    onProgress(sum)
  }
  for (const queue of queues) await resumeAccount(pool, queue)
  return sum
}

const CLEAR_FAILURES = `
  WITH batch AS (
    SELECT id FROM backfill.participants
    WHERE failed_at IS NOT NULL AND account = ANY($1) AND id > $2
    ORDER BY id LIMIT $3
  ), cleared AS (
    UPDATE backfill.participants SET failed_at = NULL, error = NULL, restarts = 0
    FROM batch WHERE participants.id = batch.id
    RETURNING participants.id
  )
  SELECT count(*)::int AS participants, max(id) AS last FROM cleared`
