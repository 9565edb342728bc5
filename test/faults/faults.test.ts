import { expect, test } from 'vitest'
import { checkSchedules } from './property.ts'

// `npm run test:faults` runs more schedules, and replays a failure by the printed seed and path.
test('whatever goes wrong, each conversation comes once, or after an error from its cursor on', async () => {
  const outcome = await checkSchedules({ numRuns: 100 })
  expect(outcome.schedules).toBe(100)
  expect(outcome.faults).toBeGreaterThan(0)
})
