import { PaginationError } from '../../model/errors.ts'
import { check, checkIds, collectUntilError, quote } from './assert.ts'
import type { CaseContext, ConformanceCase } from './context.ts'
import type { Manner } from './manner.ts'
import { pagesOf } from './pages.ts'

/** Characters that are special in URLs, JSON and forms, and strings that look like something else. */
const AWKWARD_TOKENS = [
  'a+b/c==',
  'two words',
  '%2B%25',
  '?a=1&b=2#c',
  '{"after":"é 😀"}',
  '0',
  'null',
  `long-${'x'.repeat(8000)}`,
]

const hasTokens = ({ by }: Manner): boolean => by === 'token'
const hasPages = ({ by }: Manner): boolean => by !== 'none'

export const pagingCases: readonly ConformanceCase[] = [
  {
    name: 'lists the conversations of every page, in order',
    async run(context) {
      await listsAll(context, [3, 3, 3, 2])
      await listsAll(context, [3, 3])
    },
  },
  {
    name: 'continues after an empty page that has a token',
    appliesTo: hasTokens,
    run: (context) => listsAll(context, [2, 0, 0, 2]),
  },
  {
    name: 'continues after a short page',
    appliesTo: hasTokens,
    run: (context) => listsAll(context, [3, 1, 2, 1]),
  },
  {
    name: 'ends after the first page without a token, full or empty',
    async run(context) {
      await listsAll(context, [3])
      await listsAll(context, [0])
    },
  },
  {
    name: 'yields a conversation as often as a page has it',
    async run(context) {
      const [[first, ...others] = []] = pagesOf(context, [3])
      if (first === undefined) return
      const page = [first, first, ...others.slice(1)]
      const items = await context.list(context.create(context.serve([page]))).toArray()
      checkIds(items, page, 'with a page that has a conversation twice')
    },
  },
  {
    name: 'sends page tokens back unchanged',
    appliesTo: hasTokens,
    async run(context) {
      const { pageToken } = context.options
      await listsAll(
        context,
        Array.from({ length: AWKWARD_TOKENS.length + 1 }, () => 1),
        pageToken ?? ((page) => AWKWARD_TOKENS[page - 2] ?? ''),
      )
    },
  },
  {
    name: 'throws PaginationError for page tokens that form a loop',
    appliesTo: hasTokens,
    async run(context) {
      const { pageToken = (page) => `page-${page}` } = context.options
      const server = context.serve(pagesOf(context, [1, 1, 1]), {
        pageToken,
        intercept: ({ page, respond }) =>
          page === 2 ? respond({ nextPageToken: pageToken(2), hasMore: true }) : undefined,
      })
      const { error } = await collectUntilError(context.list(context.create(server)))
      check(
        error instanceof PaginationError,
        `for a page whose token leads to itself it throws ${error === undefined ? 'nothing: the listing ends as if it were complete' : quote(error)}. Return the provider's token, and leave loops to the page loop`,
      )
    },
  },
  {
    name: 'yields no more than limit allows, and requests no page beyond it',
    appliesTo: hasPages,
    async run(context) {
      const pages = pagesOf(context, [3, 3, 3])
      const server = context.serve(pages)
      const size = pages[0]?.length ?? 0
      const limit = size + 1
      const items = await context.list(context.create(server), { limit }).toArray()
      checkIds(items, pages.flat().slice(0, limit), `with limit ${limit}`)
      check(
        server.asked.join() === '1,2',
        `with limit ${limit} and pages of ${size} it requests the pages ${server.asked.join(', ')}: listPage() must request one page only`,
      )
    },
  },
  {
    name: 'requests one page with one request',
    appliesTo: hasPages,
    async run(context) {
      const server = context.serve(pagesOf(context, [3, 3, 3]))
      await context.list(context.create(server)).toArray()
      check(
        // Some providers do not say which page is the last one: then an empty one follows.
        server.asked.slice(0, 3).join() === '1,2,3' && new Set(server.asked).size === server.asked.length,
        `for three pages it requests the pages ${server.asked.join(', ')}: listPage() must make one request, for the given page`,
      )
    },
  },
]

async function listsAll(
  context: CaseContext,
  sizes: readonly number[],
  pageToken = context.options.pageToken,
): Promise<void> {
  const pages = pagesOf(context, sizes)
  const server = context.serve(pages, { pageToken })
  const items = await context.list(context.create(server)).toArray()
  checkIds(items, pages.flat(), `with pages of ${quote(sizes)} conversations`)
}
