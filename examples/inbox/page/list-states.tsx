import { providerTitle } from '../shared/api.ts'
import { isRefused } from './api-client.ts'
import { sentenceOf } from './failure-banner.tsx'
import { Notice } from './notice.tsx'
import { type Search, writeAddresses } from './search.ts'
import type { Conversations } from './use-conversations.ts'

export interface ErrorStateProps {
  error: Error
  search: Search
  onRetry(): void
  onSearch(addresses: readonly string[]): void
}

/** Nothing could be loaded at all. */
export function ErrorState({ error, search, onRetry, onSearch }: ErrorStateProps) {
  if (!isRefused(error)) {
    return (
      <Notice
        title="The conversations could not be loaded"
        isAlert
        action={{ label: 'Try again', onClick: onRetry }}
      >
        {error.message}
      </Notice>
    )
  }
  const { address, suggestion } = error
  const corrected = suggestion && search.addresses.map((typed) => (typed === address ? suggestion : typed))
  return (
    <Notice
      title={`“${address ?? writeAddresses(search.addresses)}” cannot be looked up`}
      isAlert
      {...(corrected && {
        action: { label: `Search for ${suggestion}`, onClick: () => onSearch(corrected) },
      })}
    >
      {error.message}
    </Notice>
  )
}

export interface EmptyStateProps {
  list: Conversations
  search: Search
  onShowAll(): void
}

/** Everything was loaded, and there was nothing; or there may be something with a provider that failed. */
export function EmptyState({ list, search: { status }, onShowAll }: EmptyStateProps) {
  if (list.failures.length > 0) {
    return (
      <Notice
        title="No conversations could be loaded"
        isAlert
        action={{ label: 'Try again', onClick: list.retryFailed }}
      >
        {list.failures.map(sentenceOf).join(' ')}
      </Notice>
    )
  }
  if (status === 'all') {
    const notSearched = list.notSearched.map((name) => ` ${providerTitle(name)} cannot look this up.`)
    return (
      <Notice title="No conversations">
        There are no conversations with this customer yet.{notSearched}
      </Notice>
    )
  }
  return (
    <Notice title={`No ${status} conversations`} action={{ label: 'Show all', onClick: onShowAll }}>
      There may be conversations with another status.
    </Notice>
  )
}
