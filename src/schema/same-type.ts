import type * as z from 'zod/v4'

/**
 * Whether two types have the same properties, required and optional, of the same types, at every depth. What a schema
 * cannot express does not count: `readonly`, literals beside any other string, and the index signature of a loose object.
 */
export type SameType<A, B> =
  (<T>() => T extends Comparable<A> ? 1 : 2) extends <T>() => T extends Comparable<B> ? 1 : 2 ? true : false

type Comparable<T> = T extends Date
  ? Date
  : T extends string
    ? string extends T
      ? string
      : T
    : T extends readonly (infer Item)[]
      ? Comparable<Item>[]
      : T extends object
        ? keyof Named<T> extends never
          ? ComparableProperties<T>
          : ComparableProperties<Named<T>>
        : T

type ComparableProperties<T> = { -readonly [Name in keyof T]: Comparable<Exclude<T[Name], undefined>> }

/** The properties that have names of their own. */
type Named<T> = {
  [Name in keyof T as string extends Name ? never : number extends Name ? never : Name]: T[Name]
}

/**
 * Gives a schema the exact type of what it describes; it does not compile if they differ. In zod's own type, an optional
 * property may also be undefined, which `exactOptionalPropertyTypes` tells apart.
 */
export function schemaOf<T>() {
  return <S extends z.ZodType>(
    schema: SameType<T, z.output<S>> extends true ? S : { differs: z.output<S>; from: T },
  ): z.ZodType<T, T> =>
    // The types are the same but for undefined, which JSON does not have.
    schema as unknown as z.ZodType<T, T>
}
