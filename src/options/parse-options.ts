import { ConfigurationError, type ConversationsError, UnsupportedParticipantError } from '../model/errors.ts'
import { describeValue, describeWhitespace } from './describe-value.ts'
import { withoutPrototype } from './plain-options.ts'
import { pathOf, type Schema, type SchemaIssue, validate, valueAt } from './standard-schema.ts'
import { type Aliases, type OptionsElsewhere, suggestionFor } from './suggestions.ts'

/** The call that takes the options, for error messages. */
export interface OptionsSource {
  /** The call: `twilio()`. */
  readonly call: string
  /** The provider's name, for the error. */
  readonly provider?: string | null
  /** Options whose values must not be shown. */
  readonly secrets?: readonly string[]
  /** Options of which only the first characters are shown, in case a secret was passed in their place. */
  readonly identifiers?: readonly string[]
  /** What to do about a required option that is missing. */
  readonly missing?: Readonly<Record<string, string>>
  /** The environment variables of the options that are read from the environment. */
  readonly fromEnvironment?: Readonly<Record<string, string>>
  /** The paths of all options, to suggest one in place of an unknown one. */
  readonly names?: readonly string[]
  /** What other libraries call some of these options. */
  readonly aliases?: Aliases
  /** Options that are often passed here, and belong to another call. */
  readonly elsewhere?: OptionsElsewhere
}

/** What is wrong with an option. */
export interface OptionProblem {
  /** The path to the option, such as `retry.retries`; '' for all of them. */
  readonly option: string
  /** A sentence that names the option. */
  readonly message: string
  /** Whether the caller's data is invalid, rather than the code: see `DATA`. */
  readonly isData?: boolean
  /** Whether a required option is missing. */
  readonly isMissing?: boolean
}

/** `params` of a check that fails for invalid data. */
export const DATA = { isData: true }

/** `params` of a check whose message says all there is to say: the value would add nothing, or is not what is wrong. */
export const COMPLETE = { isComplete: true }

/**
 * Checks options and returns a copy that inherits nothing.
 *
 * @throws ConfigurationError that names every invalid option, its value and what it accepts;
 * UnsupportedParticipantError if only the caller's data is invalid
 */
export function parseOptions<Output>(
  schema: Schema<unknown, Output>,
  given: unknown,
  source: OptionsSource,
): Output {
  const result = validate(schema, given)
  if (result.issues === undefined) return withoutPrototype(result.value)
  throw optionsError(source, problemsOf(result.issues, withoutPrototype(given), source))
}

/** The error for invalid options: an UnsupportedParticipantError if only the caller's data is invalid. */
export function optionsError(
  { call, provider = null }: OptionsSource,
  problems: readonly OptionProblem[],
): ConversationsError {
  const [first, ...others] = problems
  const text =
    others.length === 0 ? ` ${first?.message}` : problems.map(({ message }) => `\n- ${message}`).join('')
  const message = `${call}:${text}`
  if (problems.every(({ isData }) => isData)) return new UnsupportedParticipantError(message, { provider })
  return new ConfigurationError(message, { provider, option: first?.option || null })
}

/** What is wrong with options: the first problem of each of them. */
export function problemsOf(
  issues: readonly SchemaIssue[],
  options: unknown,
  source: OptionsSource,
): OptionProblem[] {
  const problems = new Map<string, OptionProblem>()
  for (const issue of issues) {
    for (const problem of describeIssue(issue, options, source)) {
      if (!problems.has(problem.option)) problems.set(problem.option, problem)
    }
  }
  return [...problems.values()]
}

/** What zod's issues contain beyond Standard Schema. */
interface ZodDetails {
  /** The unknown properties of an object. */
  readonly keys?: readonly string[]
  /** The `params` of the check that failed. */
  readonly params?: { readonly isData?: boolean; readonly isComplete?: boolean }
}

function describeIssue(
  issue: SchemaIssue & ZodDetails,
  options: unknown,
  source: OptionsSource,
): OptionProblem[] {
  const path = pathOf(issue)
  if (issue.keys !== undefined) return issue.keys.map((key) => unknownOption([...path, key], source))
  const option = path.filter((key) => typeof key === 'string').join('.')
  const { missing = {}, fromEnvironment = {} }: OptionsSource = source
  const { message, params = {} } = issue
  const value = valueAt(options, path)
  const hint = valueAt(missing, [option])
  if (value === undefined && hint !== undefined) {
    return [{ option, message: `${option} is missing: ${hint}`, isMissing: true }]
  }
  // The variable of an option says all that is in it.
  const variable = valueAt(fromEnvironment, [String(path[0])])
  const place = (option || 'the options') + (!variable ? '' : ` (from ${variable})`)
  const isComplete = params.isComplete === true || message.includes('; got ')
  const got = isComplete ? '' : `; got ${describeOption(path, value, options, source)}`
  const problem = option === '' ? message.replace(/^is /, 'are ') : message
  return [{ option, message: `${place} ${problem}${got}`, isData: params.isData === true }]
}

function unknownOption(path: readonly PropertyKey[], { names = [], ...hints }: OptionsSource): OptionProblem {
  const option = path.join('.')
  return { option, message: `unknown option "${option}".${suggestionFor(path, names, hints)}` }
}

/** Shows the value of an option, or the invalid entry of an array, unless it is secret. */
function describeOption(
  path: readonly PropertyKey[],
  value: unknown,
  options: unknown,
  { secrets = [], identifiers = [] }: OptionsSource,
): string {
  const name = String(path[0] ?? '')
  // A string in place of all options is most likely a credential.
  const isSecret = name === '' || secrets.includes(name)
  const isIdentifier = identifiers.includes(name)
  const whitespace = path.length === 1 && (isSecret || isIdentifier) ? describeWhitespace(value) : ''
  const which = whitespace && `, which ${whitespace}`
  if (isSecret && value && !/^(object|function)$/.test(typeof value)) {
    return `a ${typeof value} (not shown)${which}`
  }
  const shown = describeValue(value, isIdentifier ? 4 : undefined) + which
  return Array.isArray(valueAt(options, path.slice(0, -1))) ? `an array with ${shown}` : shown
}
