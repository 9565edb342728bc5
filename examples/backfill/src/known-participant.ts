import {
  type ConversationProvider,
  ConversationsError,
  listParticipantConversations,
} from 'participant-conversations'
import type pg from 'pg'
import { firstPageOf } from './list-and-store-page.ts'
import type { Person } from './participant.ts'
import { judge } from './verdict.ts'

/**
 * Whether the provider answers for a participant whose listing was finished before, even if with a 404 or a 429. false if there
 * is no such participant, or no time to wait for the response.
 */
export async function answersKnownParticipant(
  pool: pg.Pool,
  account: string,
  provider: ConversationProvider,
  signal: AbortSignal,
): Promise<boolean> {
  const { rows } = await pool.query<{ participant: Person }>(
    'SELECT participant FROM backfill.participants WHERE account = $1 AND finished_at IS NOT NULL LIMIT 1',
    [account],
  )
  const [known] = rows
  if (known === undefined) return false
  try {
    const options = { provider, signal, pageSize: 1, concurrency: 1 }
    await firstPageOf(listParticipantConversations({ ...options, ...known }))
    return true
  } catch (error) {
    if (signal.aborted || !(error instanceof ConversationsError)) return false
    return judge(error, null).action !== 'try later'
  }
}
