import { boolean, checkOptions, LISTING, type OptionsShape, objectWith, text, wholeNumber } from './check.ts'
import { checkProvider } from './contract.ts'
import {
  type AnyConversation,
  areStatuses,
  CONVERSATION_STATUSES,
  type ConversationStatus,
  isStatus,
} from './conversation.ts'
import { type CursorQuery, decodeCursor, encodeCursor, queryFingerprint } from './cursor.ts'
import { ConversationsError, withCursor } from './errors.ts'
import { iterateItems } from './iterate-items.ts'
import { type ConversationPage, iteratePages, type Listing } from './paginate.ts'
import { checkParticipantForm } from './participant.ts'
import type { Signal } from './platform-types.ts'
import type {
  ConversationOf,
  ConversationProvider,
  ParticipantOf,
  ProviderCapabilities,
  ProviderOptionsOf,
} from './provider.ts'
import { canonicalOptions, checkProviderOptions } from './provider-options.ts'

/** What to list. */
export interface ListOptions<P extends ConversationProvider = ConversationProvider> {
  /** Where to look: `twilio()`, `bird()`, or an adapter of one's own. */
  provider: P
  /** Whose conversations. Its type follows the provider. */
  participant: ParticipantOf<P>
  /** Only conversations with this status, or with one of these. Default: all. */
  status?: ConversationStatus | readonly ConversationStatus[] | undefined
  /** How many conversations in all; 0 asks nothing. Default: no limit. */
  limit?: number | undefined
  /** How many conversations to ask for at once; at most, and by default, the provider's maximum (Twilio 50, Bird 100). */
  pageSize?: number | undefined
  /** Continue where an earlier page (`nextCursor`), or an error (`cursor`), left off. The query must be the same. */
  cursor?: string | undefined
  /** Ask for the next page while this one is worked on. Default: false. */
  prefetch?: boolean | undefined
  /** Stops the listing, and a request in flight; its `reason` is thrown. */
  signal?: Signal | undefined
  /** Options that only one provider knows, by its name. Others ignore them. */
  providerOptions?: ProviderOptionsOf<P> | undefined
}

/** A listing. Nothing is asked until it is iterated, and each iteration starts afresh. It is not a promise. */
export interface ConversationList<C extends AnyConversation> extends AsyncIterable<C> {
  /** The same page by page: for a cursor to store, or to show. */
  pages(): AsyncIterable<ConversationPage<C>>
  /** All conversations at once, or none: the cursor of an error asks for all of them again. Mind the memory. */
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
  listOptions: ListOptions<P>,
): ConversationList<ConversationOf<P>>
export function listParticipantConversations(listOptions: ListOptions): ConversationList<AnyConversation> {
  const checked = checkOptions(shape, listOptions, LISTING)
  const { provider, participant } = checked
  const { name, capabilities } = provider
  const providerOptions = checkProviderOptions(checked.providerOptions, name)
  const participantKey = provider.participantKey?.(participant) ?? participant
  const statuses = normaliseStatuses(checked.status)
  const query: CursorQuery = {
    provider: name,
    fingerprint: queryFingerprint([
      provider.scope,
      participantKey,
      statuses,
      canonicalOptions(providerOptions, name),
    ]),
  }
  // What the provider never has need not be asked for.
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

/** A provider filters by one status at most, and by none that is the model's own word for "anything else". */
function statusForProvider(
  { statusFilter }: ProviderCapabilities,
  statuses: readonly ConversationStatus[] | null,
): ConversationStatus | null {
  const [only] = statuses ?? []
  if (statusFilter === 'none' || statuses?.length !== 1 || only === undefined || only === 'unknown')
    return null
  return only
}

const shape: OptionsShape<ListOptions> = {
  provider: checkProvider,
  participant: checkParticipantForm,
  status: [
    `must be one of ${CONVERSATION_STATUSES.join(', ')}, or an array of them`,
    (value) => isStatus(value) || areStatuses(value),
    isStatus,
  ],
  limit: wholeNumber(0),
  pageSize: wholeNumber(1),
  cursor: text('must be a string', () => true),
  prefetch: boolean,
  signal: objectWith('must be an AbortSignal', 'aborted', 'addEventListener'),
  // What they may be depends on the provider: see checkProviderOptions().
  providerOptions: (value) => value,
}
