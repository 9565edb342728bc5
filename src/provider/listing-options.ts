import { optionsSchema } from '../options/schemas.ts'
import type { Schema } from '../options/standard-schema.ts'
import { propertiesOf } from './adapter-options.ts'

/** The listing options of an adapter that has none. */
export const NO_OPTIONS: Schema<unknown, never> = optionsSchema<never>({} as never)

/**
 * How a schema checks, and the names of its properties, without its insides: providers are logged and inspected, which
 * some schemas do not survive.
 */
export function bareSchema<O>(schema: Schema<unknown, O>): Schema<unknown, O> & { readonly shape: object } {
  const { version, vendor, validate } = schema['~standard']
  const names = propertiesOf(schema)
  return {
    '~standard': { version, vendor, validate: (value) => validate(value) },
    shape: Object.fromEntries(names.map((name) => [name, {}])),
  }
}
