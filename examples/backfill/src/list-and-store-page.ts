import {
  type AnyConversation,
  type ConversationList,
  type ConversationPage,
  type ConversationProvider,
  listParticipantConversations,
} from 'participant-conversations'
import type pg from 'pg'
import { type Place, readPlace } from './place.ts'
import { storePage } from './store-page.ts'

export interface PageServices {
  readonly provider: ConversationProvider
  readonly pool: pg.Pool
  readonly signal?: AbortSignal
  /** Told how many conversations were in a page that is now stored. */
  readonly onPage?: (conversations: number) => void
}

/**
 * Requests one page of a participant and stores it. Returns where the listing then stands, or null if it is finished. This
 * is all that a queue of any kind has to do for one message.
 */
export async function listAndStorePage(
  { provider, pool, signal, onPage }: PageServices,
  { participantId, participant, cursor }: Place,
): Promise<Place | null> {
  // One request for each job, also where several channels are listed.
  const list = listParticipantConversations({ provider, participant, cursor, signal, concurrency: 1 })
  const page = await firstPageOf(list)
  const isStored = await storePage(pool, { participantId, cursor }, page)
  // A worker died before it could tell the queue, or lost the job to another one that is ahead: Postgres knows.
  if (!isStored) return readPlace(pool, participantId)
  onPage?.(page.items.length)
  return page.nextCursor === null ? null : { participantId, participant, cursor: page.nextCursor }
}

export async function firstPageOf(
  list: ConversationList<AnyConversation>,
): Promise<ConversationPage<AnyConversation>> {
  for await (const page of list.pages()) return page
  throw new Error('A listing has at least one page')
}
