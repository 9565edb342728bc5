import type { InfiniteData } from '@tanstack/react-query'
import type { InboxPage } from '../shared/api.ts'

/**
 * What is loaded, up to where a provider first failed. The next page then goes on from there: what comes above stays as it
 * is, what comes below is loaded again.
 */
export function upToFailure<Cursor>({
  pages,
  pageParams,
}: InfiniteData<InboxPage, Cursor>): InfiniteData<InboxPage, Cursor> {
  const index = pages.findIndex(({ failures }) => failures.length > 0)
  const failed = pages[index]
  const [failure] = failed?.failures ?? []
  if (failed === undefined || failure === undefined) return { pages, pageParams }
  const conversations = failed.conversations.slice(0, failure.before)
  // Without them, the page begins where it failed: the page before it leads there.
  const kept: InboxPage[] =
    conversations.length > 0 ? [{ conversations, nextCursor: failure.cursor, failures: [] }] : []
  const all = [...pages.slice(0, index), ...kept]
  return { pages: all, pageParams: pageParams.slice(0, all.length) }
}
