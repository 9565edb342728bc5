import type { AnyConversation } from '../model/conversation.ts'
import { asConversationsError, withCursor } from '../model/error-cursor.ts'
import { ConversationsError } from '../model/errors.ts'
import { checkPage } from '../provider/check-provider.ts'
import type { InvalidConversation, ListPageResult } from '../provider/provider.ts'
import { type Abortable, startAbortable, throwIfAborted } from './abortable.ts'
import type { Listing } from './listing.ts'
import type { Position } from './position.ts'

/** Requests a page. Every error, apart from the caller's own abort, has the cursor of this position. */
export function requestPage<C extends AnyConversation>(
  listing: Listing<C>,
  position: Position,
  remaining: number,
  listingId: () => string,
): Abortable<ListPageResult<C>> {
  const { provider, participant, providerStatus, isFilteredHere, pageSize, signal, providerOptions } = listing
  const wanted = isFilteredHere ? pageSize : Math.min(pageSize, remaining)
  return startAbortable(signal, async (pageSignal) => {
    try {
      const page = await provider.listPage({
        participant,
        // Includes the part of this page that the cursor is already past.
        pageSize: Math.min(position.offset + wanted, provider.capabilities.maxPageSize),
        pageToken: position.pageToken,
        status: providerStatus,
        signal: pageSignal,
        providerOptions,
        listingId,
      })
      throwIfAborted(pageSignal)
      const { invalidConversations, ...checked } = checkPage(page, provider.name)
      for (const invalid of invalidConversations ?? []) await reportInvalid(invalid, listing)
      return checked
    } catch (cause) {
      if (pageSignal.aborted) throw cause
      const error = asConversationsError(cause, provider.name)
      throw withCursor(error, await listing.encodeCursor(position))
    }
  })
}

async function reportInvalid(
  invalid: InvalidConversation,
  { provider, onInvalidConversation }: Pick<Listing<AnyConversation>, 'provider' | 'onInvalidConversation'>,
): Promise<void> {
  if (onInvalidConversation === 'throw') throw invalid.error
  if (onInvalidConversation === 'skip') return
  try {
    await onInvalidConversation(invalid)
  } catch (cause) {
    const message = 'onInvalidConversation threw an error (see cause)'
    throw new ConversationsError(message, { provider: provider.name, cause })
  }
}
