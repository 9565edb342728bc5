import type { Project, Tool } from '../tool.ts'

/** Next wraps `fetch` in one that keeps responses. */
export const nexts: readonly Tool[] = [
  { name: 'Next 14', packages: ['next@14', 'react@18', 'react-dom@18'], node: '20', observe },
  { name: 'Next 15', packages: ['next@15', 'react@19', 'react-dom@19'], observe },
  { name: 'Next 16', packages: ['next@16', 'react@19', 'react-dom@19'], observe },
]

/** What a page shows: the time at which each page of the listing was sent. */
type Visit = readonly string[] | null

interface Visits {
  readonly dynamic: readonly Visit[]
  readonly revalidate: readonly Visit[]
  readonly visit: Visit
  readonly cached: number
}

async function observe({ node }: Project): Promise<string> {
  const visits: Visits = JSON.parse(await node(['next/visit.mjs']))
  const { dynamic, revalidate, visit, cached } = visits
  const problems = [
    ...dynamic
      .filter(
        (times, index) =>
          times?.join() !==
          Array(3)
            .fill(index + 2)
            .join(),
      )
      .map(() => 'a dynamic page is old'),
    ...revalidate.filter((times) => new Set(times).size !== 1).map(() => 'a page mixes old and new'),
    ...(new Set(revalidate.map(String)).size > 1 ? [] : ['revalidate does nothing']),
    ...(visit?.length === 3 ? [] : ['a page that is generated on its first visit fails']),
    ...(cached === 0 ? [] : [`${cached} entries of the data cache name the participant`]),
  ]
  if (problems.length > 0) throw new Error(`${[...new Set(problems)].join(', ')}: ${JSON.stringify(visits)}`)
  return 'dynamic pages list again on each request, `revalidate` lists again as a whole, the data cache keeps nothing'
}
