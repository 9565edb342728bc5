import type { AnyConversation } from '../model/conversation.ts'
import { asConversationsError, withCursor } from '../model/error-cursor.ts'
import { ConversationsError, InvalidCursorError } from '../model/errors.ts'
import type { CheckedPage } from '../provider/check-page.ts'
import { throwIfAborted } from './abortable.ts'
import type { ConversationPage } from './conversation-page.ts'
import { cutPage } from './cut-page.ts'
import { createDeadEndGuard } from './dead-end.ts'
import type { Decision } from './decisions.ts'
import { type Position, startOfSource } from './position.ts'
import { createRequests } from './requests.ts'
import type { ListingSettings } from './settings.ts'
import { isFilteredHere, type Source } from './sources.ts'
import { createWanted } from './wanted.ts'

type Page = CheckedPage<AnyConversation>

/** Makes of a page what the iteration yields. `next` is where the listing continues; null is the end. */
export type Deliver<T> = (
  page: Omit<ConversationPage<AnyConversation>, 'nextCursor'>,
  next: Position | null,
) => T | Promise<T>

/**
 * The page loop. It requests a page when it is pulled, and with `prefetch` one page ahead. There is always a first page.
 */
export function iteratePages<T>(settings: ListingSettings, deliver: Deliver<T>): AsyncIterableIterator<T> {
  const { sources, signal } = settings
  const requests = createRequests(settings)
  const wantedOf = createWanted(settings)
  let remaining = settings.limit
  let isClosed = false

  const withCursorOf = async (error: ConversationsError, position: Position): Promise<ConversationsError> =>
    withCursor(error, await settings.encodeCursor(position))

  async function* loop(): AsyncGenerator<T, void> {
    let position: Position | null = await settings.start()
    if (sources.length === 0 || remaining === 0) {
      throwIfAborted(signal)
      const provider = sources[position.source]?.provider.name ?? settings.provider
      const page = { items: [], provider, requestId: null, total: null }
      yield deliver(page, sources.length === 0 ? null : position)
      return
    }
    while (position !== null && !isClosed) position = yield* readSource(position)
  }

  /** Reads a source from a position on. Returns where the listing continues after it; null is the end. */
  async function* readSource(start: Position): AsyncGenerator<T, Position | null> {
    const source = sources[start.source] as Source
    const { name } = source.provider
    const following = start.source + 1 < sources.length ? startOfSource(start.source + 1) : null
    const deadEndAfter = createDeadEndGuard(source.provider, start)
    const wanted = wantedOf(source)
    let position = start
    while (!isClosed) {
      const page = await pageAt(position, source)
      if (page === null) {
        yield deliver({ items: [], provider: name, requestId: null, total: null }, following)
        throwIfAborted(signal)
        return following
      }
      const cut = await ask(() => cutPage(page, position, remaining, wanted.includes), position, source)
      remaining -= cut.items.length
      wanted.record(cut.items)

      const deadEnd = deadEndAfter(page, position, cut)
      // Once nothing more is wanted, it makes no difference whether the source could continue.
      const failure =
        deadEnd === null || remaining === 0 ? null : await withCursorOf(deadEnd.error, deadEnd.position)
      const error = failure && errorAfter(() => settings.decideOnSource(failure, source), failure, name)
      const isSkipped = failure !== null && error === null
      const next = isSkipped ? following : (deadEnd?.position ?? cut.next ?? following)
      const isComplete = next === null || remaining === 0
      if (isComplete || error !== null) requests.close()
      else if (settings.prefetch && !isClosed) requests.start(next, remaining)

      const total = sources.length > 1 || isFilteredHere(source, settings) ? null : page.total
      yield deliver({ items: cut.items, provider: name, requestId: page.requestId, total }, next)
      if (isComplete) return null
      throwIfAborted(signal)
      if (error !== null) throw error === failure ? error : await withCursorOf(error, next)
      if (next.source !== position.source) return next
      position = next
    }
    return null
  }

  /** The page of a position; null if it cannot be had and the caller skips the rest of the source. */
  async function pageAt(position: Position, source: Source): Promise<Page | null> {
    const found = await pageOrFailure(position, source)
    if (!(found instanceof ConversationsError)) return found
    const decision = await ask(() => settings.decideOnSource(found, source), position, source)
    if (decision === 'throw') throw found
    return null
  }

  /** Rejects with what the source is not to blame for: an abort, a tampered cursor, an error of the caller's functions. */
  async function pageOrFailure(position: Position, source: Source): Promise<Page | ConversationsError> {
    let page: Page
    try {
      page = await requests.take(position, remaining)
    } catch (failure) {
      const isOfSource = failure instanceof ConversationsError && !(failure instanceof InvalidCursorError)
      if (!isOfSource || signal?.aborted || isClosed) throw failure
      return failure
    }
    for (const invalid of page.invalidConversations) {
      const decision = await ask(() => settings.decideOnInvalid(invalid), position, source)
      if (decision === 'throw')
        return withCursorOf(asConversationsError(invalid.error, source.provider.name), position)
    }
    return page
  }

  /** Calls functions of the caller's. @throws ConversationsError with the cursor of the position if one fails */
  async function ask<T>(call: () => T, position: Position, { provider }: Source): Promise<T> {
    try {
      return call()
    } catch (cause) {
      throw await withCursorOf(asConversationsError(cause, provider.name), position)
    }
  }

  const steps = loop()
  const close = (): Promise<IteratorResult<T, void>> => {
    isClosed = true
    requests.close()
    return steps.return()
  }
  return {
    async next() {
      try {
        const step = await steps.next()
        if (step.done) requests.close()
        return step
      } catch (error) {
        requests.close()
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

/** The error that ends the listing after a failure: none if the caller skips what has failed. */
function errorAfter(
  decide: () => Decision,
  failure: ConversationsError,
  provider: string,
): ConversationsError | null {
  try {
    return decide() === 'skip' ? null : failure
  } catch (cause) {
    return asConversationsError(cause, provider)
  }
}
