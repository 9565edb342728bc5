import { check, checkIds, collectUntilError, quote } from './assert.ts'
import type { ConformanceCase } from './context.ts'
import { pagesOf } from './pages.ts'

export const cursorCases: readonly ConformanceCase[] = [
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
    name: 'lists the same once more',
    async run(context) {
      const pages = pagesOf(context, [3, 3, 2])
      const provider = context.create(context.serve(pages))
      for (const time of ['first', 'second']) {
        checkIds(await context.list(provider).toArray(), pages.flat(), `for the ${time} time`)
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
