import { expect, it } from 'vitest'
import { parseRetryAfter } from '../../src/http/retry-after.ts'

const now = Date.UTC(2026, 9, 21, 7, 28, 0)

it.each<[string | null, number | null]>([
  [null, null],
  ['', null],
  ['0', 0],
  ['7', 7_000],
  [' 7\t', 7_000],
  ['120', 120_000],
  ['1, 20', 20_000],
  ['20 ,3', 20_000],
  ['12,13', 13_000],
  ['-1', null],
  ['1.5', null],
  ['7s', null],
  ['wait 5', null],
  ['2026', 2_026_000],
  ['2026-10-21 07:28', null],
  ['in 2026', null],
  ['Wed, 21 Oct 2026 07:28:30 GMT', 30_000],
  [' Wed, 21 Oct 2026 07:28:30 GMT ', 30_000],
  ['Wednesday, 21-Oct-26 07:28:30 GMT', 30_000],
  ['Wed Oct 21 07:28:30 2026', 30_000],
  ['Wed Oct 21 07:28:30 2026 GMT', 30_000],
  ['Wed, 21 Oct 2026 07:27:00 GMT', 0],
  ['Wed, 99 Oct 2026 07:28:30 GMT', null],
])('a Retry-After of %j is %s ms', (value, ms) => {
  expect(parseRetryAfter(value, now)).toBe(ms)
})
