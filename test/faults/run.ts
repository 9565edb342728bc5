/**
 * Random fault schedules in any number. `npm run test:faults -- 20000`, and to replay a failure, with the seed and the
 * path that it printed: `npm run test:faults -- 1 SEED PATH`.
 */
import { checkSchedules } from './property.ts'

const [numRuns = '1000', seed, path] = process.argv.slice(2)

const startedAt = performance.now()
const outcome = await checkSchedules({
  numRuns: Number(numRuns),
  ...(seed === undefined ? {} : { seed: Number(seed) }),
  ...(path === undefined ? {} : { path }),
})
const seconds = Math.round((performance.now() - startedAt) / 1000)
// A schedule that loses or repeats a conversation has thrown above.
console.log({ ...outcome, seconds })
