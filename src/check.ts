import { ConfigurationError } from './errors.ts'

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
  readonly provider?: string
  /** Options whose values must not be shown. */
  readonly secrets?: readonly string[]
  /** Options of which no more than the beginning is shown: it tells the kind, and the value may be a secret. */
  readonly identifiers?: readonly string[]
  /** For an object that is more than its options: none may be left out, and what else it has is not looked at. */
  readonly isContract?: boolean
}

/** Where the options of a listing are given. */
export const LISTING: OptionsSource = { call: 'listParticipantConversations()' }

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
  const fail = (name: string, problem: string, value: unknown, owner = ''): ConfigurationError =>
    optionError(source, name, `${problem}; got ${owner}${describe(value, path[0] ?? name, source)}`)

  const group = path.join('.')
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw fail(group, 'must be an object', given)
  }
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(shape, name))
  if (unknown.length > 0 && !source.isContract) {
    const names = unknown.map((name) => JSON.stringify(name)).join(', ')
    throw optionError(
      source,
      group,
      `${group === '' ? 'have' : 'has'} no option ${names}; check its spelling`,
    )
  }
  const copy: Record<string, unknown> = {}
  // By the names of the shape: an object of a class has its methods on its prototype.
  for (const [name, option] of Object.entries(shape)) {
    const value: unknown = Reflect.get(given, name)
    const place = [...path, name]
    if (typeof option === 'function') copy[name] = option(value)
    else if (value === undefined && !source.isContract) continue
    // Whether it is an object is the first thing that is checked.
    else if (!isOption(option)) copy[name] = checkOptions(option, value as object, source, place)
    else if (option[1](value)) copy[name] = value
    else throw fail(place.join('.'), option[0], ...wrongPart(option, value))
  }
  // The shape has the properties of T, and every value has passed its test.
  return copy as T
}

/** An error about one option; '' stands for all of them. */
export function optionError(source: OptionsSource, name: string, problem: string): ConfigurationError {
  return new ConfigurationError(`${source.call}: ${name || 'the options'} ${problem}`, {
    provider: source.provider ?? null,
  })
}

/** What is to be named of a wrong value: the value, or the first wrong entry of an array. */
function wrongPart([, , acceptsEntry]: Option, value: unknown): [part: unknown, owner?: string] {
  if (acceptsEntry === undefined || !Array.isArray(value) || value.length === 0) return [value]
  return [value.find((entry) => !acceptsEntry(entry)), 'an array with ']
}

function isOption(option: Option | AnyShape): option is Option {
  return Array.isArray(option)
}

function describe(value: unknown, name: string, { secrets, identifiers }: OptionsSource): string {
  if (typeof value === 'function' || typeof value === 'object' || value === undefined || value === '') {
    return describeValue(value)
  }
  if (secrets?.includes(name)) return `a ${typeof value} (not shown)`
  const isLong = identifiers?.includes(name) && typeof value === 'string' && value.length > 8
  return describeValue(isLong ? `${value.slice(0, 4)}…` : value)
}

/** How a wrong value is shown. Long texts are cut. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'string') return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value)
  if (typeof value === 'function') return 'a function'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array'
  if (typeof value === 'object' && value !== null) return 'an object'
  return String(value)
}

/** A whole number within bounds. Numbers in strings are refused. */
export function wholeNumber(min: number, max: number = Number.MAX_SAFE_INTEGER): Option {
  const bounds = max === Number.MAX_SAFE_INTEGER ? `from ${min} up` : `from ${min} to ${withCommas(max)}`
  return [
    `must be a whole number ${bounds}`,
    (value) => Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max,
  ]
}

/** Not by `toLocaleString`, which takes longer than loading the rest of this library. */
function withCommas(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',')
}

export function callback(what = 'a function'): Option {
  return [`must be ${what}`, (value) => typeof value === 'function']
}

export const boolean: Option = ['must be true or false', (value) => typeof value === 'boolean']

/** A string that passes a test. */
export function text(expected: string, accepts = (value: string): boolean => value !== ''): Option {
  return [expected, (value) => typeof value === 'string' && accepts(value)]
}

/** A credential as it can stand in a header: a line break at its end is a common mistake. */
export const secret: Option = text(
  'must be a string of visible ASCII characters, without white space',
  (value) => /^[\x21-\x7e]+$/.test(value),
)

/** An object with all of these properties. */
export function objectWith(expected: string, ...names: string[]): Option {
  return [
    expected,
    (value) => typeof value === 'object' && value !== null && names.every((name) => name in value),
  ]
}
