import type { AnyConversation, ConversationStatus } from '../model/conversation.ts'
import { asConversationsError, PaginationError, withCursor } from '../model/errors.ts'
import type { ParticipantRef } from '../model/participant.ts'
import { checkPage } from '../provider/check-provider.ts'
import type { ConversationProvider, ListPageResult, ProviderOptions } from '../provider/provider.ts'
import { type Abortable, startAbortable } from './abortable.ts'
import { type CursorQuery, encodeCursor, type Position } from './cursor.ts'
import { cutPage, endOfPage, type PageCut } from './cut-page.ts'
import { createCycleGuard } from './cycle-guard.ts'

/** Conversations as one answer of the provider holds them, after filter and limit. */
export interface ConversationPage<C extends AnyConversation = AnyConversation> {
  readonly items: readonly C[]
  /** Pass it as `cursor` to continue after this page; null on the last page. */
  readonly nextCursor: string | null
  /** The name of the provider that the page is from. */
  readonly provider: string
  /** The provider's id of the request, for its support. */
  readonly requestId: string | null
  /** How many conversations there are in all, where the provider says (Bird may). */
  readonly total: number | null
}

/** A listing, checked and with its defaults. */
export interface Listing<C extends AnyConversation> {
  readonly provider: ConversationProvider<C, ParticipantRef>
  readonly participant: ParticipantRef
  /** What the provider filters by; null where it does not filter. */
  readonly providerStatus: ConversationStatus | null
  /** What is filtered here, even after a provider that does so itself; null lets all pass. */
  readonly filter: ((conversation: C) => boolean) | null
  readonly limit: number
  readonly pageSize: number
  readonly start: Position
  readonly prefetch: boolean
  readonly signal: AbortSignal | undefined
  readonly providerOptions: ProviderOptions
  readonly query: CursorQuery
}

/**
 * The page loop. It asks when it is asked, and with `prefetch` for one page ahead. Those who read no `nextCursor` need
 * not pay for it.
 */
export function iteratePages<C extends AnyConversation>(
  listing: Listing<C>,
  withCursors: boolean,
): AsyncIterableIterator<ConversationPage<C>> {
  let request: Abortable<ListPageResult<C>> | null = null
  let isClosed = false

  async function* loop(): AsyncGenerator<ConversationPage<C>, void> {
    const deadEndOf = createTokenGuard(listing)
    let position: Position | null = listing.start
    let remaining = listing.limit
    while (position !== null && remaining > 0 && !isClosed) {
      request ??= askForPage(listing, position, remaining)
      const answer: ListPageResult<C> = await request.promise
      request = null

      const cut: PageCut<C> = cutPage(answer, position, remaining, listing.filter)
      remaining -= cut.items.length
      const dead: PaginationError | null = answer.nextPageError ?? deadEndOf(cut)
      // A token that is no good says nothing about what comes next: what is known is where this page ends.
      position = dead !== null && cut.isWholePage ? endOfPage(answer, position) : cut.next
      const goesOn: boolean = position !== null && remaining > 0
      if (listing.prefetch && position !== null && goesOn && dead === null) {
        request = askForPage(listing, position, remaining)
        // A failure is told when the page is asked for, which may be never.
        request.promise.catch(() => {})
      }
      const { requestId, total, provider = listing.provider.name } = answer
      const nextCursor: string | null = withCursors ? cursorOf(listing, position) : null
      yield { items: cut.items, nextCursor, provider, requestId, total }
      if (!goesOn) return
      listing.signal?.throwIfAborted()
      if (dead !== null) throw withCursor(dead, cursorOf(listing, position))
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
        // Somebody has closed the iterator while this call waited for a page.
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

function cursorOf<C extends AnyConversation>(
  { query }: Listing<C>,
  position: Position | null,
): string | null {
  return position && encodeCursor(query, position)
}

/** Sends for a page. Whatever goes wrong says where to continue, except for the caller's own abort. */
function askForPage<C extends AnyConversation>(
  { provider, participant, providerStatus, filter, pageSize, signal, providerOptions, query }: Listing<C>,
  position: Position,
  remaining: number,
): Abortable<ListPageResult<C>> {
  const isFilteredByProvider = providerStatus !== null && provider.capabilities.statusFilter === 'one'
  return startAbortable(signal, async (pageSignal) => {
    try {
      const page = await provider.listPage({
        participant,
        // No more than can be used, unless a filter here may drop any number of it.
        pageSize:
          filter === null || isFilteredByProvider
            ? Math.min(pageSize, position.offset + remaining)
            : pageSize,
        pageToken: position.pageToken,
        status: providerStatus,
        signal: pageSignal,
        providerOptions,
      })
      return checkPage(page, provider.name)
    } catch (cause) {
      const error = asConversationsError(cause, provider.name)
      throw withCursor(error, encodeCursor(query, position))
    }
  })
}

/** Tells why a page cannot be asked for: null where it can. */
function createTokenGuard<C extends AnyConversation>({
  provider,
  start,
}: Listing<C>): (cut: PageCut<C>) => PaginationError | null {
  const hasBeen = createCycleGuard()
  const isKnown = (token: string): boolean => hasBeen(provider.pageTokenIdentity?.(token) ?? token)
  const error = (problem: string): PaginationError =>
    new PaginationError(
      `${provider.name} gave a page token that ${problem}. The cursor of this error asks once more for what comes after the last page; if that fails too, report it to the provider.`,
      { provider: provider.name },
    )
  if (start.pageToken !== null) isKnown(start.pageToken)
  return ({ next, isWholePage }) => {
    const token = next?.pageToken ?? null
    if (!isWholePage || token === null) return null
    // A lone surrogate has no UTF-8, and so no place in a URL.
    if (/\p{Surrogate}/u.test(token)) return error('no URL can hold')
    return isKnown(token) ? error('it had given before, so that its pages go round in a circle') : null
  }
}
