import type { AnyConversation } from '../model/conversation.ts'
import type { ConversationProvider } from '../provider/provider.ts'
import type { ConversationOf } from '../provider/provider-types.ts'
import type { ConversationBatch, ConversationPage } from './conversation-page.ts'
import { type ListOptions, parseListOptions } from './list-options.ts'
import { readAll, readFirst, readItems, readPages } from './readers.ts'
import { createSettings } from './settings.ts'

/** A listing. Nothing is requested until it is read, and each way to read it starts anew. It is not a promise. */
export interface ConversationList<C extends AnyConversation> extends AsyncIterable<C> {
  /**
   * Returns the first conversation, or null if there is none.
   *
   * @example
   * const open = await listParticipantConversations({ provider, participant, status: 'active' }).first()
   */
  first(): Promise<C | null>
  /**
   * Returns this many conversations, or fewer if the listing ends, and the cursor after them, such as for a web handler. It
   * requests as many pages as that takes.
   *
   * @throws ConfigurationError for a count that is not a whole number of at least 1
   * @example
   * const { items, nextCursor } = await listParticipantConversations({ provider, participant, cursor }).first(20)
   */
  first(count: number): Promise<ConversationBatch<C>>
  /** Lists page by page, with the cursor of each. There is at least one page, which is empty if nothing is found. */
  pages(): AsyncIterable<ConversationPage<C>>
  /**
   * Returns all conversations, which are kept in memory. If it rejects, it returns none, and the error's cursor is the start
   * of the listing.
   */
  toArray(): Promise<C[]>
}

/**
 * Lists every conversation that a participant is in, in the provider's order. Several providers are listed one after the
 * other.
 *
 * @throws ConfigurationError, UnsupportedParticipantError - immediately, for invalid options
 * @throws InvalidCursorError - when the listing is read
 * @example
 * for await (const conversation of listParticipantConversations({
 *   provider: [twilio(), bird()],
 *   participant: { phone: '+12025550123' },
 * })) {
 *   console.log(conversation.id, conversation.title)
 * }
 */
export function listParticipantConversations<P extends ConversationProvider>(
  options: ListOptions<P>,
): ConversationList<ConversationOf<P>>
export function listParticipantConversations(options: ListOptions): ConversationList<AnyConversation> {
  const settings = createSettings(parseListOptions(options))
  function first(): Promise<AnyConversation | null>
  function first(count: number): Promise<ConversationBatch<AnyConversation>>
  async function first(count?: number): Promise<AnyConversation | ConversationBatch<AnyConversation> | null> {
    if (count !== undefined) return readFirst(settings, count)
    const { items } = await readFirst(settings, 1)
    return items[0] ?? null
  }
  return {
    first,
    [Symbol.asyncIterator]: () => readItems(settings),
    pages: () => ({ [Symbol.asyncIterator]: () => readPages(settings) }),
    toArray: () => readAll(settings),
  }
}
