import * as z from 'zod/mini'
import { recordOrNull } from '../model/read.ts'
import { COMPLETE, parseOptions } from '../options/parse-options.ts'
import { describeInstance } from '../options/plain-options.ts'
import { matches, plainOptions } from '../options/schemas.ts'

/**
 * Dates of overrides: a conversation of the model has `Date` objects, and what a provider sends has text. The wrong one of
 * the two is refused, since a fake of it would be what no listing yields.
 */

/** @throws ConfigurationError that names every date that is not a valid `Date` or null, and every `Date` in `raw` */
export function checkModelDates(call: string, overrides: object): void {
  parseOptions(z.pipe(plainOptions, modelDates), overrides, { call })
}

/** @throws ConfigurationError that names every `Date` */
export function checkWireDates(call: string, overrides: object): void {
  parseOptions(z.pipe(plainOptions, wireDates), overrides, { call })
}

const DATE = 'must be a valid Date or null: for a date in text, pass new Date(text)'
const TEXT = 'must be text, as the provider sends it: for a Date, pass date.toISOString()'

const date = z.optional(
  z.nullable(z.custom<Date>((value) => isDate(value) && !Number.isNaN(Number(value)), DATE)),
)
const dateText = z.optional(z.custom<unknown>((value) => !isDate(value), { error: TEXT, params: COMPLETE }))

const wireDates = withDates(
  dateText,
  [
    'conversation_date_created',
    'conversation_date_updated',
    'createdAt',
    'updatedAt',
    'lastMessageIncomingAt',
    'lastMessageOutgoingAt',
  ],
  {
    conversation_timers: withDates(dateText, ['date_inactive', 'date_closed']),
    lastMessage: withDates(dateText, ['createdAt']),
  },
)

const modelDates = withDates(date, ['createdAt', 'updatedAt'], {
  timers: withDates(date, ['inactiveAt', 'closedAt']),
  lastMessage: withDates(date, ['createdAt']),
  raw: wireDates,
})

/** An object with dates under these names, and perhaps with objects that have some. What else it has is not checked. */
function withDates(
  schema: z.ZodMiniType,
  names: readonly string[],
  nested: Readonly<Record<string, z.ZodMiniType>> = {},
): z.ZodMiniType<object, object> {
  const dates = Object.fromEntries(names.map((name) => [name, schema]))
  const objects = Object.entries(nested).map(([name, object]) => [
    name,
    z.optional(z.unknown().check(matches((value) => (recordOrNull(value) === null ? z.unknown() : object)))),
  ])
  return z.looseObject({ ...dates, ...Object.fromEntries(objects) })
}

/** Those of another realm too, as test environments have. */
function isDate(value: unknown): boolean {
  return describeInstance(value) === 'a Date'
}
