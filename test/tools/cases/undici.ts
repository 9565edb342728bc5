import type { Project, Tool } from '../tool.ts'

/** The major versions of undici, whose dispatchers apps pass or set. */
export const undicis: readonly Tool[] = [
  { name: 'undici 5', packages: ['undici@5'], node: '20', observe },
  { name: 'undici 6', packages: ['undici@6'], observe },
  { name: 'undici 7', packages: ['undici@7'], observe },
  { name: 'undici 8', packages: ['undici@8'], observe },
]

async function observe({ node, requests }: Project): Promise<string> {
  const mocked = await node(['undici-mock.mjs'])
  if (mocked !== 'CH-mocked CH-mocked') throw new Error(`the mocks answered ${mocked.slice(0, 200)}`)
  if (requests.length > 0) throw new Error(`${requests.length} requests went past the mocks`)
  const listed = await node(['undici-agent.mjs'])
  if (listed !== '130') throw new Error(`it listed ${listed}`)
  return '`MockAgent` answers, passed as `dispatcher` or set globally; an `Agent` passed as `dispatcher` sends'
}
