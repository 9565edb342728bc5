import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseDateTime } from '../../src/model/date-time.ts'

const anyDate = fc.date({
  min: new Date('0000-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
})
const ends = fc.constantFrom(
  new Date('2024-02-29T12:00:00Z'),
  new Date('1900-02-28T23:59:59Z'),
  new Date('2000-02-29T00:00:00Z'),
  new Date('2025-12-31T23:59:59.999Z'),
  new Date(0),
)

it('a date is read as Date.parse() reads it, with or without milliseconds and with an offset', () => {
  fc.assert(
    fc.property(fc.oneof(anyDate, ends), (date) => {
      const whole = date.toISOString()
      const seconds = whole.replace(/\.\d+/, '')
      expect(parseDateTime(whole)).toBe(date.getTime())
      expect(parseDateTime(seconds)).toBe(Date.parse(seconds))
      const inIndia = Date.parse(seconds) - 330 * 60_000
      const isInYear0 = new Date(inIndia).getUTCFullYear() >= 0
      expect(parseDateTime(seconds.replace('Z', '+05:30'))).toBe(isInYear0 ? inIndia : Number.NaN)
    }),
    { numRuns: 3000 },
  )
})

it('a date with a space in place of the T is the same date, even in the first century', () => {
  for (const text of [
    '0001-01-01T00:00:00+00:00',
    '0050-06-07T08:09:10.5+05:30',
    '2024-02-29T12:00:00-0800',
  ]) {
    expect(parseDateTime(text.replace('T', ' '))).toBe(Date.parse(text))
  }
})

it('a date outside the years 0 to 9999 in UTC, which RFC 3339 cannot express, is invalid', () => {
  expect(parseDateTime('0000-01-01T00:00:00+00:00')).toBe(Date.parse('0000-01-01T00:00:00Z'))
  expect(parseDateTime('0000-01-01T00:00:00+00:01')).toBeNaN()
  expect(parseDateTime('9999-12-31T23:59:59-00:00')).toBe(Date.parse('9999-12-31T23:59:59Z'))
  expect(parseDateTime('9999-12-31T23:59:59-00:01')).toBeNaN()
})

it('a date with a month, day or time that does not exist is invalid', () => {
  const upTo = (max: number) => fc.nat(max).map((number) => String(number).padStart(2, '0'))
  fc.assert(
    fc.property(upTo(14), upTo(33), upTo(26), upTo(62), upTo(62), (month, day, hours, minutes, seconds) => {
      const text = `2023-${month}-${day}T${hours}:${minutes}:${seconds}Z`
      const time = parseDateTime(text)
      // A date that is read is written the same way, so nothing was carried over. Midnight may be 24:00.
      if (!Number.isNaN(time) && hours !== '24') {
        expect(new Date(time).toISOString()).toBe(text.replace('Z', '.000Z'))
      }
      if (Number(month) > 12 || Number(day) > 31 || Number(hours) > 24 || Number(minutes) > 59) {
        expect(time).toBeNaN()
      }
    }),
    { numRuns: 3000 },
  )
})
