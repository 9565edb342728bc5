// The app's own zod, which this entry alone imports. The rest of the library bundles its copy, as zod/mini.
// `zod/v4` is zod 4, which zod 3.25 has too.
import * as z from 'zod/v4'

export const nullableText: z.ZodNullable<z.ZodString> = z.string().nullable()

export const nullableNumber: z.ZodNullable<z.ZodNumber> = z.number().nullable()

/**
 * A date as JSON has it, or a `Date`. A `Date` becomes text first, so that JSON Schema sees nothing but text: it has no
 * dates.
 */
export const nullableDate: z.ZodType<Date | null, Date | string | null> = z.preprocess(
  (value: Date | string | null) => (isValidDate(value) ? value.toISOString() : value),
  z.iso
    .datetime({
      offset: true,
      error: 'Invalid date: expected a valid Date or an ISO 8601 string with a time zone',
    })
    .transform((text) => new Date(text))
    .nullable(),
)

function isValidDate(value: unknown): value is Date {
  return value instanceof Date && !Number.isNaN(value.getTime())
}
