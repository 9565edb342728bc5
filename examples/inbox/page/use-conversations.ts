import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { InboxConversation, InboxPage, ProviderFailure } from '../shared/api.ts'
import { ApiError, fetchPage } from './api-client.ts'
import { upToFailure } from './resume.ts'
import type { Search } from './search.ts'

export interface Conversations {
  readonly conversations: readonly InboxConversation[]
  /** The providers that failed, each once. */
  readonly failures: readonly ProviderFailure[]
  /** Why the first page, or the next one, could not be loaded. */
  readonly error: Error | null
  readonly isLoading: boolean
  readonly hasMore: boolean
  /** How many pages there are: it changes with each one that arrives, empty ones included. */
  readonly pageCount: number
  loadMore(): void
  /** Goes on where a provider failed. */
  retryFailed(): void
  /** Does again what failed as a whole: from where it failed, or from the beginning if the cursor has expired. */
  retry(): void
}

/** A customer's conversations, page by page. */
export function useConversations({ address, status, round }: Search): Conversations {
  const queryClient = useQueryClient()
  const queryKey = ['conversations', address, status, round]
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam: cursor, signal }) =>
      fetchPage({ address, cursor, ...(status !== 'all' && { status }) }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: address !== '',
    gcTime: 0,
  })
  const { data, error, hasNextPage, isFetching, fetchNextPage } = query
  const pages = data?.pages
  const conversations = useMemo(() => eachOnce(pages ?? []), [pages])
  const failures = useMemo(() => failuresOf(pages ?? []), [pages])

  const startAgain = (): void => void queryClient.resetQueries({ queryKey })
  return {
    conversations,
    failures,
    error: isFetching ? null : error,
    isLoading: isFetching,
    hasMore: hasNextPage,
    pageCount: pages?.length ?? 0,
    loadMore: () => void fetchNextPage(),
    retryFailed() {
      const kept = data && upToFailure(data)
      if (kept === undefined || kept.pages.length === 0) return startAgain()
      queryClient.setQueryData(queryKey, kept)
      void fetchNextPage()
    },
    retry() {
      const isExpired = error instanceof ApiError && error.code === 'invalid_cursor'
      if (isExpired || conversations.length === 0) startAgain()
      else void fetchNextPage()
    },
  }
}

/** The name of a conversation among those of all providers. */
export function keyOf({ provider, id }: InboxConversation): string {
  return `${provider} ${id}`
}

/** A customer can be in a conversation with two addresses, and it then may come on two pages. It stays where it came first. */
function eachOnce(pages: readonly InboxPage[]): InboxConversation[] {
  const all = pages.flatMap((page) => page.conversations)
  return [...new Map(all.map((conversation) => [keyOf(conversation), conversation])).values()]
}

function failuresOf(pages: readonly InboxPage[]): ProviderFailure[] {
  const all = pages.flatMap((page) => page.failures)
  return [...new Map(all.map((failure) => [failure.provider, failure])).values()]
}
