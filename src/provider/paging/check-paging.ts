import * as z from 'zod/mini'
import { listed } from '../../model/message.ts'
import { withoutPrototype } from '../../options/plain-options.ts'
import { inheritingNothing, matches, text, wholeNumber } from '../../options/schemas.ts'
import { valueAt } from '../../options/standard-schema.ts'
import type { Paging, Place } from './paging.ts'

/** Checks what a description says about pages. */

const NAMES = 'must be the name of a query parameter, or an array of them'

/** A path into the page, or a function. */
export const path = z.custom(
  (value) => (typeof value === 'string' && value !== '') || typeof value === 'function',
  'must be a path or a function',
)
export const optionalPath = z.optional(path)
const parameter = z.optional(text('must be the name of a query parameter'))
const bodyPath = z.optional(text('must be a path in the body'))
const IN_REQUEST = 'must have either query or body: where it is in the request'
const inRequest = z.refine<Place>(
  ({ query, body }) => (query === undefined) !== (body === undefined),
  IN_REQUEST,
)

/** The properties of each kind of paging. */
export const pagings = {
  token: { by: z.any(), query: parameter, body: bodyPath, next: path },
  url: {
    by: z.any(),
    next: path,
    query: z.union([text(NAMES), z.array(text(NAMES)).check(z.minLength(1, NAMES))], NAMES),
    hosts: z.optional(z.custom((value) => value instanceof RegExp, 'must be a regular expression')),
  },
  number: {
    by: z.any(),
    query: parameter,
    body: bodyPath,
    first: z.optional(z.literal([0, 1], 'must be 0 or 1')),
    last: optionalPath,
    more: optionalPath,
  },
  offset: { by: z.any(), query: parameter, body: bodyPath, total: optionalPath, more: optionalPath },
  none: { by: z.any() },
} satisfies { readonly [Kind in Paging<unknown>['by']]: Readonly<Record<string, z.ZodMiniType>> }

const pagingSchemas: { readonly [Kind in Paging<unknown>['by']]: z.ZodMiniType } = {
  token: inheritingNothing(z.strictObject(pagings.token)).check(inRequest),
  url: inheritingNothing(z.strictObject(pagings.url)),
  number: inheritingNothing(z.strictObject(pagings.number)).check(inRequest),
  offset: inheritingNothing(z.strictObject(pagings.offset)).check(inRequest),
  none: inheritingNothing(z.strictObject(pagings.none)),
}

const BY = `must say how pages follow each other: { by: ${listed(
  Object.keys(pagings).map((kind) => `'${kind}'`),
  'or',
)} }`

export const paging = z.pipe(
  z
    .custom<{ readonly by: keyof typeof pagings }>(
      (value) => Object.hasOwn(pagings, String(valueAt(value, ['by']))),
      BY,
    )
    .check(matches(({ by }) => pagingSchemas[by])),
  z.transform(withoutPrototype),
)

/** The properties of a page size. */
export const pageSizeShape = {
  query: parameter,
  body: bodyPath,
  max: z.optional(wholeNumber(1)),
  fixed: z.optional(wholeNumber(1)),
}

export const pageSize = inheritingNothing(z.strictObject(pageSizeShape)).check(
  z.refine(
    ({ query, body, max, fixed }) =>
      fixed === undefined
        ? max !== undefined && (query === undefined) !== (body === undefined)
        : [query, body, max].every((value) => value === undefined),
    'must be { query, max }, { body, max } or { fixed }',
  ),
)
