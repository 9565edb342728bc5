import type { AnyConversation } from '../model/conversation.ts'
import { asConversationsError, withCursor } from '../model/error-cursor.ts'
import type { ConversationsError } from '../model/errors.ts'
import { lazyId } from '../model/lazy-id.ts'
import type { ListPageResult } from '../provider/provider.ts'
import { type Abortable, throwIfAborted } from './abortable.ts'
import { cutPage, type PageCut } from './cut-page.ts'
import { createDeadEndGuard, type DeadEnd } from './dead-end.ts'
import type { ConversationPage, Listing } from './listing.ts'
import { type Position, startOfPage } from './position.ts'
import { requestPage } from './request-page.ts'

/** Where a listing continues after a page, or the error that ends it there. */
interface Continuation {
  readonly next: Position | null
  readonly error: ConversationsError | null
}

/**
 * The page loop. It requests a page when it is pulled, and with `prefetch` one page ahead. There is always a first page.
 * Cursors cost time, so they are made only on demand.
 */
export function iteratePages<C extends AnyConversation>(
  listing: Listing<C>,
  withCursors: boolean,
): AsyncIterableIterator<ConversationPage<C>> {
  const { provider, signal, isFilteredHere } = listing
  const listingId = lazyId()
  let request: Abortable<ListPageResult<C>> | null = null
  let isClosed = false

  const startRequest = (position: Position, remaining: number): Abortable<ListPageResult<C>> => {
    const started = requestPage(listing, position, remaining, listingId)
    // A hook may have closed the iterator as the request began.
    if (isClosed) started.abort()
    return started
  }

  const pageOf = async (
    { items, requestId, total, provider: source }: Omit<ListPageResult<C>, 'nextPageToken'>,
    next: Position | null,
  ): Promise<ConversationPage<C>> => ({
    items,
    nextCursor: withCursors && next ? await listing.encodeCursor(next) : null,
    provider: source ?? provider.name,
    requestId,
    total: isFilteredHere ? null : total,
  })

  const continueAfter = async (
    deadEnd: DeadEnd,
    { pageToken }: Position,
    { nextPageError }: ListPageResult<C>,
    remaining: number,
  ): Promise<Continuation> => {
    const giveUp = { next: deadEnd.position, error: deadEnd.error }
    // The provider has already decided whether to skip its own errors, and nothing more is wanted after the limit.
    if (nextPageError !== undefined || remaining === 0) return giveUp
    try {
      const token = await provider.tokenAfterDeadEnd?.(deadEnd.error, {
        pageToken,
        status: listing.providerStatus,
      })
      return token === undefined ? giveUp : { next: token === null ? null : startOfPage(token), error: null }
    } catch (cause) {
      return { ...giveUp, error: asConversationsError(cause, provider.name) }
    }
  }

  async function* loop(): AsyncGenerator<ConversationPage<C>, void> {
    const start = await listing.start()
    let position: Position = start
    let remaining = listing.limit
    if (listing.matchesNothing || remaining === 0) {
      throwIfAborted(signal)
      const nothing = { items: [], requestId: null, total: null }
      yield await pageOf(nothing, listing.matchesNothing ? null : start)
      return
    }
    const deadEndOf = createDeadEndGuard(provider, start)
    while (!isClosed) {
      request ??= startRequest(position, remaining)
      const answer: ListPageResult<C> = await request.promise
      request = null

      const cut: PageCut<C> = cutPage(answer, position, remaining, listing.filter)
      remaining -= cut.items.length
      const deadEnd: DeadEnd | null = deadEndOf(answer, position, cut)
      const { next, error }: Continuation =
        deadEnd === null
          ? { next: cut.next, error: null }
          : await continueAfter(deadEnd, position, answer, remaining)
      const isComplete = next === null || remaining === 0
      if (listing.prefetch && !isComplete && error === null && !isClosed) {
        request = startRequest(next, remaining)
      }
      yield await pageOf({ ...answer, items: cut.items }, next)
      if (isComplete) return
      throwIfAborted(signal)
      if (error !== null) throw withCursor(error, await listing.encodeCursor(next))
      position = next
    }
  }

  const pages = loop()
  const close = (): Promise<IteratorResult<ConversationPage<C>, void>> => {
    isClosed = true
    request?.abort()
    return pages.return()
  }
  return {
    async next() {
      try {
        return await pages.next()
      } catch (error) {
        // The iterator was closed while this call waited for a page.
        if (isClosed) return { done: true, value: undefined }
        throw error
      }
    },
    return: close,
    async throw(error) {
      await close()
      throw error
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
