import { type RefObject, useEffect, useEffectEvent, useRef } from 'react'
import { ApiError } from './api-client.ts'
import type { Conversations } from './use-conversations.ts'

export interface ListEndProps {
  list: Conversations
  scroller: RefObject<HTMLElement | null>
}

/** Loads the next page as it comes near, and shows what happens there. */
export function ListEnd({ list, scroller }: ListEndProps) {
  const { conversations, failures, error, isLoading, hasMore, pageCount } = list
  const end = useRef<HTMLDivElement>(null)
  const isWaiting = hasMore && !isLoading && error === null
  const loadMore = useEffectEvent(() => list.loadMore())

  // A new observer for each page: it tells at once whether the end is still in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: pageCount is what makes it look again
  useEffect(() => {
    if (!isWaiting || end.current === null) return
    const observer = new IntersectionObserver(
      (entries) => {
        // Several, if the end has come into sight before the first was told.
        if (entries.at(-1)?.isIntersecting) loadMore()
      },
      { root: scroller.current, rootMargin: '0px 0px 600px' },
    )
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [isWaiting, pageCount, scroller])

  if (error !== null && conversations.length > 0) {
    const isExpired = error instanceof ApiError && error.code === 'invalid_cursor'
    return (
      <div className="banner at-end" role="alert">
        <p>{error.message}</p>
        <button type="button" onClick={list.retry}>
          {isExpired ? 'Start again' : 'Try again'}
        </button>
      </div>
    )
  }
  if (isLoading) return <Skeleton rows={conversations.length === 0 ? 6 : 2} />
  if (isWaiting) {
    return (
      <div className="list-end" ref={end}>
        <button type="button" onClick={list.loadMore}>
          Load more
        </button>
      </div>
    )
  }
  if (conversations.length === 0) return null
  return (
    <p className="list-end">{failures.length === 0 ? 'That’s all.' : 'That’s all that could be loaded.'}</p>
  )
}

/** Rows that are on their way. What is announced is the summary above the list. */
function Skeleton({ rows }: { rows: number }) {
  return (
    <div className="skeletons" aria-hidden="true">
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
        <div className="skeleton" key={index}>
          <i />
          <i />
          <i />
        </div>
      ))}
    </div>
  )
}
