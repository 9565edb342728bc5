import {
  type AnyConversation,
  type CombineSource,
  type ConversationProvider,
  type ConversationStatus,
  combine,
  listParticipantConversations,
} from 'participant-conversations'
import type { ProviderFailure } from '../shared/api.ts'
import { isExpiredPageToken, problemWords } from './problems.ts'

/** How many conversations the page gets at once. */
const PAGE_SIZE = 25

/** The channels in which Twilio knows a phone number, each under an address of its own. */
const PHONE_CHANNELS = ['sms', 'whatsapp']

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
  readonly conversations: AnyConversation[]
  readonly nextCursor: string | null
  readonly failure: ProviderFailure | null
}

/**
 * Reads a page. A provider that fails ends the page, which says where to try again; its `nextCursor` continues with the
 * next provider. The others are still listed, and nothing is lost once the provider recovers.
 *
 * @throws ConversationsError for a cursor that is not valid, and if there is no provider to go on with
 */
export async function readPage(
  { providers, cursorSecret, log }: InboxOptions,
  { address, status, cursor, signal }: PageQuery,
): Promise<Page> {
  const failures: Omit<ProviderFailure, 'cursor'>[] = []
  const provider = combine(sourcesFor(providers, address), {
    onSourceError(error, { name }) {
      // The cursor is too old, which is not the provider's fault.
      if (isExpiredPageToken(error)) return 'throw'
      log?.(error)
      failures.push({ provider: name, problem: problemWords(error), isRetryable: error.isRetryable })
      return 'skip'
    },
  })
  const list = listParticipantConversations({
    provider,
    participant: { address },
    status,
    cursor,
    cursorSecret,
    limit: PAGE_SIZE,
    signal,
  })
  const conversations: AnyConversation[] = []
  let place = cursor
  for await (const { items, nextCursor } of list.pages()) {
    conversations.push(...items)
    const [failure] = failures
    if (failure !== undefined) return { conversations, nextCursor, failure: { ...failure, cursor: place } }
    place = nextCursor
  }
  return { conversations, nextCursor: place, failure: null }
}

/** Where to look for an address. Twilio matches exactly: the same number is another address on WhatsApp. */
function sourcesFor(providers: readonly ConversationProvider[], address: string): CombineSource[] {
  return providers.flatMap((provider): CombineSource[] =>
    provider.name === 'twilio' && address.startsWith('+')
      ? PHONE_CHANNELS.map((channel) => ({ provider, participant: { address, channel } }))
      : [provider],
  )
}
