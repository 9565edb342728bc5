import { type HttpOptions, httpNames, httpPaths, httpSchema } from '../http/http-options.ts'
import { recordOrNull } from '../model/read.ts'
import { environment } from '../options/environment.ts'
import { type OptionProblem, type OptionsSource, optionsError, problemsOf } from '../options/parse-options.ts'
import { problemOfOptions, withoutPrototype } from '../options/plain-options.ts'
import { type Schema, validate } from '../options/standard-schema.ts'
import type { OptionsElsewhere } from '../options/suggestions.ts'
import { PARTICIPANT_PROPERTIES } from './participant-forms.ts'

/** The options of a listing, which are often passed to an adapter by mistake. */
const LISTING = [
  'participant',
  ...PARTICIPANT_PROPERTIES.map((name) => `participant.${name}`),
  'status',
  'filter',
  'limit',
  'pageSize',
  'cursor',
  'cursorSecret',
  'prefetch',
  'concurrency',
  'signal',
  'onSourceError',
  'onInvalidConversation',
  'providerOptions',
]

/** What an adapter declares about its options. */
export interface AdapterOptionsSource extends Omit<OptionsSource, 'names' | 'fromEnvironment' | 'elsewhere'> {
  /** The values of options that are not passed, such as those of `readEnvironment()`. */
  readonly defaults?: Readonly<Record<string, unknown>>
  /** The environment variables that `defaults` are read from, by option. Errors name them. */
  readonly variables?: Readonly<Record<string, string>>
  /**
   * Variables that people set by mistake, and the ones that are read instead: an error for a missing option names both.
   * `{ EXAMPLE_API_KEY: 'EXAMPLE_ACCESS_KEY' }`
   */
  readonly variableAliases?: Readonly<Record<string, string>>
  /** The schema of the adapter's options for one listing, which are often passed to the adapter by mistake. */
  readonly listOptions?: Schema
}

/**
 * Checks the options of an adapter: its own with a schema, which must refuse unknown ones, and the HTTP options. Returns
 * a copy that inherits nothing. Errors consist of the option, the schema's message, and the value, unless it is secret: `size
 * must be at least 1; got 0`. For a required option that is undefined, `missing` says what to do. To omit the value, let the
 * message contain "; got ", or give a check of zod the `params` `{ isComplete: true }`.
 *
 * @param describe - receives the options that were passed, to decide on the defaults of the others: credentials that
 * are passed must not be completed by those from the environment
 * @throws ConfigurationError that names every invalid option
 * @example
 * const schema = z.strictObject({ accessKey: z.string('must be a string') })
 * const options = parseAdapterOptions(schema, given, () => ({
 *   call: 'example()',
 *   provider: 'example',
 *   secrets: ['accessKey'],
 *   defaults: readEnvironment({ accessKey: 'EXAMPLE_ACCESS_KEY' }),
 * }))
 */
export function parseAdapterOptions<Input, Output extends object>(
  schema: Schema<Input, Output>,
  given: { readonly [Name in keyof Input]?: Input[Name] | undefined } & HttpOptions,
  describe: (passed: Readonly<Partial<Input>>) => AdapterOptionsSource,
): Output & HttpOptions {
  const isRefused = problemOfOptions(given) !== null
  const passed: typeof given & Readonly<Record<string, unknown>> = isRefused
    ? {}
    : Object(withoutPrototype(given))
  const { defaults = {}, variables = {}, variableAliases = {}, listOptions, ...adapter } = describe(passed)
  const source = {
    ...adapter,
    secrets: ['headers', 'dispatcher', ...(adapter.secrets ?? [])],
    names: [...httpPaths, ...propertiesOf(schema)],
    elsewhere: listingWith(adapter.provider ?? '', listOptions),
  }
  if (isRefused) {
    throw optionsError(source, problemsOf(validate(httpSchema, given).issues ?? [], given, source))
  }
  const http = Object.fromEntries(httpNames.map((name) => [name, passed[name]]))
  const adapterOptions: Record<string, unknown> = withoutPrototype(passed)
  for (const name of httpNames) delete adapterOptions[name]
  const missing = Object.entries(defaults).filter(([name]) => adapterOptions[name] === undefined)
  for (const [name, value] of missing) adapterOptions[name] = value
  const fromEnvironment = Object.fromEntries(missing.map(([name]) => [name, variables[name] ?? '']))

  const [adapterResult, httpResult] = [validate(schema, adapterOptions), validate(httpSchema, http)]
  if (adapterResult.issues === undefined && httpResult.issues === undefined) {
    return withoutPrototype({ ...httpResult.value, ...adapterResult.value })
  }
  const problems = problemsOf(adapterResult.issues ?? [], adapterOptions, { ...source, fromEnvironment })
  throw optionsError(source, [
    ...problems,
    ...(problems.some(({ isMissing }) => isMissing) ? mistakenVariables(variableAliases) : []),
    ...problemsOf(httpResult.issues ?? [], http, source),
  ])
}

/** The variables that are set in place of those that are read. */
function mistakenVariables(aliases: Readonly<Record<string, string>>): OptionProblem[] {
  return Object.entries(aliases)
    .filter(([alias, read]) => environment(alias) !== undefined && environment(read) === undefined)
    .map(([alias, read]) => ({ option: '', message: `${alias} is set, but ${read} is read instead` }))
}

/** The properties of an object schema, if its library exposes them as zod does. */
export function propertiesOf(schema: Schema): readonly string[] {
  return Object.keys(recordOrNull(Reflect.get(schema, 'shape')) ?? {})
}

/** The options of a listing, with those of the adapter. */
function listingWith(provider: string, listOptions: Schema | undefined): OptionsElsewhere {
  const names = listOptions === undefined ? [] : propertiesOf(listOptions)
  return {
    owner: 'the listing',
    call: 'listParticipantConversations',
    names: [...LISTING, ...names.map((name) => `providerOptions.${provider}.${name}`)],
  }
}
