/**
 * What needs processes of its own: the limit, and the backfill to which everything happens. `--full` takes 20,000
 * participants with 1,000,000 conversations.
 */
import { runLimitTest } from './limit-test.ts'
import { runScaleTest } from './scale-test.ts'

const isFull = process.argv.includes('--full')

await runLimitTest(isFull ? 2_000 : 240)
await runScaleTest({
  participants: isFull ? 20_000 : 400,
  workers: 4,
  kills: isFull ? 20 : 2,
  faults: 0.05,
})
