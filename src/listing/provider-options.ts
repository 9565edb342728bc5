import * as z from 'zod/mini'
import { plainObject } from '../options/plain-object.ts'
import { withoutPrototype } from '../options/plain-options.ts'
import { plainOptions } from '../options/schemas.ts'
import { pathOf, type SchemaIssue, validate, valueAt } from '../options/standard-schema.ts'
import { propertiesOf } from '../provider/adapter-options.ts'
import type { ConversationProvider } from '../provider/provider.ts'

/** The `providerOptions` of a listing, each part checked by its own provider. */
export interface ProviderOptionsResult {
  readonly issues: readonly SchemaIssue[]
  /** The options of a provider, with its defaults. Plain data that inherits nothing: cursors are bound to them. */
  optionsOf(provider: ConversationProvider): object
}

/** Whatever the names: which of them are known depends on the listing, and a schema takes a while to create. */
const optionsByName = z.pipe(
  plainOptions,
  z.record(z.string(), z.optional(z.pipe(plainOptions, plainObject))),
)

/** Checks the options of single providers. */
export function readProviderOptions(
  providers: readonly ConversationProvider[],
  given: unknown = {},
): ProviderOptionsResult {
  const result = validate(optionsByName, given)
  if (result.issues !== undefined) return { issues: under([], result.issues), optionsOf: () => ({}) }
  const unknown = Object.keys(result.value).filter((key) => !providers.some(({ name }) => name === key))
  const options = new Map<ConversationProvider, object>()
  const issues = unknown.length === 0 ? [] : under([], [unknownKeys(unknown)])
  for (const provider of providers) {
    const copy = deepCopy(Object(valueAt(result.value, [provider.name]) ?? {}))
    const checked = validate(provider.listOptions ?? plainOptions, copy)
    if (checked.issues === undefined) options.set(provider, withoutPrototype(checked.value))
    else issues.push(...under([provider.name], checked.issues))
  }
  return { issues, optionsOf: (provider) => options.get(provider) ?? {} }
}

/** The paths of all options that providers have for one listing. */
export function optionNamesOf(providers: readonly ConversationProvider[]): string[] {
  return providers.flatMap(({ name, listOptions }) => {
    const options = listOptions === undefined ? [] : propertiesOf(listOptions)
    return [`providerOptions.${name}`, ...options.map((option) => `providerOptions.${name}.${option}`)]
  })
}

/** A copy in which no object inherits anything. */
function deepCopy(value: object): object {
  return JSON.parse(JSON.stringify(value), (_name, inner) => withoutPrototype(inner))
}

/** The issue as zod reports it for a strict object. */
function unknownKeys(keys: readonly string[]): SchemaIssue & { readonly keys: readonly string[] } {
  return { message: 'has unknown options', keys }
}

function under(path: readonly string[], issues: readonly SchemaIssue[]): SchemaIssue[] {
  return issues.map((issue) => ({ ...issue, path: ['providerOptions', ...path, ...pathOf(issue)] }))
}
