import * as z from 'zod/mini'
import { ConfigurationError, ResponseValidationError } from '../model/errors.ts'
import { recordOrNull } from '../model/read.ts'
import { describeValue } from '../options/describe-value.ts'
import { parseOptions } from '../options/parse-options.ts'
import { problemOfOptions } from '../options/plain-options.ts'
import { callback, text } from '../options/schemas.ts'
import { pathOf, validate, valueAt } from '../options/standard-schema.ts'
import type { PageContent, PageRequest } from './description.ts'
import type { ListPageResult } from './provider.ts'

/** Checks descriptions and what their functions return, since custom adapters may be written without types. */

const object = z.custom<object>((value) => recordOrNull(value) !== null, 'must be an object')
const schema = z.custom<object>(
  (value) => '~standard' in Object(value),
  'must be a schema, such as one of zod',
)
const optionalFunction = z.optional(callback())

const shape = {
  name: text('must be a non-empty string'),
  title: z.optional(text('must be a non-empty string')),
  scope: z.string('must be a string'),
  capabilities: object,
  baseUrl: text('must be an absolute URL'),
  http: z.unknown(), // checked with its own names
  authorization: object,
  participants: object,
  lookups: optionalFunction,
  listOptions: z.optional(schema),
  lists: optionalFunction,
  request: callback(),
  page: schema,
  rows: z.strictObject(
    {
      in: z.custom(
        (value) => typeof value === 'string' || typeof value === 'function',
        'must be a path or a function',
      ),
      optional: z.optional(z.boolean('must be true or false')),
      schema,
      normalize: callback(),
    },
    'must be an object',
  ),
  read: callback(),
  readError: optionalFunction,
  advice: z.optional(object),
  requestIdHeaders: z.optional(z.array(z.string(), 'must be an array of strings')),
  pageTokenIdentity: optionalFunction,
}

const description = z.pipe(z.custom<object>(), z.strictObject(shape, 'must be an object'))

/**
 * Returns the description itself, without what it inherits.
 *
 * @throws ConfigurationError that names every invalid property
 */
export function checkDescription<D extends object>(given: D): D {
  const name = recordOrNull(given)?.name
  // The schema checks the properties, and returns them with their values.
  return parseOptions(description, given, {
    call: 'defineProvider()',
    provider: typeof name === 'string' ? name : null,
    secrets: ['http', 'authorization'],
    names: [...Object.keys(shape), ...Object.keys(shape.rows.shape).map((key) => `rows.${key}`)],
  }) as D
}

const isHidden = (value: unknown): boolean => typeof valueAt(value, ['hidden']) === 'string'
const SEGMENTS = 'must be an array of strings, or of values from hidden()'
const segment = z.custom((value) => typeof value === 'string' || isHidden(value), SEGMENTS)
const VALUE = 'must be a string, a number, a boolean, a value from hidden(), null or undefined'
const queryValue = z.custom(
  (value) => value == null || ['string', 'number', 'boolean'].includes(typeof value) || isHidden(value),
  VALUE,
)
const pageRequest = z.object({
  path: z.array(segment, SEGMENTS),
  query: z.optional(z.record(z.string(), queryValue, 'must be an object')),
  headers: z.optional(z.record(z.string(), z.string('must be a string'), 'must be an object')),
})

/** @throws ConfigurationError that says what `request()` must return */
export function checkPageRequest(given: PageRequest, provider: string): PageRequest {
  const refuse = (problem: string): ConfigurationError =>
    new ConfigurationError(`request() of ${provider}: ${problem}`, { provider })
  const problem = problemOfOptions(given)
  if (problem !== null) throw refuse(`what it returns ${problem}; got ${describeValue(given, 0)}`)
  // Without Object.prototype, at a tenth of the cost of withoutPrototype().
  const request: PageRequest = Object.assign(Object.create(null), given)
  const [issue] = validate(pageRequest, request).issues ?? []
  if (issue === undefined) return request
  const path = pathOf(issue)
  // A string is not shown, since it may be personal data.
  throw refuse(`${path.join('.')} ${issue.message}; got ${describeValue(valueAt(request, path), 0)}`)
}

/** @throws ResponseValidationError if `read()` returns no object, for example because `return` is missing */
export function checkPageContent(
  given: PageContent,
  provider: string,
): Pick<ListPageResult<never>, 'nextPageToken' | 'nextPageError' | 'total'> {
  const problem = problemOfOptions(given)
  if (problem !== null) {
    const message = `read() of ${provider}: what it returns ${problem}; got ${describeValue(given, 0)}`
    throw new ResponseValidationError(message, { provider })
  }
  const content: PageContent = Object.assign(Object.create(null), given)
  const { nextPageToken = null, nextPageError, total = null } = content
  return { nextPageToken, nextPageError, total }
}
