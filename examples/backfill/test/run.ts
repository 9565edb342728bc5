import { runScaleTest } from './scale.ts'

const isFull = process.argv.includes('--full')
await runScaleTest({
  participants: isFull ? 20_000 : 400,
  workers: 4,
  kills: isFull ? 20 : 2,
  requestsPerSecond: 0,
  faults: 0.05,
})
