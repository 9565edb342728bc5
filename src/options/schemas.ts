import * as z from 'zod/mini'
import { COMPLETE } from './parse-options.ts'
import { PROMISE, problemOfOptions, withoutPrototype } from './plain-options.ts'
import { isPromise } from './promise.ts'
import { pathOf, type Schema, type SchemasFor, validate } from './standard-schema.ts'

/** Schemas that several kinds of options share. Their messages end a sentence that starts with the option. */

/** The same as `SchemasFor`, for zod: the compiler checks the schemas against the documented interface. */
export type ShapeOf<T> = SchemasFor<T> & Readonly<Record<keyof T, z.ZodMiniType>>

/** Refuses a promise, whose `await` was most likely forgotten. */
export const notPromise: z.ZodMiniType<unknown> = z.custom<unknown>((value) => !isPromise(value), {
  error: PROMISE,
  params: COMPLETE,
})

/** Any object of options, used as it is. */
export const anyOptions: z.ZodMiniType<object, unknown> = z.pipe(
  notPromise,
  z.custom<object>((value) => problemOfOptions(value) === null, {
    error: ({ input }) => problemOfOptions(input) ?? '',
  }),
)

/** Any object of options, without what is inherited from `Object.prototype`. */
export const plainOptions: z.ZodMiniType<object, unknown> = z.pipe(anyOptions, z.transform(withoutPrototype))

/** An object that inherits nothing from `Object.prototype`, neither when it is checked nor when it is used. */
export function inheritingNothing<T extends object>(
  schema: z.ZodMiniType<T, object>,
): z.ZodMiniType<T, unknown> {
  return z.pipe(
    z.pipe(plainOptions, schema),
    z.transform((checked: T) => withoutPrototype(checked)),
  )
}

/** An object of options. Unknown ones are refused, and nothing is inherited from `Object.prototype`. */
export function optionsSchema<T extends object>(
  shape: ShapeOf<T>,
): z.ZodMiniType<T, unknown> & Schema<unknown, T> {
  // The output has the properties of the shape, each with its type: see ShapeOf.
  return inheritingNothing(z.strictObject(shape)) as never
}

/** A whole number. Numbers in strings are refused. */
export function wholeNumber(min: number, max: number = Number.MAX_SAFE_INTEGER): z.ZodMiniType<number> {
  const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`
  const error = `must be a whole number ${range}`
  return z
    .number(error)
    .check(z.refine((value) => Number.isInteger(value) && value >= min && value <= max, error))
}

/** A string that matches a pattern; by default, any string that is not empty. */
export function text(error: string, pattern = /./s): z.ZodMiniType<string> {
  return z.string(error).check(z.regex(pattern, error))
}

export const boolean: z.ZodMiniType<boolean> = z.boolean('must be true or false')

/**
 * Whether a value can be sent as a credential: a line break at the end is a common mistake.
 *
 * @example
 * const accessKey = z.string().refine(isCredential, 'must be a string of visible ASCII characters')
 */
export function isCredential(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)
}

export const credential: z.ZodMiniType<string> = z.custom<string>(
  isCredential,
  'must be a string of visible ASCII characters',
)

/** A function. Its parameters are checked by the compiler only. */
export function callback<T extends (...args: never) => unknown>(): z.ZodMiniType<T> {
  return z.custom<T>((value) => typeof value === 'function', 'must be a function')
}

/** An object with these properties or methods, used as it is. */
export function objectWith<T extends object>(error: string, ...names: string[]): z.ZodMiniType<T> {
  return z.custom<T>(
    (value) => typeof value === 'object' && value !== null && names.every((name) => name in value),
    error,
  )
}

/** Checks a value with the schema chosen for it, and returns it unchanged. */
export function matches<T>(choose: (value: T) => Schema): z.core.$ZodCheck<T> {
  return z.superRefine((value, context) => {
    for (const issue of validate(choose(value), value).issues ?? []) {
      context.addIssue({ ...issue, code: 'custom', path: [...pathOf(issue)] })
    }
  })
}
