import { check, checkIds, collectUntilError, quote, sentBy } from './assert.ts'
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
  `long-${'x'.repeat(2000)}`,
]

const hasTokens = ({ by }: Manner): boolean => by === 'token'
const hasPages = ({ by }: Manner): boolean => by !== 'none'

export const pagingCases: readonly ConformanceCase[] = [
  {
    name: 'lists the conversations of every page, in order',
    run: (context) => listsAll(context, [3, 3, 3, 2]),
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
    name: 'requests pageSize conversations per page',
    appliesTo: (manner) => manner.by === 'token' || (manner.by === 'slice' && !manner.isFixed),
    async run(context) {
      const [small, large] = await Promise.all(
        [1, Number.MAX_SAFE_INTEGER].map(async (pageSize) => {
          const server = context.serve(pagesOf(context, [1]))
          const provider = context.create(server)
          await context.list(provider, { pageSize }).toArray()
          return { sent: await sentBy(server.requests[0]), maximum: provider.capabilities.maxPageSize }
        }),
      )
      check(
        small?.maximum === 1 || small?.sent !== large?.sent,
        `its request is the same for the page sizes 1 and ${small?.maximum}: send pageSize to the provider`,
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
  {
    name: 'continues from a cursor at every position, even in another process',
    async run(context) {
      const pages = pagesOf(context, [3, 0, 2, 3])
      const all = pages.flat()
      for (let limit = 1; limit < all.length; limit += 1) {
        const head = context.list(context.create(context.serve(pages)), { limit })
        const first = []
        let cursor: string | null = null
        for await (const page of head.pages()) {
          first.push(...page.items)
          cursor = page.nextCursor
        }
        check(cursor !== null, `after ${limit} of ${all.length} conversations there is no cursor`)
        const when = `continued by a new provider after ${limit} conversations`
        const rest = await collectUntilError(context.list(context.create(context.serve(pages)), { cursor }))
        check(rest.error === undefined, `${when}, it throws ${quote(rest.error)}`)
        checkIds([...first, ...rest.items], all, when)
      }
    },
  },
  {
    name: 'keeps concurrent listings apart',
    async run(context) {
      const pages = pagesOf(context, [2, 2, 2])
      const provider = context.create(context.serve(pages))
      const [one, two] = [context.list(provider), context.list(provider)].map((list) =>
        list[Symbol.asyncIterator](),
      )
      const found: { id: string }[][] = [[], []]
      // The second listing is a page behind the first.
      for (let turn = 0; turn < pages.flat().length + 3; turn += 1) {
        for (const [index, iterator] of [one, two].entries()) {
          if (iterator === undefined || (index === 1 && turn < 3)) continue
          const { done, value } = await iterator.next()
          if (!done) found[index]?.push(value)
        }
      }
      for (const items of found) checkIds(items, pages.flat(), 'with two listings at the same time')
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
