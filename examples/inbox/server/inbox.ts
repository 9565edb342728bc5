import {
  type ConversationProvider,
  type ConversationStatus,
  listParticipantConversations,
  type ParticipantRef,
} from 'participant-conversations'
import type { InboxConversationFields, ProviderFailure } from '../shared/api.ts'
import { isExpiredPageToken, problemWords } from './problems.ts'

/** How many conversations the page gets at once. */
const PAGE_SIZE = 25

/** Enough for the three channels of a phone number on Twilio, and for several on Bird. */
const FIRST_REQUESTS = 8

export interface InboxOptions {
  readonly providers: readonly ConversationProvider[]
  /** With it nobody can read a cursor, or change one. */
  readonly cursorSecret: string
  /** For the server's log. */
  readonly log?: (error: Error) => void
}

/** What to read. */
export interface PageQuery {
  readonly participant: ParticipantRef
  readonly status: ConversationStatus | undefined
  readonly cursor: string | null
  readonly signal: AbortSignal
}

/** A page of a customer's conversations, from all providers one after the other. */
export interface Page {
  readonly conversations: readonly InboxConversationFields[]
  readonly nextCursor: string | null
  readonly failures: readonly ProviderFailure[]
}

/**
 * Reads a page. A provider that fails is left out, and the page says where to try again: the others are still listed, and
 * nothing is lost once the provider recovers.
 *
 * @throws ConversationsError for a cursor that is not valid
 */
export async function readPage(
  { providers, cursorSecret, log }: InboxOptions,
  { participant, status, cursor, signal }: PageQuery,
): Promise<Page> {
  const failures: Omit<ProviderFailure, 'before'>[] = []
  const list = listParticipantConversations({
    provider: providers,
    participant,
    status,
    cursor,
    cursorSecret,
    // Most customers are shown all they have at once, from all providers. The others are scrolled through one by one.
    concurrency: cursor === null ? FIRST_REQUESTS : 1,
    signal,
    onSourceError(error, { provider }) {
      // The cursor is too old, which is not the provider's fault.
      if (isExpiredPageToken(error)) return 'throw'
      log?.(error)
      failures.push({
        provider: provider.name,
        problem: problemWords(error),
        isRetryable: error.isRetryable,
        cursor: error.cursor,
      })
      return 'skip'
    },
  })
  const { items, nextCursor } = await list.first(PAGE_SIZE)
  const names = providers.map(({ name }) => name)
  const countUpTo = (name: string): number =>
    items.filter(({ provider }) => names.indexOf(provider) <= names.indexOf(name)).length
  return {
    // The page has no use for the provider's own object.
    conversations: items.map(({ raw, ...fields }) => fields),
    nextCursor,
    failures: failures.map((failure) => ({ ...failure, before: countUpTo(failure.provider) })),
  }
}
