import { type QueryClient, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { InboxConversation, InboxPage, ProviderFailure } from '../shared/api.ts'
import { fetchPage, isExpired } from './api-client.ts'
import { newestFirst } from './newest-first.ts'
import { continuedFrom, firstFailure } from './resume.ts'
import { type Search, writeAddresses } from './search.ts'

export interface Conversations {
  /** Each once, the newest first. */
  readonly conversations: readonly InboxConversation[]
  /** The providers that failed, each once. */
  readonly failures: readonly ProviderFailure[]
  /** The providers that cannot look up any of the addresses. */
  readonly notSearched: readonly string[]
  /** Why nothing, or nothing more, could be loaded. */
  readonly error: Error | null
  readonly isLoading: boolean
  readonly hasMore: boolean
  loadMore(): void
  /** Goes on where a provider failed. */
  retryFailed(): void
  /** Does again what failed as a whole: from where it failed, or from the beginning if the cursor has expired. */
  retry(): void
}

/** All that is loaded of a person's conversations. */
export function useConversations(search: Search): Conversations {
  const queryClient = useQueryClient()
  const queryKey = keyOfSearch(search)
  const { addresses, status } = search
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam: cursor, signal }) =>
      fetchPage({ addresses, cursor, ...(status !== 'all' && { status }) }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: addresses.length > 0,
  })
  const { data, error, hasNextPage, isFetching, fetchNextPage } = query
  const pages = data?.pages ?? NO_PAGES
  const conversations = useMemo(() => eachOnce(pages), [pages])
  const failures = useMemo(() => failuresOf(pages), [pages])
  const notSearched = useMemo(() => [...new Set(pages.flatMap((page) => page.notSearched))], [pages])

  const startAgain = (): void => void queryClient.resetQueries({ queryKey })
  return {
    conversations,
    failures,
    notSearched,
    error: isFetching ? null : error,
    isLoading: isFetching,
    hasMore: hasNextPage,
    loadMore: () => void fetchNextPage(),
    retryFailed() {
      const cursor = firstFailure(pages)?.cursor ?? null
      if (cursor === null) return startAgain()
      queryClient.setQueryData(queryKey, continuedFrom(cursor, pages))
      void fetchNextPage()
    },
    retry() {
      if (isExpired(error) || conversations.length === 0) startAgain()
      else void fetchNextPage()
    },
  }
}

/** Makes the next search list again what it may have listed before. */
export function forgetConversations(queryClient: QueryClient, addresses: readonly string[]): void {
  void queryClient.resetQueries({ queryKey: keyOfCustomer(addresses) })
}

/** The name of a conversation among those of all providers. */
export function keyOf({ provider, id }: InboxConversation): string {
  return `${provider} ${id}`
}

const NO_PAGES: readonly InboxPage[] = []

function keyOfSearch({ addresses, status }: Search) {
  return [...keyOfCustomer(addresses), status]
}

/** A text: an array in a key would also match the longer arrays that begin with it. */
function keyOfCustomer(addresses: readonly string[]) {
  return ['conversations', writeAddresses(addresses)]
}

/** What was loaded again is newer than what it replaces. */
function eachOnce(pages: readonly InboxPage[]): InboxConversation[] {
  const all = pages.flatMap((page) => page.conversations)
  return newestFirst(new Map(all.map((conversation) => [keyOf(conversation), conversation])).values())
}

function failuresOf(pages: readonly InboxPage[]): ProviderFailure[] {
  const all = pages.flatMap((page) => page.failures)
  return [...new Map(all.map((failure) => [failure.provider, failure])).values()]
}
