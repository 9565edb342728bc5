/**
 * A schema of any library that implements Standard Schema, such as zod, valibot or ArkType: the part that is used here.
 *
 * @see https://standardschema.dev
 */
export interface Schema<Input = unknown, Output = Input> {
  /** What Standard Schema prescribes. */
  readonly '~standard': {
    /** The version of Standard Schema. */
    readonly version: 1
    /** The name of the library that made the schema. */
    readonly vendor: string
    /** Checks a value. It must be synchronous here. */
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>
    /** For the compiler only. */
    readonly types?:
      | {
          /** What the schema accepts. */
          readonly input: Input
          /** What the schema returns. */
          readonly output: Output
        }
      | undefined
  }
}

/** What a schema returns: the value, or what is wrong with it. */
export type SchemaResult<Output> =
  | {
      /** The value, as the schema returns it. */
      readonly value: Output
      readonly issues?: undefined
    }
  | {
      /** What is wrong. */
      readonly issues: readonly SchemaIssue[]
    }

/** What is wrong with a value, and where. */
export interface SchemaIssue {
  /** What is wrong, in words. */
  readonly message: string
  /** Where: the property names that lead to it. */
  readonly path?:
    | readonly (
        | PropertyKey
        | {
            /** The property name. */
            readonly key: PropertyKey
          }
      )[]
    | undefined
}

/** A schema for each property of T: `satisfies SchemasFor<T>` checks the schemas against an interface. */
export type SchemasFor<T> = { readonly [Name in keyof T]-?: Schema<unknown, T[Name]> }

/** What a schema accepts. */
export type InputOf<S extends Schema> = NonNullable<S['~standard']['types']>['input']

/** What a schema returns. */
export type OutputOf<S extends Schema> = NonNullable<S['~standard']['types']>['output']

/** Validates with a synchronous schema. @throws TypeError for an asynchronous schema, or a check that throws */
export function validate<Output>(schema: Schema<unknown, Output>, value: unknown): SchemaResult<Output> {
  const result = schema['~standard'].validate(value)
  if (!(result instanceof Promise)) return result
  // zod returns a promise if a check throws, and rejects it with the same error, which nothing would handle.
  result.catch(() => {})
  throw new TypeError('the schema must be synchronous, and none of its checks may throw an error')
}

/** The property names that lead to the value that an issue is about. */
export function pathOf({ path = [] }: SchemaIssue): readonly PropertyKey[] {
  return path.map((segment) => (typeof segment === 'object' ? segment.key : segment))
}

/** The value at a path; undefined if the path ends early. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((holder, key) => {
    const object = Object(holder)
    return Object.hasOwn(object, key) ? Reflect.get(object, key) : undefined
  }, value)
}
