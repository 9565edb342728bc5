import type { AnyConversation } from '../model/conversation.ts'
import { asConversationsError, withCursor } from '../model/error-cursor.ts'
import { type ConversationsError, InvalidCursorError, NotFoundError } from '../model/errors.ts'
import { lazyId } from '../model/lazy.ts'
import { type CheckedPage, checkPage } from '../provider/check-page.ts'
import type { ListingInfo } from '../provider/provider.ts'
import { type Abortable, startAbortable, throwIfAborted } from './abortable.ts'
import { type Position, startOfSource } from './position.ts'
import type { ListingSettings } from './settings.ts'
import { isFilteredHere, type Source } from './sources.ts'

type Page = CheckedPage<AnyConversation>

/** The requests of one iteration: at most one at a time for each source. */
export interface Requests {
  /** Starts the request for a position, unless its source has one already. */
  start(position: Position, remaining: number): void
  /**
   * Returns the page of a position, and starts the requests for the first pages of the sources that follow: see
   * `concurrency`. Rejects with the signal's reason, or with an error that has the cursor of the position.
   */
  take(position: Position, remaining: number): Promise<Page>
  /** Aborts what is not needed anymore. */
  close(): void
}

export function createRequests(settings: ListingSettings): Requests {
  const { sources, concurrency } = settings
  const id = lazyId()
  const listing: ListingInfo = {
    get id() {
      return id()
    },
  }
  const running = new Map<number, Abortable<Page>>()
  let isClosed = false

  const start = (position: Position, remaining: number): void => {
    const source = sources[position.source]
    if (source === undefined || running.has(position.source)) return
    const request = requestPage(source, position, remaining, settings, listing)
    running.set(position.source, request)
    // A hook may have ended the iteration as the request began.
    if (isClosed) request.abort()
  }

  return {
    start,
    async take(position, remaining) {
      start(position, remaining)
      const end = Math.min(position.source + concurrency, sources.length)
      for (let ahead = position.source + 1; ahead < end; ahead += 1) start(startOfSource(ahead), remaining)
      try {
        return await (running.get(position.source) as Abortable<Page>).promise
      } finally {
        running.delete(position.source)
      }
    },
    close() {
      isClosed = true
      for (const request of running.values()) request.abort()
    },
  }
}

function requestPage(
  source: Source,
  position: Position,
  remaining: number,
  settings: ListingSettings,
  listing: ListingInfo,
): Abortable<Page> {
  const { provider, participant, lookup, list, options, status } = source
  return startAbortable(settings.signal, async (signal) => {
    try {
      const page = await provider.listPage({
        participant,
        lookup,
        list,
        pageSize: pageSizeFor(source, position, remaining, settings),
        pageToken: position.pageToken,
        status,
        signal,
        options,
        listing,
      })
      throwIfAborted(signal)
      return checkPage(page, provider.name)
    } catch (cause) {
      // The listing has no other place to continue from than a cursor that is damaged.
      if (signal.aborted || cause instanceof InvalidCursorError) throw cause
      const error = asConversationsError(cause, provider.name)
      if (isUnknownParticipant(error, source, position, settings)) return emptyPage(error.requestId)
      throw withCursor(error, await settings.encodeCursor(position))
    }
  })
}

/** Whether it means that a source has no conversations: see `capabilities.notFound`. */
function isUnknownParticipant(
  error: ConversationsError,
  { provider }: Source,
  { pageToken }: Position,
  { sources }: ListingSettings,
): error is NotFoundError {
  const isEmpty = provider.capabilities.notFound === 'empty' && sources.length > 1
  return isEmpty && pageToken === null && error instanceof NotFoundError
}

function emptyPage(requestId: string | null): Page {
  return { items: [], nextPageToken: null, invalidConversations: [], requestId, total: null }
}

function pageSizeFor(
  source: Source,
  { seen }: Position,
  remaining: number,
  settings: ListingSettings,
): number {
  const { maxPageSize } = source.provider.capabilities
  const size = Math.min(settings.pageSize ?? maxPageSize, maxPageSize)
  const wanted = isFilteredHere(source, settings) ? size : Math.min(size, remaining)
  // Includes the part of the page that is done already.
  return Math.min(seen.length + wanted, maxPageSize)
}
