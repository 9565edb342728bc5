import type { AnyConversation } from '../model/conversation.ts'

/**
 * The conversations of one response, after filter and limit. It may be empty although more pages follow.
 *
 * @example
 * function save({ items }: ConversationPage<TwilioConversation>) {}
 */
export interface ConversationPage<C extends AnyConversation> {
  /** In the provider's order. */
  readonly items: readonly C[]
  /** Pass it as `cursor` to continue after this page; null on the last page. */
  readonly nextCursor: string | null
  /** The name of the provider that the page is from. */
  readonly provider: string
  /** The provider's id of the request, for its support; null if it sent none, or if nothing had to be requested. */
  readonly requestId: string | null
  /**
   * The total number of conversations, if the provider reports it (Bird may). null if the listing has several sources, or
   * filters conversations that the provider counts.
   */
  readonly total: number | null
}

/**
 * The first conversations of a listing, and where it continues.
 *
 * @example
 * function show({ items }: ConversationBatch<Conversation>) {}
 */
export interface ConversationBatch<C extends AnyConversation> {
  /** In the order of the listing. */
  readonly items: readonly C[]
  /** Pass it as `cursor` to continue; null at the end of the listing. */
  readonly nextCursor: string | null
}
