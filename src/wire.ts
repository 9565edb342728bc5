import * as z from 'zod/mini'
import { valueAt } from './check.ts'
import { ResponseValidationError } from './errors.ts'

/**
 * Readers of what a provider sends. They are lenient: what is missing, null or of another type than documented is
 * null here, and the provider's own word is still in `raw`.
 */

/** A text with something in it. */
export function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** RFC 3339. `Date` by itself reads a date into "soon 12", and takes a time without an offset for a local one. */
const DATE_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/i

/** A date, from an RFC 3339 text; null where it is missing or invalid, never now. */
export function date(value: unknown): Date | null {
  if (typeof value !== 'string' || !DATE_TIME.test(value) || !isInMonth(value)) return null
  const parsed = new Date(value)
  return Number.isNaN(parsed.getTime()) ? null : parsed
}

/** `Date` takes 30 February for 1 March. */
function isInMonth(value: string): boolean {
  const day = Number(value.slice(8, 10))
  if (day <= 28) return true
  const lastDay = new Date(Date.UTC(Number(value.slice(0, 4)), Number(value.slice(5, 7)), 0))
  return day <= lastDay.getUTCDate()
}

/** A number of things. */
export function count(value: unknown): number | null {
  return typeof value === 'number' && value >= 0 ? value : null
}

/** An object that is not an array. */
export function record(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? // Narrowed to an object above; any of its properties may be of any type.
      (value as Readonly<Record<string, unknown>>)
    : null
}

/**
 * Checks the little that an answer must have.
 *
 * @throws ResponseValidationError that names the place, and what is there
 */
export function checkAnswer<S extends z.ZodMiniType>(
  schema: S,
  answer: unknown,
  { provider, title, place = [] }: { provider: string; title: string; place?: readonly PropertyKey[] },
): z.output<S> {
  const result = z.safeParse(schema, answer)
  if (result.success) return result.data
  const path = result.error.issues[0]?.path ?? []
  const where = [...place, ...path].join('.') || 'the body'
  throw new ResponseValidationError(
    `${title}'s answer is not as documented: ${where} is ${kindOf(valueAt(answer, path))}. Check baseUrl; if it is right, report it to the provider.`,
    { provider },
  )
}

/** What kind of value it is; the value itself may be anybody's data. */
function kindOf(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null || value === '') return value === null ? 'null' : 'empty'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
