import { throwIfAborted } from './abortable.ts'

/** The part of a page that is needed here. */
interface ItemPage<C> {
  readonly items: readonly C[]
}

/**
 * Iterates over the items of pages. Not a generator, so that an item that has already arrived costs one resolved promise.
 * Overlapping calls are served in order, each with a different item.
 */
export function iterateItems<C>(
  pages: AsyncIterator<ItemPage<C>>,
  signal: AbortSignal | undefined,
): AsyncIterableIterator<C> {
  let items: readonly C[] = []
  let index = 0
  let isClosed = false
  /** The last call that is waiting for a page. Later calls wait for it. */
  let waiting: Promise<IteratorResult<C>> | null = null

  const take = (): IteratorResult<C> => {
    const value = items[index] as C
    index += 1
    return { done: false, value }
  }

  const close = async (): Promise<IteratorReturnResult<undefined>> => {
    isClosed = true
    items = []
    await pages.return?.()
    return { done: true, value: undefined }
  }

  const nextFromPages = async (): Promise<IteratorResult<C>> => {
    for (;;) {
      if (index < items.length) {
        if (!signal?.aborted) return take()
        await close()
        throwIfAborted(signal)
      }
      const page = await pages.next()
      // The iterator was closed while this call waited for the page.
      if (page.done || isClosed) return { done: true, value: undefined }
      items = page.value.items
      index = 0
    }
  }

  return {
    next() {
      if (waiting === null && index < items.length && !signal?.aborted) return Promise.resolve(take())
      const result = waiting === null ? nextFromPages() : waiting.then(nextFromPages, nextFromPages)
      waiting = result
      const leave = (): void => {
        if (waiting === result) waiting = null
      }
      result.then(leave, leave)
      return result
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
