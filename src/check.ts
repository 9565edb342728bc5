import * as z from 'zod/mini'
import { ConfigurationError } from './errors.ts'

/** How the value of a wrong option is shown. Long ones are cut. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'string') return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value)
  if (typeof value === 'function') return 'a function'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array'
  if (typeof value === 'object' && value !== null) return 'an object'
  return String(value)
}

/** What a wrong secret is shown as: never itself. */
function describeSecret(value: unknown): string {
  const isSecret = ['string', 'number', 'bigint', 'symbol'].includes(typeof value) && value !== ''
  return isSecret ? `a ${typeof value} (not shown)` : describeValue(value)
}

/** What a wrong identifier is shown as: its beginning tells its kind, and it may be a secret in the wrong place. */
function describeIdentifier(value: unknown): string {
  return describeValue(typeof value === 'string' && value.length > 8 ? `${value.slice(0, 4)}…` : value)
}

/** Where options are given, for the message of an error. */
export interface OptionsSource {
  /** The call they are given to: `twilio()`. */
  readonly call: string
  readonly provider?: string | null
  /** Options whose values must not be shown. */
  readonly secrets?: readonly string[]
  /** Options of which no more than the beginning is shown. */
  readonly identifiers?: readonly string[]
}

/**
 * Checks options against a strict schema whose messages say what is accepted: "must be …". The error names the
 * option, what it got and what it takes.
 */
export function checkOptions<S extends z.ZodMiniType>(
  schema: S,
  options: unknown,
  source: OptionsSource,
): z.output<S> {
  const result = z.safeParse(schema, options)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const path = issue?.path ?? []
  throw optionError(source, path.join('.'), describeIssue(issue, valueAt(options, path), source))
}

/** An error about one option. */
export function optionError(source: OptionsSource, name: string, problem: string): ConfigurationError {
  const subject = name === '' ? 'the options' : name
  return new ConfigurationError(`${source.call}: ${subject} ${problem}`, {
    provider: source.provider ?? null,
  })
}

function describeIssue(issue: z.core.$ZodIssue | undefined, value: unknown, source: OptionsSource): string {
  if (issue?.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => JSON.stringify(key)).join(', ')
    return `${issue.path.length === 0 ? 'have' : 'has'} no option ${names}; check its spelling`
  }
  const name = String(issue?.path[0])
  const describe = source.secrets?.includes(name)
    ? describeSecret
    : source.identifiers?.includes(name)
      ? describeIdentifier
      : describeValue
  return `${issue?.message ?? 'is not valid'}; got ${describe(value)}`
}

/** The value at a path of properties; undefined where the path ends early. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined
    current = Reflect.get(current, key)
  }
  return current
}

/** An option that may be left out, or be given as `undefined`. */
export function optional<S extends z.ZodMiniType>(schema: S): z.ZodMiniOptional<S> {
  return z.optional(schema)
}

/** A whole number within bounds. Numbers in strings are refused. */
export function wholeNumber(min: number, max: number = Number.MAX_SAFE_INTEGER): z.ZodMiniType<number> {
  const bounds =
    max === Number.MAX_SAFE_INTEGER ? `from ${min} up` : `from ${min} to ${max.toLocaleString('en-US')}`
  return z.custom<number>(
    (value) => Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max,
    {
      error: `must be a whole number ${bounds}`,
    },
  )
}

/** A function, passed on as it is. */
export function callback<F>(what = 'a function'): z.ZodMiniType<F> {
  return z.custom<F>((value) => typeof value === 'function', { error: `must be ${what}` })
}

export function boolean(): z.ZodMiniType<boolean> {
  return z.custom<boolean>((value) => typeof value === 'boolean', { error: 'must be true or false' })
}

/** A string that passes `test`. */
export function text(
  error: string,
  test: (value: string) => boolean = (value) => value !== '',
): z.ZodMiniType<string> {
  return z.custom<string>((value) => typeof value === 'string' && test(value), { error })
}

/** An object with these options and no others. */
export function options<S extends z.core.$ZodLooseShape>(shape: S): z.ZodMiniObject<S, z.core.$strict> {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'invalid_type' ? 'must be an object' : undefined),
  })
}
