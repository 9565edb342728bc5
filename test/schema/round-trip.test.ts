import { expect, it } from 'vitest'
import { checkRoundTrips } from './property.ts'

// `npm run test:schema` takes more conversations, and replays a failure by the printed seed and path.
it('gives back every conversation that a listing yields, and agrees with its JSON Schema', async () => {
  const { conversations, refused } = await checkRoundTrips(500)
  expect(conversations).toBeGreaterThanOrEqual(500)
  expect(refused).toBeGreaterThan(100)
})
