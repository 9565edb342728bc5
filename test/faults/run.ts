/**
 * Runs any number of random fault schedules: `npm run test:faults -- 20000`, or from a given seed:
 * `npm run test:faults -- 20000 SEED`. To replay a failure, pass the seed and the path that it printed:
 * `npm run test:faults -- 1 SEED PATH`.
 */
import { checkSchedules, type Outcome } from './property.ts'

/** Most of a schedule is waiting, so several run at once. */
const LANES = 8
const CHUNK = 500

const [count = '1000', givenSeed, path] = process.argv.slice(2)
const firstSeed = givenSeed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(givenSeed)
const startedAt = performance.now()
const total = { schedules: 0, requests: 0, faults: 0, errors: 0 }

/** Each chunk has its own seed. A schedule that loses or repeats a conversation throws. */
async function runChunk(index: number): Promise<void> {
  const numRuns = Math.min(CHUNK, Number(count) - index * CHUNK)
  add(await checkSchedules({ numRuns, seed: firstSeed + index }))
  if (total.schedules % 10_000 === 0) console.log(`${total.schedules} schedules, ${secondsSoFar()} s`)
}

function add(outcome: Outcome): void {
  total.schedules += outcome.schedules
  total.requests += outcome.requests
  total.faults += outcome.faults
  total.errors += outcome.errors
}

function secondsSoFar(): number {
  return Math.round((performance.now() - startedAt) / 1000)
}

if (path === undefined) {
  const chunks = Math.ceil(Number(count) / CHUNK)
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < chunks) await runChunk(next++)
  }
  await Promise.all(Array.from({ length: LANES }, lane))
} else {
  add(await checkSchedules({ numRuns: 1, seed: firstSeed, path }))
}
console.log({ firstSeed, ...total, seconds: secondsSoFar() })
