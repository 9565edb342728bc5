import type { AnyConversation, ConversationStatus } from '../model/conversation.ts'
import type { ParticipantRef } from '../model/participant.ts'
import type { ConversationProvider, InvalidConversation, ProviderOptions } from '../provider/provider.ts'
import type { Position } from './position.ts'

/** The conversations of one response, after filter and limit. It may be empty although more pages follow. */
export interface ConversationPage<C extends AnyConversation = AnyConversation> {
  /** In the provider's order. */
  readonly items: readonly C[]
  /** Pass it as `cursor` to continue after this page; null on the last page. */
  readonly nextCursor: string | null
  /** The name of the provider that the page is from. */
  readonly provider: string
  /** The provider's id of the request, for its support; null if it sent none, or if nothing had to be requested. */
  readonly requestId: string | null
  /**
   * The total number of conversations, if the provider reports it (Bird may). null if `status` is filtered here, since
   * the provider then counts others too.
   */
  readonly total: number | null
}

/** The options of a listing, checked and with defaults. */
export interface Listing<C extends AnyConversation> {
  readonly provider: ConversationProvider<C, ParticipantRef>
  readonly participant: ParticipantRef
  /** What the provider filters by; null if it does not filter. */
  readonly providerStatus: ConversationStatus | null
  /** What is filtered here, even after a provider that filters itself; null lets all pass. */
  readonly filter: ((conversation: C) => boolean) | null
  /** Whether the provider returns conversations that the filter may drop. */
  readonly isFilteredHere: boolean
  /** Whether no conversation of the provider can match. */
  readonly matchesNothing: boolean
  readonly limit: number
  readonly pageSize: number
  /** Where it starts. @throws InvalidCursorError for an encrypted cursor that is invalid */
  start(): Position | Promise<Position>
  encodeCursor(position: Position): string | Promise<string>
  readonly onInvalidConversation: 'throw' | 'skip' | ((invalid: InvalidConversation) => unknown)
  readonly prefetch: boolean
  readonly signal: AbortSignal | undefined
  readonly providerOptions: ProviderOptions
}
