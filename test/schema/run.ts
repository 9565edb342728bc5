/**
 * Stores and reads back any number of random conversations: `npm run test:schema -- 1000000`. To replay a failure, pass
 * the seed and the path that it printed: `npm run test:schema -- 1 SEED PATH`.
 */
import { checkRoundTrips } from './property.ts'

const [count = '100000', seed, path] = process.argv.slice(2)

const startedAt = performance.now()
const outcome = await checkRoundTrips(Number(count), {
  ...(seed === undefined ? {} : { seed: Number(seed) }),
  ...(path === undefined ? {} : { path }),
})
console.log({ ...outcome, seconds: Math.round((performance.now() - startedAt) / 1000) })
