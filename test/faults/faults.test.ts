import { expect, test } from 'vitest'
import { checkSchedules } from './property.ts'

// More of them: npm run test:faults. It replays a failure by the seed and the path that are printed, too.
test('whatever goes wrong, each conversation comes once, or after an error from its cursor on', async () => {
  const outcome = await checkSchedules({ numRuns: 100 })
  expect(outcome.schedules).toBe(100)
  expect(outcome.faults).toBeGreaterThan(0)
})
