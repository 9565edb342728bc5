import type pg from 'pg'
import type { Place } from './place.ts'
import { addAgain, type ParticipantQueue } from './queue.ts'

export interface FailedParticipant {
  readonly id: string
  readonly account: string
  readonly participant: object
  readonly failedAt: Date
  readonly error: string
}

export async function listFailed(pool: pg.Pool): Promise<FailedParticipant[]> {
  const { rows } = await pool.query<FailedParticipant>(
    `SELECT id, account, participant, failed_at AS "failedAt", error
     FROM backfill.participants WHERE failed_at IS NOT NULL ORDER BY id`,
  )
  return rows
}

/**
 * Sends everything that failed once more, each from its cursor, apart from participants of an unknown account. Returns how
 * many that are.
 */
export async function sendFailedAgain(pool: pg.Pool, queues: readonly ParticipantQueue[]): Promise<number> {
  const { rows } = await pool.query<Place & { account: string }>(
    `UPDATE backfill.participants SET failed_at = NULL, error = NULL, restarts = 0
     WHERE failed_at IS NOT NULL AND account = ANY($1)
     RETURNING id AS "participantId", participant, cursor, account`,
    [queues.map(({ name }) => name)],
  )
  for (const queue of queues) {
    const places = rows
      .filter(({ account }) => account === queue.name)
      .map(({ participantId, participant, cursor }) => ({ participantId, participant, cursor }))
    await addAgain(queue, places)
    // Wrong credentials pause the account.
    await queue.resume()
  }
  return rows.length
}
