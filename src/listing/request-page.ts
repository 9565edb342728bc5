import type { AnyConversation } from '../model/conversation.ts'
import { ConversationsError, withCursor } from '../model/errors.ts'
import { checkPage } from '../provider/check-provider.ts'
import type { ListPageResult } from '../provider/provider.ts'
import { type Abortable, startAbortable } from './abortable.ts'
import type { Listing } from './listing.ts'
import type { Position } from './position.ts'

/** Requests a page. Every error, apart from the caller's own abort, has the cursor of this position. */
export function requestPage<C extends AnyConversation>(
  listing: Listing<C>,
  position: Position,
  remaining: number,
): Abortable<ListPageResult<C>> {
  const { provider, participant, providerStatus, isFilteredHere, pageSize, signal, providerOptions } = listing
  const wanted = isFilteredHere ? pageSize : Math.min(pageSize, remaining)
  return startAbortable(signal, async (pageSignal) => {
    try {
      const page = await provider.listPage({
        participant,
        // With room for what the cursor has already passed in this page.
        pageSize: Math.min(position.offset + wanted, provider.capabilities.maxPageSize),
        pageToken: position.pageToken,
        status: providerStatus,
        signal: pageSignal,
        providerOptions,
      })
      return checkPage(page, provider.name)
    } catch (cause) {
      const error =
        cause instanceof ConversationsError
          ? cause
          : new ConversationsError(
              `${provider.name}: ${cause instanceof Error ? cause.message : String(cause)}`,
              { provider: provider.name, cause },
            )
      throw withCursor(error, await listing.encodeCursor(position))
    }
  })
}
