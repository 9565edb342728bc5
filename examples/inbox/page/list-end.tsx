import { isExpired } from './api-client.ts'
import type { Conversations } from './use-conversations.ts'

/** What comes below the list: more of it, an error, or that this is all. */
export function ListEnd({ list }: { list: Conversations }) {
  const { conversations, failures, error, isLoading, hasMore } = list
  const count = conversations.length

  if (isLoading) return <Skeleton rows={count === 0 ? 8 : 2} />
  if (count === 0) return null
  if (error !== null) {
    return (
      <div className="banner at-end" role="alert">
        <p>{error.message}</p>
        <button type="button" onClick={list.retry}>
          {isExpired(error) ? 'Start again' : 'Try again'}
        </button>
      </div>
    )
  }
  if (hasMore) {
    return (
      <div className="list-end">
        <p>These are the first {count}, newest first. There are more, and some may be newer.</p>
        <button type="button" className="primary" onClick={list.loadMore}>
          Load more
        </button>
      </div>
    )
  }
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
