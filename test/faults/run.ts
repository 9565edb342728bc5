/**
 * Runs any number of random fault schedules: `npm run test:faults -- 20000`. To replay a failure, pass the seed and the
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
// A schedule that loses or repeats a conversation throws above.
console.log({ ...outcome, seconds })
