import { expect, test } from 'vitest'
import { relativeDate } from '../../page/dates.ts'

// Local time, as the page shows it.
const now = new Date(2026, 2, 4, 10, 0)

test.each([
  [new Date(2026, 2, 4, 9, 59, 30), 'just now'],
  [new Date(2026, 2, 4, 10, 0, 40), 'just now'],
  [new Date(2026, 2, 4, 9, 55), '5 minutes ago'],
  [new Date(2026, 2, 4, 8, 0), '2 hours ago'],
  [new Date(2026, 2, 4, 0, 5), '9 hours ago'],
  [new Date(2026, 2, 3, 23, 0), 'yesterday'],
  [new Date(2026, 2, 1, 12, 0), '3 days ago'],
  [new Date(2026, 1, 20), 'Feb 20'],
  [new Date(2025, 11, 30), 'Dec 30, 2025'],
  [new Date(2026, 2, 4, 12, 30), 'in 2 hours'],
  [new Date(2026, 2, 5, 20, 0), 'tomorrow'],
  [new Date(2026, 2, 9), 'in 5 days'],
])('%s is shown as %j', (date, shown) => {
  expect(relativeDate(date, now)).toBe(shown)
})
