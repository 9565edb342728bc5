import { listParticipantConversations } from 'participant-conversations'
import type pg from 'pg'
import type { Account } from './accounts.ts'
import { type Person, personOf } from './participant.ts'
import type { SourceRow } from './sources.ts'
import { toStorableJson } from './storable-json.ts'

const BATCH = 1_000
/** How many refused rows are kept. A file of another format has as many of them as rows. */
const MAX_REFUSALS = 20

/** What became of the rows so far. */
export interface ImportReport {
  readonly read: number
  readonly added: number
  /** Participants that were in the table before, or twice in the source. */
  readonly existing: number
  readonly refused: number
  /** The first of the refused rows. */
  readonly refusals: readonly { readonly place: string; readonly problem: string }[]
}

/**
 * Adds participants to the table; one that is there already stays as it is. A row that cannot be listed is refused, without
 * a request, and the others are added. Stops reading when `signal` is aborted.
 */
export async function importParticipants(
  pool: pg.Pool,
  accounts: readonly Account[],
  source: Iterable<SourceRow> | AsyncIterable<SourceRow>,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (report: ImportReport) => void } = {},
): Promise<ImportReport> {
  const refusals: { place: string; problem: string }[] = []
  const counts = { read: 0, added: 0, existing: 0, refused: 0 }
  let batch: Participant[] = []
  const flush = async (): Promise<void> => {
    const added = await insert(pool, batch)
    counts.added += added
    counts.existing += batch.length - added
    batch = []
  }
  for await (const row of source) {
    if (signal?.aborted) break
    counts.read += 1
    try {
      batch.push(check(row, accounts))
    } catch (error) {
      counts.refused += 1
      if (refusals.length < MAX_REFUSALS) refusals.push({ place: row.place, problem: messageOf(error) })
    }
    if (batch.length === BATCH) await flush()
    if (counts.read % BATCH === 0) onProgress?.({ ...counts, refusals })
  }
  await flush()
  return { ...counts, refusals }
}

interface Participant {
  readonly account: string
  readonly participant: object
}

async function insert(pool: pg.Pool, participants: readonly Participant[]): Promise<number> {
  const { rowCount } = await pool.query(
    `INSERT INTO backfill.participants (account, participant)
     SELECT account, participant FROM jsonb_to_recordset($1::jsonb) AS row(account text, participant jsonb)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(participants)],
  )
  return rowCount ?? 0
}

/** Throws what is wrong with a row. */
function check(row: SourceRow, accounts: readonly Account[]): Participant {
  if ('problem' in row) throw new Error(row.problem)
  // As it will be stored, so that what is looked up later is what is checked here.
  const { account, ...columns } = JSON.parse(toStorableJson(row.columns))
  if (!account) throw new Error('The column "account" is missing or empty')
  const provider = accounts.find(({ name }) => name === account)?.provider
  if (provider === undefined) {
    throw new Error(
      `Unknown account "${account}": the accounts are ${accounts.map(({ name }) => name).join(', ')}`,
    )
  }
  const participant = personOf(columns)
  // A listing checks its participant when it is created, and requests nothing before it is read. Whether this is a
  // participant is what the call finds out.
  listParticipantConversations({ provider, participant: participant as Person })
  return { account, participant }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
