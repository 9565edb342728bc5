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
  const index = pages.findIndex(({ failure }) => failure !== null)
  const failed = pages[index]
  if (failed?.failure == null) return { pages, pageParams }
  const { conversations, failure } = failed
  // A page without conversations begins where it failed: the page before it leads there.
  const kept: InboxPage[] =
    conversations.length > 0 ? [{ conversations, nextCursor: failure.cursor, failure: null }] : []
  const all = [...pages.slice(0, index), ...kept]
  return { pages: all, pageParams: pageParams.slice(0, all.length) }
}
