import { runScaleTest } from './scale.ts'

const isFull = process.argv.includes('--full')
await runScaleTest(
  isFull
    ? {
        participants: 20_000,
        workers: 4,
        kills: 20,
        killWithinMs: 20_000,
        requestsPerSecond: 50,
        faults: 0.05,
      }
    : { participants: 400, workers: 4, kills: 2, killWithinMs: 4_000, requestsPerSecond: 50, faults: 0.05 },
)
