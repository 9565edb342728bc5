import { type ConversationProvider, listParticipantConversations } from 'participant-conversations'
import type pg from 'pg'
import { firstPageOf } from './list-and-store-page.ts'
import type { Person } from './participant.ts'

/** Whether the provider answers for a participant whose listing was finished before. false if there is none. */
export async function answersKnownParticipant(
  pool: pg.Pool,
  account: string,
  provider: ConversationProvider,
): Promise<boolean> {
  const { rows } = await pool.query<{ participant: Person }>(
    'SELECT participant FROM backfill.participants WHERE account = $1 AND finished_at IS NOT NULL LIMIT 1',
    [account],
  )
  const [known] = rows
  if (known === undefined) return false
  try {
    await firstPageOf(listParticipantConversations({ provider, ...known, pageSize: 1, concurrency: 1 }))
    return true
  } catch {
    return false
  }
}
