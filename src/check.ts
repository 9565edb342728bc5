import { environment } from './environment.ts'
import { ConfigurationError } from './errors.ts'
import { record } from './wire.ts'

/** What an option takes, beginning with "must", and the test of a value; for an array, also that of an entry. */
export type Option = readonly [
  expected: string,
  accepts: (value: unknown) => boolean,
  acceptsEntry?: (entry: unknown) => boolean,
]

/** Checks an option by itself, also one that is left out, and returns what is taken of it. */
export type OptionCheck = (value: unknown) => unknown

interface AnyShape {
  readonly [name: string]: Option | OptionCheck | AnyShape
}

/** How each option of T is checked: one that is forgotten does not compile. An object within has options of its own. */
export type OptionsShape<T> = {
  readonly [Name in keyof T]-?:
    | Option
    | OptionCheck
    | (T[Name] extends object | undefined ? AnyShape & OptionsShape<NonNullable<T[Name]>> : never)
}

/** Where options are given, for the message of an error. */
export interface OptionsSource {
  /** The call they are given to: `twilio()`. */
  readonly call: string
  readonly provider: string | null
  /** Options whose values must not be shown. */
  readonly secrets?: readonly string[]
  /** Options of which no more than the beginning is shown: it tells the kind, and the value may be a secret. */
  readonly identifiers?: readonly string[]
  /** For an object that is more than its options: none may be left out, and what else it has is not looked at. */
  readonly isContract?: boolean
}

/** Where the options of a listing are given. */
export const LISTING: OptionsSource = { call: 'listParticipantConversations()', provider: null }

/**
 * Checks options, and returns a copy of them. The error names the option, what it got and what it takes.
 *
 * @throws ConfigurationError
 */
export function checkOptions<T extends object>(
  shape: AnyShape,
  given: T,
  source: OptionsSource,
  path: readonly string[] = [],
): T {
  const options = record(given)
  if (options === null) throw wrongOption(source, path, 'must be an object', given)
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(shape, name))
  if (unknown !== undefined && !source.isContract) {
    throw optionError(source, [...path, unknown].join('.'), 'is no option; check its spelling')
  }
  const copy: Record<string, unknown> = {}
  // By the names of the shape: an object of a class has its methods on its prototype.
  for (const [name, option] of Object.entries(shape)) {
    const value = options[name]
    const place = [...path, name]
    if (typeof option === 'function') copy[name] = option(value)
    else if (value === undefined && !source.isContract) continue
    // Whether it is an object is the first thing that is checked.
    else if (!isOption(option)) copy[name] = checkOptions(option, value as object, source, place)
    else if (option[1](value)) copy[name] = value
    else throw wrongOption(source, place, option[0], ...wrongPart(option, value))
  }
  // The shape has the properties of T, and every value has passed its test.
  return copy as T
}

/** An error about one option; '' stands for all of them. */
export function optionError(
  { call, provider }: OptionsSource,
  name: string,
  problem: string,
): ConfigurationError {
  return new ConfigurationError(`${call}: ${name || 'the options'} ${problem}`, { provider })
}

/** What the environment has for an option: `TWILIO_AUTH_TOKEN` for the `authToken` of `twilio()`. */
export function fromEnvironment(source: OptionsSource, name: string): string | undefined {
  return environment(variableOf(source, name))
}

/** The error for an option that is neither given nor in the environment. */
export function missingOption(source: OptionsSource, name: string, hint = ''): ConfigurationError {
  const variable = variableOf(source, name)
  return optionError(source, name, `is missing: pass it, or set the environment variable ${variable}${hint}`)
}

function variableOf({ provider }: OptionsSource, name: string): string {
  return `${provider}_${name.replace(/[A-Z]/g, '_$&')}`.toUpperCase()
}

/** What is to be named of a wrong value: the value, or the first wrong entry of an array. */
function wrongPart([, , acceptsEntry]: Option, value: unknown): [part: unknown, owner?: string] {
  if (acceptsEntry === undefined || !Array.isArray(value) || value.length === 0) return [value]
  return [value.find((entry) => !acceptsEntry(entry)), 'an array with ']
}

function isOption(option: Option | AnyShape): option is Option {
  return Array.isArray(option)
}

function wrongOption(
  source: OptionsSource,
  path: readonly string[],
  expected: string,
  value: unknown,
  owner = '',
): ConfigurationError {
  const [name = ''] = path
  const shown =
    value && typeof value !== 'object' && source.secrets?.includes(name)
      ? `a ${typeof value} (not shown)`
      : describeValue(value, source.identifiers?.includes(name) ? 4 : undefined)
  return optionError(source, path.join('.'), `${expected}; got ${owner}${shown}`)
}

/** How a wrong value is shown. Long texts are cut. */
export function describeValue(value: unknown, maxLength = 80): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'function') return 'a function'
  if (Array.isArray(value)) return `an array of length ${value.length}`
  if (record(value)) return 'an object'
  if (typeof value !== 'string') return String(value)
  return JSON.stringify(value.length > maxLength ? `${value.slice(0, maxLength)}…` : value)
}

/** A whole number within bounds. Numbers in strings are refused. */
export function wholeNumber(min: number, max: number = Number.MAX_SAFE_INTEGER): Option {
  return [
    `must be a whole number from ${min} ${max === Number.MAX_SAFE_INTEGER ? 'up' : `to ${max}`}`,
    (value) => Number.isInteger(value) && Number(value) >= min && Number(value) <= max,
  ]
}

export const callback: Option = ['must be a function', (value) => typeof value === 'function']

export const boolean: Option = ['must be true or false', (value) => typeof value === 'boolean']

/** A string that passes a test. */
export function text(expected: string, accepts = (value: string): boolean => value !== ''): Option {
  return [expected, (value) => typeof value === 'string' && accepts(value)]
}

/** A credential as it can stand in a header: a line break at its end is a common mistake. */
export const secret: Option = text('must be a string of visible ASCII characters', (value) =>
  /^[\x21-\x7e]+$/.test(value),
)

/** An object with all of these properties. */
export function objectWith(expected: string, ...names: string[]): Option {
  return [expected, (value) => names.every((name) => name in (record(value) ?? {}))]
}
