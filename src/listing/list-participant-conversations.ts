import type { AnyConversation, ConversationStatus } from '../model/conversation.ts'
import { ConversationsError, withCursor } from '../model/errors.ts'
import type {
  ConversationOf,
  ConversationProvider,
  ProviderCapabilities,
  ProviderOptions,
} from '../provider/provider.ts'
import { type CursorQuery, decodeCursor, encodeCursor, queryFingerprint } from './cursor.ts'
import { iterateItems } from './items.ts'
import { type ListOptions, parseListOptions } from './list-options.ts'
import { type ConversationPage, iteratePages, type Listing } from './pages.ts'

/** A listing. Nothing is requested until it is iterated, and each iteration starts afresh. It is not a promise. */
export interface ConversationList<C extends AnyConversation> extends AsyncIterable<C> {
  /** The same page by page: for a cursor to store, or to show. */
  pages(): AsyncIterable<ConversationPage<C>>
  /** All conversations at once, or none: the cursor of an error requests all of them again. Mind the memory. */
  toArray(): Promise<C[]>
}

/**
 * Lists every conversation that a participant is in, in the provider's order.
 *
 * @throws ConfigurationError, UnsupportedParticipantError, InvalidCursorError - at the call, for wrong options
 * @example
 * for await (const conversation of listParticipantConversations({
 *   provider: twilio(),
 *   participant: { address: '+12025550123' },
 * })) {
 *   console.log(conversation.id, conversation.title)
 * }
 */
export function listParticipantConversations<P extends ConversationProvider>(
  options: ListOptions<P>,
): ConversationList<ConversationOf<P>>
export function listParticipantConversations(options: ListOptions): ConversationList<AnyConversation> {
  const { provider, participant, providerOptions = {}, ...checked } = parseListOptions(options)
  const { name, capabilities } = provider
  const participantKey = provider.participantKey?.(participant) ?? participant
  const statuses = normaliseStatuses(checked.status)
  const query: CursorQuery = {
    provider: name,
    fingerprint: queryFingerprint([
      provider.scope,
      participantKey,
      statuses,
      canonicalOptions(providerOptions, provider),
    ]),
  }
  // A status that the provider never has matches nothing.
  const wanted = statuses?.filter((status) => capabilities.statuses.includes(status)) ?? null
  const listing: Listing<AnyConversation> = {
    provider,
    participant,
    providerStatus: statusForProvider(capabilities, wanted),
    filter: wanted === null ? null : (conversation) => wanted.includes(conversation.status),
    limit: wanted?.length === 0 ? 0 : (checked.limit ?? Number.POSITIVE_INFINITY),
    pageSize: Math.min(checked.pageSize ?? capabilities.maxPageSize, capabilities.maxPageSize),
    start:
      checked.cursor === undefined ? { pageToken: null, offset: 0 } : decodeCursor(query, checked.cursor),
    prefetch: checked.prefetch ?? false,
    signal: checked.signal,
    providerOptions,
    query,
  }
  return {
    [Symbol.asyncIterator]: () => iterateItems(iteratePages(listing, false), listing.signal),
    pages: () => ({ [Symbol.asyncIterator]: () => iteratePages(listing, true) }),
    async toArray() {
      const all: AnyConversation[] = []
      try {
        for await (const { items } of iteratePages(listing, false)) for (const item of items) all.push(item)
      } catch (error) {
        if (!(error instanceof ConversationsError) || listing.signal?.aborted) throw error
        // The caller gets none of what has come so far: all of it is still to be delivered.
        throw withCursor(error, encodeCursor(query, listing.start))
      }
      return all
    },
  }
}

/** null lets all pass. Sorted, so that the same statuses in another order are the same query. */
function normaliseStatuses(
  status: ConversationStatus | readonly ConversationStatus[] | undefined,
): readonly ConversationStatus[] | null {
  if (status === undefined) return null
  return [...new Set([status].flat())].sort()
}

/** A provider filters by one status at most, and never by the model's own word for any other. */
function statusForProvider(
  { statusFilter }: ProviderCapabilities,
  statuses: readonly ConversationStatus[] | null,
): ConversationStatus | null {
  const [only] = statuses ?? []
  if (statusFilter === 'none' || statuses?.length !== 1 || only === undefined || only === 'unknown')
    return null
  return only
}

/** The same for all that ask for the same: with what is left out, and with the defaults that are known here. */
function canonicalOptions(
  { bird, ...others }: ProviderOptions,
  { name, sourceNames = [name] }: ConversationProvider,
): unknown {
  const own = Object.fromEntries(sourceNames.map((name) => [name, {}]))
  return { ...own, ...others, twilio: {}, bird: { reverse: false, ...bird } }
}
