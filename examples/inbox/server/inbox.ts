import {
  type AnyConversation,
  type ConversationProvider,
  type ConversationStatus,
  listParticipantConversations,
  type ParticipantRef,
} from 'participant-conversations'
import type { ProviderFailure } from '../shared/api.ts'
import { isExpiredPageToken, problemWords } from './problems.ts'

/** How many conversations the page gets at once. */
const PAGE_SIZE = 25

export interface InboxOptions {
  readonly providers: readonly ConversationProvider[]
  /** With it nobody can read a cursor, or change one. */
  readonly cursorSecret: string
  /** For the server's log. */
  readonly log?: (error: Error) => void
}

/** What to read. */
export interface PageQuery {
  readonly address: string
  readonly status: ConversationStatus | undefined
  readonly cursor: string | null
  readonly signal: AbortSignal
}

/** A page of a customer's conversations, from all providers one after the other. */
export interface Page {
  readonly conversations: readonly AnyConversation[]
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
  { address, status, cursor, signal }: PageQuery,
): Promise<Page> {
  const failures: Omit<ProviderFailure, 'before'>[] = []
  const list = listParticipantConversations({
    provider: providers,
    participant: participantsOf(address),
    status,
    cursor,
    cursorSecret,
    // Most customers are shown all they have at once, from all providers. The others are scrolled through one by one.
    concurrency: cursor === null ? undefined : 1,
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
    conversations: items,
    nextCursor,
    failures: failures.map((failure) => ({ ...failure, before: countUpTo(failure.provider) })),
  }
}

/** Twilio matches exactly: the same number is another address on WhatsApp. For Bird both are the same number. */
function participantsOf(address: string): ParticipantRef[] {
  return address.startsWith('+') ? [{ address }, { address, channel: 'whatsapp' }] : [{ address }]
}
