import { check } from './assert.ts'
import type { CaseContext, ConformanceCase } from './context.ts'
import { pagesOf } from './pages.ts'
import { differences, type Parts, partsOf } from './request-parts.ts'

export const pageSizeCases: readonly ConformanceCase[] = [
  {
    name: 'requests pageSize conversations per page',
    appliesTo: (manner) => manner.by !== 'none' && !manner.isFixed,
    async run(context) {
      const { maxPageSize } = context.create(context.serve([])).capabilities
      if (maxPageSize === 1 || maxPageSize === Number.MAX_SAFE_INTEGER) return
      const one = await requestWith(context, 1)
      const changed = differences(one, await requestWith(context, 1), await requestWith(context, maxPageSize))
      check(
        changed.length > 0,
        `its request is the same for the page sizes 1 and ${maxPageSize}: send pageSize to the provider, or set hasFixedPageSize if pages have a size of their own`,
      )
      // Some providers have a few sizes to choose from: a small size then becomes one of them.
      const isAnySize = changed.some((name) => one.get(name) === '1')
      for (const size of [1, Math.ceil(maxPageSize / 3), maxPageSize]) {
        const sent = await requestWith(context, size)
        for (const name of changed) {
          const number = Number(sent.get(name) ?? Number.NaN)
          if (Number.isNaN(number)) continue
          check(
            number >= 1 && number <= maxPageSize,
            `for the page size ${size} it sends ${number} as its ${name}: it must be from 1 to capabilities.maxPageSize, which is ${maxPageSize}`,
          )
          check(
            !isAnySize || one.get(name) !== '1' || number === size,
            `for the page size ${size} it sends ${number} as its ${name}: send pageSize itself`,
          )
        }
      }
    },
  },
]

/** What the first request of a listing with this page size sends. */
async function requestWith(context: CaseContext, pageSize: number): Promise<Parts> {
  const server = context.serve(pagesOf(context, [1]))
  await context.list(context.create(server), { pageSize }).toArray()
  const [request] = server.requests
  check(request !== undefined, 'it sends no request')
  return partsOf(request)
}
