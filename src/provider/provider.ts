import type { AnyConversation, ConversationStatus } from '../model/conversation.ts'
import type { ConversationsError, ResponseValidationError } from '../model/errors.ts'
import type { ParticipantRef } from '../model/participant.ts'
import type { Signal } from '../model/platform-types.ts'

/** Options of a listing that only one provider has, under its name. */
export interface ProviderOptions {
  /** Options of `bird()`. */
  bird?:
    | {
        /** The channel to list, or several, instead of the provider's own `channelId`. */
        channelId?: string | readonly string[] | undefined
        /** Reverses the provider's order. Default: false. */
        reverse?: boolean | undefined
      }
    | undefined
  /** The options of a custom adapter, under its name. They must be plain data; the adapter checks the rest. */
  [name: string]: object | undefined
}

/** A request for one page. */
export interface ListPageRequest<P> {
  /** Whose conversations to list. It is one that `participantKey()` has accepted. */
  readonly participant: P
  /** How many conversations to request: 1 to `capabilities.maxPageSize`. */
  readonly pageSize: number
  /** A token that this adapter returned earlier; null for the first page. */
  readonly pageToken: string | null
  /** The one status to filter by; null for all, and always null if `capabilities.statusFilter` is `'none'`. */
  readonly status: ConversationStatus | null
  /** Aborted when the page is no longer needed. Reject with its `reason`. */
  readonly signal: Signal
  /** The `providerOptions` of the listing. An adapter reads those under its own name. */
  readonly providerOptions: ProviderOptions
  /** Returns the id of the listing that the page belongs to, for logs. It is created when it is first read. */
  readonly listingId?: (() => string) | undefined
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
  /** null or '' ends the listing; nothing else does. At most 32,768 characters, so that it fits into a cursor. */
  readonly nextPageToken: string | null
  /** Why the next page cannot be requested, if there is one. Thrown after the conversations of this page. */
  readonly nextPageError?: ConversationsError | undefined
  /** What the provider sent in place of conversations: see `onInvalidConversation`. Default: none. */
  readonly invalidConversations?: readonly InvalidConversation[] | undefined
  /** The provider's id of the request, for its support; null if it sent none. */
  readonly requestId: string | null
  /** The total number of conversations, if the provider reports it. */
  readonly total: number | null
  /** The name of the provider that the page is from, if this one combines several. Default: its own name. */
  readonly provider?: string | undefined
  /** Whether the next page is from another source, so that an offset past the end of this page ends with it. */
  readonly endsSource?: boolean | undefined
}

/** What an adapter can do by itself. */
export interface ProviderCapabilities {
  /** The most conversations that one request can return. */
  readonly maxPageSize: number
  /**
   * Whether the provider can filter by a status itself (`'one'`), or the page loop has to (`'none'`). `'some'` is for a
   * provider that combines both: it receives the status, and its pages may contain others too.
   */
  readonly statusFilter: 'one' | 'some' | 'none'
  /** The statuses that a conversation can have here. Others match nothing and are not requested. */
  readonly statuses: readonly ConversationStatus[]
}

/**
 * The contract that an adapter fulfills. It has no loop and no retry across pages: it turns one request into one page.
 *
 * @typeParam C - the conversations it yields
 * @typeParam P - the participants it can look up
 */
export interface ConversationProvider<
  C extends AnyConversation = AnyConversation,
  P extends ParticipantRef = ParticipantRef,
> {
  /** The provider's name, as in `conversation.provider` and in `providerOptions`. */
  readonly name: string
  /**
   * The names of the providers that this one combines: its conversations and errors have them, and it accepts
   * `providerOptions` under them. Default: its own name.
   */
  readonly sourceNames?: readonly string[] | undefined
  /** What a cursor is bound to: account, workspace, channel. Never a secret. */
  readonly scope: string
  /** What the adapter can do by itself. */
  readonly capabilities: ProviderCapabilities
  /**
   * What is looked up for a participant, as text, or as one for each source if this provider combines several: cursors are
   * bound to it. Throws `UnsupportedParticipantError` for a participant that cannot be looked up here. Called before the
   * first request. Default: all of the participant.
   */
  participantKey?(participant: P): string | readonly string[]
  /** Requests one page. A method, so that a provider of one kind of participant is still a `ConversationProvider`. */
  listPage(request: ListPageRequest<P>): Promise<ListPageResult<C>>
  /**
   * The part of a page token that decides where it leads, if that is not all of it: two tokens with the same part lead
   * to the same page. The guard against endless listings compares it.
   */
  pageTokenIdentity?(pageToken: string): string
  /**
   * Called, if this provider combines several, when the page loop cannot continue after a page, for example because its
   * token leads back to an earlier one. Returns the token of the next source to skip the rest of this one, null if there
   * is no other source, and undefined to end the listing with the error. Default: the error is thrown.
   */
  tokenAfterDeadEnd?(
    error: ConversationsError,
    page: Pick<ListPageRequest<P>, 'pageToken' | 'status'>,
  ): Promise<string | null | undefined>
}

/** The conversations that a provider yields; for one that is chosen at run time, those of each. */
export type ConversationOf<P extends ConversationProvider> =
  P extends ConversationProvider<infer C> ? C : never

/** The participants that a provider can look up; for one that is chosen at run time, those that each can. */
export type ParticipantOf<P extends ConversationProvider> = Extract<
  P extends ConversationProvider<AnyConversation, infer R> ? R : never,
  // Parameters of a union of functions are intersected.
  (P extends ConversationProvider<AnyConversation, infer R> ? (ref: R) => void : never) extends (
    ref: infer All,
  ) => void
    ? All
    : never
>

/**
 * The `ProviderOptions` that a listing takes: those of the built-in providers and those of its own provider. They must
 * be plain data, since cursors are bound to them.
 */
export type ProviderOptionsOf<P extends ConversationProvider> = Pick<ProviderOptions, 'bird'> & {
  [Name in Exclude<ConversationOf<P>['provider'], 'bird' | 'twilio'>]?: object | undefined
}
