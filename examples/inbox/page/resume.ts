import type { InfiniteData } from '@tanstack/react-query'
import type { InboxPage, ProviderFailure } from '../shared/api.ts'

/** The first failure: the listing from there on includes everything that is missing, of every provider. */
export function firstFailure(pages: readonly InboxPage[]): ProviderFailure | undefined {
  return pages.flatMap(({ failures }) => failures)[0]
}

/** All that is loaded, as one page that leads to where a provider failed. What is loaded again takes its own place. */
export function continuedFrom(
  nextCursor: string,
  pages: readonly InboxPage[],
): InfiniteData<InboxPage, string | null> {
  const conversations = pages.flatMap((page) => page.conversations)
  const notSearched = pages.flatMap((page) => page.notSearched)
  return { pages: [{ conversations, nextCursor, failures: [], notSearched }], pageParams: [null] }
}
