import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { parse } from 'csv-parse'
import { listParticipantConversations, type ParticipantRef } from 'participant-conversations'
import type pg from 'pg'
import Cursor from 'pg-cursor'
import type { Account } from './accounts.ts'
import { toStorableJson } from './storable-json.ts'

/** A row of the source: the columns `account` and those of a participant, such as `address`. */
export type SourceRow = Readonly<Record<string, string | null>>

/** Where participants come from. Rows are read as they are needed. */
export function readCsv(path: string): AsyncIterable<SourceRow> {
  const rows = parse({ columns: true, bom: true, trim: true, skip_empty_lines: true })
  // An error of the file ends the rows too, and whoever reads them gets it.
  return pipeline(createReadStream(path), rows, () => {})
}

/** The result of a query, such as `SELECT 'bird' AS account, phone AS address FROM customers`. */
export async function* readQuery(pool: pg.Pool, query: string): AsyncIterable<SourceRow> {
  const client = await pool.connect()
  const cursor = client.query(new Cursor<SourceRow>(query))
  try {
    for (let rows = await cursor.read(BATCH); rows.length > 0; rows = await cursor.read(BATCH)) yield* rows
  } finally {
    await cursor.close()
    client.release()
  }
}

const BATCH = 1_000

interface ImportedRow {
  readonly account: string
  readonly participant: object
  readonly error: string | null
}

/**
 * Adds participants to the table; one that is there already stays as it is. A participant that cannot be looked up goes
 * to the list of failures at once, without a request. Stops reading when `signal` is aborted. Returns how many were
 * added.
 */
export async function importParticipants(
  pool: pg.Pool,
  accounts: readonly Account[],
  source: Iterable<SourceRow> | AsyncIterable<SourceRow>,
  signal?: AbortSignal,
): Promise<number> {
  let added = 0
  let batch: ImportedRow[] = []
  const flush = async (): Promise<void> => {
    const { rowCount } = await pool.query(
      `INSERT INTO backfill.participants (account, participant, error, failed_at)
       SELECT account, participant, error, CASE WHEN error IS NOT NULL THEN now() END
       FROM jsonb_to_recordset($1::jsonb) AS row(account text, participant jsonb, error text)
       ON CONFLICT DO NOTHING`,
      [toStorableJson(batch)],
    )
    added += rowCount ?? 0
    batch = []
  }
  for await (const row of source) {
    if (signal?.aborted) break
    batch.push(check(row, accounts))
    if (batch.length === BATCH) await flush()
  }
  await flush()
  return added
}

function check(row: SourceRow, accounts: readonly Account[]): ImportedRow {
  // As it will be stored, so that what is looked up later is what is checked here.
  const { account = '', ...columns }: SourceRow = JSON.parse(toStorableJson(row))
  const entries = Object.entries(columns).filter(([, value]) => value !== null && value !== '')
  const participant = Object.fromEntries(entries)
  const provider = accounts.find(({ name }) => name === account)?.provider
  const error =
    provider === undefined ? `There is no account "${account}"` : problemOf({ provider, participant })
  return { account: account ?? '', participant, error }
}

/** A listing checks its participant when it is created, and requests nothing before it is read. */
function problemOf(options: { provider: Account['provider']; participant: object }): string | null {
  try {
    // Whether it is a participant is what the call finds out.
    listParticipantConversations({ ...options, participant: options.participant as ParticipantRef })
    return null
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  }
}
