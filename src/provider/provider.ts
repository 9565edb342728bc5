import type { AnyConversation, ConversationStatus } from '../model/conversation.ts'
import type { ConversationsError, ResponseValidationError } from '../model/errors.ts'
import type { ParticipantForm, ParticipantRef } from '../model/participant.ts'
import type { Signal } from '../model/platform-types.ts'
import type { Schema } from '../options/standard-schema.ts'

/** One way to look up a participant. An adapter may add what its requests need. */
export interface Lookup {
  /** Identifies the lookup within the adapter. Cursors are bound to it, and contain short hashes of it. */
  readonly key: string
}

/** A listing, for logs. */
export interface ListingInfo {
  /** The same for every request of one iteration. It is created when it is first read. */
  readonly id: string
}

/** A request for one page. */
export interface ListPageRequest<L extends Lookup = Lookup, O extends object = object> {
  /** Whose conversations to list, as the caller has passed it. */
  readonly participant: ParticipantRef
  /** What to look up: one of those that `lookups()` has returned. Without `lookups()`, its key is the participant as JSON. */
  readonly lookup: L
  /** Which list to read: one of those that `lists()` has returned; null without `lists()`. */
  readonly list: string | null
  /** How many conversations to request: 1 to `capabilities.maxPageSize`. */
  readonly pageSize: number
  /** A token that this adapter returned earlier, for the same lookup and list; null for the first page. */
  readonly pageToken: string | null
  /** The one status to filter by; null for all, and always null if `capabilities.statusFilter` is `'none'`. */
  readonly status: ConversationStatus | null
  /** Aborted when the page is no longer needed. Reject with its `reason`. */
  readonly signal: Signal
  /** The listing's `providerOptions` for this adapter, as `listOptions` returns them. */
  readonly options: O
  /** The listing that the page belongs to. */
  readonly listing?: ListingInfo | undefined
}

/** A conversation that cannot be used, such as one without an id. */
export interface InvalidConversation {
  /** What is wrong with it. */
  readonly error: ResponseValidationError
  /** What the provider sent in its place. */
  readonly raw: unknown
}

/** One page, as an adapter returns it. */
export interface ListPageResult<C> {
  /** In the provider's order, already normalized. */
  readonly items: readonly C[]
  /** null or '' ends this list; nothing else does. At most 32,768 characters, so that it fits into a cursor. */
  readonly nextPageToken: string | null
  /** Why the next page cannot be requested, if there is one. Thrown after the conversations of this page. */
  readonly nextPageError?: ConversationsError | undefined
  /** What the provider sent in place of conversations: see `onInvalidConversation`. Default: none. */
  readonly invalidConversations?: readonly InvalidConversation[] | undefined
  /** The provider's id of the request, for its support; null if it sent none. */
  readonly requestId: string | null
  /** The total number of conversations in this list, if the provider reports it. */
  readonly total: number | null
}

/** What an adapter can do by itself. */
export interface ProviderCapabilities {
  /** The most conversations that one request can return. */
  readonly maxPageSize: number
  /** Whether the provider can filter by a status itself (`'one'`), or the page loop has to (`'none'`). */
  readonly statusFilter: 'one' | 'none'
  /** The statuses that a conversation can have here. Others match nothing and are not requested. */
  readonly statuses: readonly ConversationStatus[]
  /**
   * What a 404 for a first page means. `'empty'`: the provider may not know the participant, so in a listing of several
   * sources, this source has no conversations. A listing of one source still ends with the `NotFoundError`, because the account
   * may be wrong too. `'error'`, the default: the source has failed.
   */
  readonly notFound?: 'empty' | 'error' | undefined
}

/**
 * The contract that an adapter fulfills. It has no loop and no retry across pages: it turns one request into one page.
 *
 * @typeParam C - the conversations it yields
 * @typeParam F - the forms of participants it can look up
 * @typeParam O - its options for one listing
 */
export interface ConversationProvider<
  C extends AnyConversation = AnyConversation,
  F extends ParticipantForm = ParticipantForm,
  O extends object = object,
> {
  /** The provider's name, as in `conversation.provider` and in `providerOptions`. */
  readonly name: string
  /** What cursors are bound to, such as the account or the workspace. Never a secret. */
  readonly scope: string
  /** What the adapter can do by itself. */
  readonly capabilities: ProviderCapabilities
  /**
   * Checks the listing's `providerOptions` for this adapter, which are `{}` if they are omitted, and fills in defaults.
   * What it returns must be plain data, since cursors are bound to it. Default: any plain data.
   */
  readonly listOptions?: Schema<unknown, O> | undefined
  /**
   * The ways to look up a participant, at least one; they are listed one after the other. Throws
   * `UnsupportedParticipantError` for a participant that cannot be looked up here. Called before the first request.
   * Default: one, for any participant.
   */
  lookups?(participant: ParticipantRef<F>): readonly Lookup[]
  /** The lists to read for each lookup, one after the other, such as one for each channel. Default: one. */
  lists?(options: O): readonly string[]
  /** Requests one page. */
  listPage(request: ListPageRequest): Promise<ListPageResult<C>>
  /**
   * The part of a page token that decides where it leads, if that is not all of it: two tokens with the same part lead
   * to the same page. The guard against endless listings compares it.
   */
  pageTokenIdentity?(pageToken: string): string
}
