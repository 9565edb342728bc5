import { expect, test } from 'vitest'
import { checkSchedules } from './property.ts'

// `npm run test:faults` runs more schedules, and replays a failure by the printed seed and path.
test('whatever goes wrong, each conversation of one source or several is delivered, if need be by continuing from the cursor of an error', async () => {
  const outcome = await checkSchedules({ numRuns: 100 })
  expect(outcome.schedules).toBe(100)
  expect(outcome.faults).toBeGreaterThan(0)
})
