import {
  type ConversationProvider,
  type ConversationStatus,
  listParticipantConversations,
  type ParticipantRef,
  UnsupportedParticipantError,
} from 'participant-conversations'
import type { InboxConversationFields, InboxPage, ProviderFailure } from '../shared/api.ts'
import { isExpiredPageToken, problemWords } from './problems.ts'

/**
 * How many conversations are collected before the page shows them: all that nearly every customer has. Neither provider
 * sorts by date, so the newest of a listing is known only at its end.
 */
export const MAX_CONVERSATIONS = 300

/** Enough for the three channels of a phone number on Twilio, and for several on Bird. */
const CONCURRENCY = 8

export interface InboxOptions {
  readonly providers: readonly ConversationProvider[]
  /** With it nobody can read a cursor, or change one. */
  readonly cursorSecret: string
  /** For the server's log. */
  readonly log?: (error: Error) => void
}

/** What to read. */
export interface PageQuery {
  /** One person, under all of their addresses. */
  readonly participants: readonly ParticipantRef[]
  readonly status: ConversationStatus | undefined
  readonly cursor: string | null
  readonly signal: AbortSignal
}

/** `InboxPage` before JSON. */
export interface Page extends Omit<InboxPage, 'conversations'> {
  readonly conversations: readonly InboxConversationFields[]
}

/**
 * Collects a person's conversations from all providers, up to the maximum. A provider that fails is left out, and the page
 * says where to try again: the others are still listed, and nothing is lost once the provider recovers.
 *
 * @throws ConversationsError for a cursor that is not valid, and for an address that no provider can look up
 */
export async function readPage(
  { providers, cursorSecret, log }: InboxOptions,
  { participants, status, cursor, signal }: PageQuery,
): Promise<Page> {
  const failures: ProviderFailure[] = []
  const notSearched: string[] = []
  const list = listParticipantConversations({
    provider: providers,
    participant: participants,
    status,
    cursor,
    cursorSecret,
    concurrency: CONCURRENCY,
    signal,
    onSourceError(error, { provider }) {
      // The cursor is too old, which is not the provider's fault.
      if (isExpiredPageToken(error)) return 'throw'
      if (error instanceof UnsupportedParticipantError) {
        notSearched.push(provider.name)
      } else {
        log?.(error)
        failures.push({ provider: provider.name, problem: problemWords(error), cursor: error.cursor })
      }
      return 'skip'
    },
  })
  const { items, nextCursor } = await list.first(MAX_CONVERSATIONS)
  // The page has no use for the provider's own object.
  const conversations = items.map(({ raw, ...fields }) => fields)
  return { conversations, nextCursor, failures, notSearched }
}
