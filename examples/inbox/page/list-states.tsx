import type { ProviderFailure } from '../shared/api.ts'
import { ApiError } from './api-client.ts'
import { sentenceOf } from './failure-banner.tsx'
import { Notice } from './notice.tsx'
import type { Search } from './search.ts'

/** Nothing could be loaded at all. */
export function ErrorState({ error, onRetry }: { error: Error; onRetry(): void }) {
  const code = error instanceof ApiError ? error.code : null
  return (
    <div role="alert">
      {code === 'invalid_address' ? (
        <Notice title="That isn’t a phone number or an e-mail address">{error.message}</Notice>
      ) : (
        <Notice
          title="The conversations could not be loaded"
          action={{ label: 'Try again', onClick: onRetry }}
        >
          {error.message}
        </Notice>
      )}
    </div>
  )
}

export interface EmptyStateProps {
  search: Search
  failures: readonly ProviderFailure[]
  onRetry(): void
  onShowAll(): void
}

/** Everything was loaded, and there was nothing; or there may be something with a provider that failed. */
export function EmptyState({ search: { address, status }, failures, onRetry, onShowAll }: EmptyStateProps) {
  if (failures.length > 0) {
    return (
      <div role="alert">
        <Notice title="No conversations could be loaded" action={{ label: 'Try again', onClick: onRetry }}>
          {failures.map(sentenceOf).join(' ')}
        </Notice>
      </div>
    )
  }
  if (status === 'all') {
    return <Notice title="No conversations">There are no conversations with {address} yet.</Notice>
  }
  return (
    <Notice title={`No ${status} conversations`} action={{ label: 'Show all', onClick: onShowAll }}>
      {address} may have conversations with another status.
    </Notice>
  )
}
