import * as z from 'zod/mini'
import { COMPLETE, type OptionsSource, parseOptions } from '../options/parse-options.ts'
import { optionsSchema, wholeNumber } from '../options/schemas.ts'
import type { StandInFailure, StatusFailure } from './failure-options.ts'

/** @throws ConfigurationError that names every invalid option */
export function parseFailure(given: StandInFailure): StandInFailure {
  // The checks leave only what one of the interfaces has.
  return parseOptions(failureSchema, given, source) as StandInFailure
}

type Option = keyof StatusFailure

const TIMES = 'must be a whole number of at least 1, or Infinity'
const RETRY_AFTER = 'must be a whole number of seconds, or an HTTP date such as date.toUTCString() returns'
/** A longer delay overflows the timer, which then fires at once. */
const MAX_TIMER_MS = 2_147_483_647
const DELAY = `must be a number of milliseconds from 0 to ${MAX_TIMER_MS}, or Infinity`

const shape = {
  provider: z.optional(z.enum(['twilio', 'bird'], 'must be "twilio" or "bird"')),
  page: z.optional(wholeNumber(1)),
  times: z.optional(numberOrInfinity((value) => Number.isSafeInteger(value) && value >= 1, TIMES)),
  delayMs: z.optional(numberOrInfinity((value) => value >= 0 && value <= MAX_TIMER_MS, DELAY)),
  status: z.optional(wholeNumber(400, 599)),
  retryAfter: z.optional(z.custom<string | number>(isRetryAfter, RETRY_AFTER)),
  code: z.optional(z.union([z.string(), z.number()], 'must be a string or a number')),
  message: z.optional(z.string('must be a string')),
  networkError: z.optional(z.literal(true, 'must be true')),
  body: z.optional(
    z.enum(['hangs', 'breaks off', 'not JSON'], 'must be "hangs", "breaks off" or "not JSON"'),
  ),
} satisfies Record<Option, z.ZodMiniType>

const failureSchema = optionsSchema<{ [Name in Option]?: unknown }>(shape).check(
  z.superRefine((given, context) => {
    const isGiven = (name: Option): boolean => given[name] !== undefined
    const kinds = (['status', 'networkError', 'body'] as const).filter(isGiven)
    if (kinds.length > 1 || (kinds.length === 0 && !isGiven('delayMs'))) {
      const message = 'need one of status, networkError, body or, for a slow response, delayMs alone'
      context.addIssue({ code: 'custom', message, params: COMPLETE })
    }
    for (const name of (['retryAfter', 'code', 'message'] as const).filter(isGiven)) {
      if (!isGiven('status'))
        context.addIssue({
          code: 'custom',
          path: [name],
          message: 'is only sent with a status',
          params: COMPLETE,
        })
    }
  }),
)

const source: OptionsSource = { call: 'standIn.fail()', names: Object.keys(shape) }

/** Whether a client can read it as the header: anything else would not be waited for, and the test would not tell. */
function isRetryAfter(value: unknown): boolean {
  if (typeof value !== 'string') return Number.isSafeInteger(value) && Number(value) >= 0
  const date = new Date(value)
  return /^\d+$/.test(value) || (!Number.isNaN(date.getTime()) && date.toUTCString() === value)
}

/** zod's numbers are finite. */
function numberOrInfinity(test: (value: number) => boolean, error: string): z.ZodMiniType<number> {
  return z.custom<number>(
    (value) => value === Number.POSITIVE_INFINITY || (typeof value === 'number' && test(value)),
    error,
  )
}
