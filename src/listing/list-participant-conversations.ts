import type { AnyConversation, ConversationStatus } from '../model/conversation.ts'
import { withCursor } from '../model/error-cursor.ts'
import { ConversationsError } from '../model/errors.ts'
import { participantKeysOf } from '../provider/participants.ts'
import type {
  ConversationOf,
  ConversationProvider,
  ProviderCapabilities,
  ProviderOptions,
} from '../provider/provider.ts'
import { type CursorQuery, decodeCursor, encodeCursor } from './cursor.ts'
import { iterateItems } from './items.ts'
import { type ListOptions, parseListOptions } from './list-options.ts'
import type { ConversationPage, Listing } from './listing.ts'
import { iteratePages } from './pages.ts'
import { startOfPage } from './position.ts'
import { createCursorSealer } from './sealed-cursor.ts'

/** A listing. Nothing is requested until it is iterated, and each iteration starts anew. It is not a promise. */
export interface ConversationList<C extends AnyConversation> extends AsyncIterable<C> {
  /** Lists page by page, with the cursor of each. There is at least one page, which is empty if nothing is found. */
  pages(): AsyncIterable<ConversationPage<C>>
  /**
   * Returns the first page: the one request of a web handler. It is empty if nothing is found. With a `status` that is
   * filtered here, it may be empty or short even if more pages follow.
   *
   * @example
   * const { items, nextCursor } = await listParticipantConversations({ provider, participant, cursor }).page()
   */
  page(): Promise<ConversationPage<C>>
  /**
   * Returns all conversations, or throws and returns none: the cursor of its errors is the start of the listing. Holds
   * all of them in memory.
   */
  toArray(): Promise<C[]>
}

/**
 * Lists every conversation that a participant is in, in the provider's order.
 *
 * @throws ConfigurationError, UnsupportedParticipantError, InvalidCursorError - immediately, for invalid options
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
  const checked = parseListOptions(options)
  const { provider, participant, providerOptions = {} } = checked
  const { name, capabilities } = provider
  const statuses = normalizeStatuses(checked.status)
  const query: CursorQuery = {
    provider: name,
    maxPageSize: capabilities.maxPageSize,
    scope: provider.scope,
    participants: participantKeysOf(provider, participant),
    statuses,
    options: canonicalOptions(providerOptions, provider),
  }
  // A status that the provider never has matches nothing.
  const wanted = statuses?.filter((status) => capabilities.statuses.includes(status)) ?? null
  const providerStatus = statusForProvider(capabilities, wanted)
  const listing: Listing<AnyConversation> = {
    provider,
    participant,
    providerStatus,
    isFilteredHere: wanted !== null && (providerStatus === null || capabilities.statusFilter !== 'one'),
    matchesNothing: wanted?.length === 0,
    filter: wanted === null ? null : (conversation) => wanted.includes(conversation.status),
    limit: checked.limit ?? Number.POSITIVE_INFINITY,
    pageSize: Math.min(checked.pageSize ?? capabilities.maxPageSize, capabilities.maxPageSize),
    ...createCursors(query, checked),
    onInvalidConversation: checked.onInvalidConversation ?? 'throw',
    prefetch: checked.prefetch ?? false,
    signal: checked.signal,
    providerOptions,
  }
  return {
    [Symbol.asyncIterator]: () => iterateItems(iteratePages(listing, false), listing.signal),
    pages: () => ({ [Symbol.asyncIterator]: () => iteratePages(listing, true) }),
    async page() {
      for await (const page of iteratePages({ ...listing, prefetch: false }, true)) return page
      throw new Error('a listing has a first page')
    },
    async toArray() {
      const all: AnyConversation[] = []
      const start = await listing.start()
      try {
        for await (const { items } of iteratePages(listing, false)) for (const item of items) all.push(item)
      } catch (error) {
        const isAbort = listing.signal?.aborted === true && error === listing.signal.reason
        if (!(error instanceof ConversationsError) || isAbort) throw error
        // The caller receives nothing of what has arrived so far, so all of it is still to be delivered.
        throw withCursor(error, await listing.encodeCursor(start))
      }
      return all
    },
  }
}

/** How a listing creates cursors, and where its own cursor points. Without a secret, the cursor is checked at once. */
function createCursors(
  query: CursorQuery,
  { cursor, cursorSecret }: Pick<ListOptions, 'cursor' | 'cursorSecret'>,
): Pick<Listing<AnyConversation>, 'start' | 'encodeCursor'> {
  const beginning = startOfPage(null)
  if (cursorSecret === undefined) {
    const start = cursor == null ? beginning : decodeCursor(query, cursor)
    return { start: () => start, encodeCursor: (position) => encodeCursor(query, position) }
  }
  const { encode, decode } = createCursorSealer(query, [cursorSecret].flat())
  return { start: () => (cursor == null ? beginning : decode(cursor)), encodeCursor: encode }
}

/** Sorted, so that the same statuses in another order are the same query. null lets all pass. */
function normalizeStatuses(
  status: ConversationStatus | readonly ConversationStatus[] | undefined,
): readonly ConversationStatus[] | null {
  if (status === undefined) return null
  return [...new Set([status].flat())].sort()
}

/** A provider filters by one status at most, and never by `'unknown'`, which is the model's own. */
function statusForProvider(
  { statusFilter }: ProviderCapabilities,
  statuses: readonly ConversationStatus[] | null,
): ConversationStatus | null {
  const [only] = statuses ?? []
  if (statusFilter === 'none' || statuses?.length !== 1 || only === undefined || only === 'unknown')
    return null
  return only
}

/** Equal for all options that mean the same, with defaults in place of omitted ones. */
function canonicalOptions(
  { bird, ...others }: ProviderOptions,
  { name, sourceNames = [name] }: ConversationProvider,
): unknown {
  const own = Object.fromEntries(sourceNames.map((name) => [name, {}]))
  const channelId = [bird?.channelId ?? []].flat()
  return { ...own, ...others, twilio: {}, bird: { reverse: false, ...bird, channelId } }
}
