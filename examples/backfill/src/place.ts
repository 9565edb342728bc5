import type pg from 'pg'
import type { Person } from './participant.ts'
import { storableText } from './storable-json.ts'

/** A participant, and where its listing stands. */
export interface Place {
  readonly participantId: string
  readonly participant: Person
  /** null is the beginning. */
  readonly cursor: string | null
}

/** The place in Postgres, which is the one that counts: it was written with the rows. null if the listing is finished. */
export async function readPlace(pool: pg.Pool, participantId: string): Promise<Place | null> {
  const { rows } = await pool.query<Place>(
    `SELECT id AS "participantId", participant, cursor FROM backfill.participants
     WHERE id = $1 AND finished_at IS NULL`,
    [participantId],
  )
  return rows[0] ?? null
}

/** The next participants that are neither finished nor failed. */
export async function readPlacesAfter(
  pool: pg.Pool,
  account: string,
  last: string,
  limit: number,
): Promise<Place[]> {
  const { rows } = await pool.query<Place>(
    `SELECT id AS "participantId", participant, cursor FROM backfill.participants
     WHERE account = $1 AND id > $2 AND finished_at IS NULL AND failed_at IS NULL
     ORDER BY id LIMIT $3`,
    [account, last, limit],
  )
  return rows
}

const MAX_RESTARTS = 3

/** Begins again; rows that are there already will be written over. false if that has not helped before. */
export async function startOver(pool: pg.Pool, { participantId, cursor }: Place): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE backfill.participants SET cursor = NULL, restarts = restarts + 1
     WHERE id = $1 AND cursor = $2 AND restarts < $3`,
    [participantId, cursor, MAX_RESTARTS],
  )
  return rowCount === 1
}

export async function markFailed(pool: pg.Pool, participantId: string, error: string): Promise<void> {
  await pool.query(
    `UPDATE backfill.participants SET failed_at = now(), error = $2
     WHERE id = $1 AND finished_at IS NULL`,
    [participantId, storableText(error)],
  )
}
