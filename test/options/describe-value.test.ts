import { expect, it } from 'vitest'
import { describeValue } from '../../src/options/describe-value.ts'

it.each<[unknown, string]>([
  [undefined, 'undefined'],
  [null, 'null'],
  [7, '7'],
  [7n, '7'],
  [false, 'false'],
  [() => 7, 'a function'],
  [[1, 2], 'an array of length 2'],
  [new Map(), 'an object'],
  [Promise.resolve(7), 'a Promise'],
  [Object.create(null), 'an object'],
  ['a "word"', '"a \\"word\\""'],
  ['https://ada:secret@example.com/path', '"https://***@example.com/path"'],
  ['https://ada:sec\nret@example.com', '"https://***@example.com"'],
  ['x'.repeat(80), `"${'x'.repeat(80)}"`],
  ['x'.repeat(81), `"${'x'.repeat(80)}…"`],
])('%s is shown as %s', (value, shown) => {
  expect(describeValue(value)).toBe(shown)
})
