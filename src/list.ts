import {
  boolean,
  checkOptions,
  type OptionsShape,
  type OptionsSource,
  objectWith,
  optionError,
  text,
  wholeNumber,
} from './check.ts'
import { type AnyConversation, CONVERSATION_STATUSES, type ConversationStatus } from './conversation.ts'
import { type CursorQuery, decodeCursor, encodeCursor, queryFingerprint } from './cursor.ts'
import { ConversationsError, withCursor } from './errors.ts'
import { iterateItems } from './iterate-items.ts'
import { type ConversationPage, iteratePages, type Listing } from './paginate.ts'
import { checkParticipantForm, type ParticipantRef } from './participant.ts'
import type { Signal } from './platform-types.ts'
import type { ConversationProvider, ProviderCapabilities, ProviderOptions } from './provider.ts'
import { record } from './wire.ts'

/** What to list. */
export interface ListOptions<C extends AnyConversation, P extends ParticipantRef> {
  /** Where to look: `twilio()`, `bird()`, or an adapter of one's own. */
  provider: ConversationProvider<C, P>
  /** Whose conversations. Its type follows the provider. */
  participant: NoInfer<P>
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
  /** Options that only one provider knows. Others ignore them. */
  providerOptions?: ProviderOptions | undefined
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
export function listParticipantConversations<C extends AnyConversation, P extends ParticipantRef>(
  listOptions: ListOptions<C, P>,
): ConversationList<C> {
  const checked = checkOptions(shape, listOptions, SOURCE)
  const provider: ConversationProvider<C> = checked.provider ?? missingProvider()
  const participant = checkParticipantForm(checked.participant)

  const { capabilities } = provider
  const providerOptions = checked.providerOptions ?? {}
  const participantKey = provider.participantKey?.(participant) ?? participant
  const statuses = normaliseStatuses(checked.status)
  const query: CursorQuery = {
    provider: provider.name,
    fingerprint: queryFingerprint([provider.scope, participantKey, statuses, providerOptions]),
  }
  // What the provider never has need not be asked for.
  const wanted = statuses?.filter((status) => capabilities.statuses.includes(status)) ?? null
  const listing: Listing<C> = {
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
      const all: C[] = []
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

const isStatus = (value: unknown): boolean => CONVERSATION_STATUSES.some((status) => status === value)

const SOURCE: OptionsSource = { call: 'listParticipantConversations()' }

const PROVIDER = 'must be a provider, such as twilio() or bird()'

/** A type does not keep a caller in JavaScript from leaving it out. */
function missingProvider(): never {
  throw optionError(SOURCE, 'provider', `${PROVIDER}; got nothing`)
}

const shape: OptionsShape = {
  provider: [PROVIDER, isProvider],
  participant: ['', () => true],
  status: [
    `must be one of ${CONVERSATION_STATUSES.join(', ')}, or an array of them`,
    (value) => isStatus(value) || (Array.isArray(value) && value.length > 0 && value.every(isStatus)),
  ],
  limit: wholeNumber(0),
  pageSize: wholeNumber(1),
  cursor: text('must be a string', () => true),
  prefetch: boolean,
  signal: objectWith('must be an AbortSignal', 'aborted', 'addEventListener'),
  providerOptions: { bird: { channelId: text('must be a channel id'), reverse: boolean } },
}

/** Whether it has what the contract asks of an adapter, which may be one of the caller's own. */
function isProvider(value: unknown): boolean {
  const provider = record(value)
  const capabilities = record(provider?.capabilities)
  return (
    typeof provider?.listPage === 'function' &&
    typeof provider.name === 'string' &&
    typeof provider.scope === 'string' &&
    Number(capabilities?.maxPageSize) >= 1 &&
    Array.isArray(capabilities?.statuses)
  )
}
