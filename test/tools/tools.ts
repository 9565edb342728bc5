import { mocks } from './cases/mocks.ts'
import { nexts } from './cases/next.ts'
import { packageManagers } from './cases/package-managers.ts'
import { testRunners } from './cases/test-runners.ts'
import { traces } from './cases/traces.ts'
import { undicis } from './cases/undici.ts'
import type { Tool } from './tool.ts'

/** All tools, in the order of the table. What cannot be tried is named in docs/compatibility.md. */
export const tools: readonly Tool[] = [
  ...mocks,
  ...undicis,
  ...traces,
  ...nexts,
  ...testRunners,
  ...packageManagers,
]
