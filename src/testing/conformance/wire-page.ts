import type { ConversationStatus } from '../../model/conversation.ts'
import type { PlatformRequest } from '../platform-types.ts'

/** A conversation to send. The status is the model's. */
export interface WireConversation {
  readonly id: string
  readonly status: ConversationStatus
}

/** A page for the adapter's provider to return. */
export interface WirePage {
  /** In this order. The status is the model's: translate it into the provider's word. */
  readonly conversations: readonly WireConversation[]
  /**
   * null on the last page: omit the token, or do what the provider does. Always null for an adapter that pages by number or
   * offset, or not at all.
   */
  readonly nextPageToken: string | null
  /** Whether another page follows. */
  readonly hasMore: boolean
  /** How many conversations there are on all pages. */
  readonly total: number
  /** The request for the page, for a provider whose responses repeat a part of it. */
  readonly request: PlatformRequest
}
