import { type HttpOptions, httpNames, httpPaths, httpSchema } from '../http/http-options.ts'
import { recordOrNull } from '../model/read.ts'
import { ownProperties } from '../options/own-properties.ts'
import { type OptionsSource, optionsError, problemsOf } from '../options/parse-options.ts'
import { type Schema, validate } from '../options/standard-schema.ts'

/** Which options an adapter takes, and where it takes them from. */
export interface AdapterOptionsSource extends Omit<OptionsSource, 'names' | 'fromEnvironment'> {
  /** The values of options that are not passed, such as those of `readEnvironment()`. */
  readonly defaults?: Readonly<Record<string, unknown>>
  /** The environment variables of options, for the errors of those whose defaults come from there. */
  readonly variables?: Readonly<Record<string, string>>
}

/**
 * Checks the options of an adapter: its own by a schema, which must refuse unknown ones, and the HTTP options. Returns
 * a copy that inherits nothing. Messages of the schema that begin with "must" get what the option got, if that is not
 * secret.
 *
 * @throws ConfigurationError that names every wrong option
 * @example
 * const schema = z.strictObject({ accessKey: z.string('must be a string') })
 * const options = parseAdapterOptions(schema, given, { call: 'example()', provider: 'example', secrets: ['accessKey'] })
 */
export function parseAdapterOptions<Input, Own extends object>(
  schema: Schema<Input, Own>,
  given: { readonly [Name in keyof Input]?: Input[Name] | undefined } & HttpOptions,
  { defaults = {}, variables = {}, ...adapter }: AdapterOptionsSource,
): Own & HttpOptions {
  const source = {
    ...adapter,
    secrets: ['headers', 'dispatcher', ...(adapter.secrets ?? [])],
    names: [...httpPaths, ...namesOf(schema)],
  }
  const options = recordOrNull(ownProperties(given))
  if (options === null)
    throw optionsError(source, problemsOf(validate(httpSchema, given).issues ?? [], given, source))
  const http = Object.fromEntries(httpNames.map((name) => [name, options[name]]))
  const own: Record<string, unknown> = ownProperties(options)
  for (const name of httpNames) delete own[name]
  const missing = Object.entries(defaults).filter(([name]) => own[name] === undefined)
  for (const [name, value] of missing) own[name] = value
  const fromEnvironment = Object.fromEntries(missing.map(([name]) => [name, variables[name] ?? '']))

  const [ownResult, httpResult] = [validate(schema, own), validate(httpSchema, http)]
  if (ownResult.issues === undefined && httpResult.issues === undefined) {
    return ownProperties({ ...httpResult.value, ...ownResult.value })
  }
  throw optionsError(source, [
    ...problemsOf(ownResult.issues ?? [], own, { ...source, fromEnvironment }),
    ...problemsOf(httpResult.issues ?? [], http, source),
  ])
}

/** The properties of a schema, where the library tells them as zod does. */
function namesOf(schema: Schema): readonly string[] {
  return Object.keys(recordOrNull(Reflect.get(schema, 'shape')) ?? {})
}
