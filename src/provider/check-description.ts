import * as z from 'zod/mini'
import type { Address } from '../model/address.ts'
import { ConfigurationError, ResponseValidationError } from '../model/errors.ts'
import type { ParticipantForm } from '../model/participant.ts'
import { recordOrNull } from '../model/read.ts'
import { describeValue } from '../options/describe-value.ts'
import { parseOptions } from '../options/parse-options.ts'
import { problemOfOptions } from '../options/plain-options.ts'
import { ignoreRejection, isPromise } from '../options/promise.ts'
import { anyOptions, boolean, callback, matches, plainOptions, text } from '../options/schemas.ts'
import { pathOf, validate, valueAt } from '../options/standard-schema.ts'
import type { PageContent, PageRequest } from './description.ts'
import type { ListPageResult } from './provider.ts'

/** Checks descriptions and what their functions return, since custom adapters may be written without types. */

const schema = z.custom<object>(
  (value) => '~standard' in Object(value),
  'must be a schema, such as one of zod',
)
const optionalFunction = z.optional(callback())
const isTrue = z.optional(z.literal(true, 'must be true'))

const KINDS = ['phone', 'email', 'whatsappUserId', 'other'] satisfies Address['kind'][]
const PHONE = `must be an array of channels, such as ['sms', 'whatsapp']`
const ADDRESS = `must be true, or an array of ${KINDS.map((kind) => `'${kind}'`).join(', ')}`

const forms = {
  phone: z.optional(z.array(text(PHONE), PHONE).check(z.minLength(1, PHONE))),
  address: z.optional(z.union([z.literal(true), z.array(z.enum(KINDS)).check(z.minLength(1))], ADDRESS)),
  identity: isTrue,
  id: isTrue,
  identifier: isTrue,
} satisfies { readonly [Form in ParticipantForm]: z.ZodMiniType }

/** Used as they are: the order of the forms matters. */
const participants = anyOptions.check(
  matches(() => z.pipe(plainOptions, z.strictObject(forms))),
  z.refine((given) => Object.keys(given).length > 0, 'must have at least one form'),
)

const authorization = z.object({
  scheme: text('must be a non-empty string'),
  credentials: z.custom(
    (value) => typeof value === 'string' || typeof value === 'function',
    'must be a string or a function',
  ),
})

const rows = {
  in: z.custom(
    (value) => typeof value === 'string' || typeof value === 'function',
    'must be a path or a function',
  ),
  optional: z.optional(boolean),
  schema,
  normalize: callback(),
}

const shape = {
  name: text('must be a non-empty string'),
  title: z.optional(text('must be a non-empty string')),
  scope: z.string('must be a string'),
  capabilities: anyOptions,
  baseUrl: text('must be an absolute URL'),
  http: z.optional(z.unknown()), // checked with its own names
  authorization: anyOptions.check(matches(() => z.pipe(plainOptions, authorization))),
  participants,
  lookups: optionalFunction,
  listOptions: z.optional(schema),
  lists: optionalFunction,
  request: callback(),
  page: schema,
  rows: z.pipe(plainOptions, z.strictObject(rows)),
  read: callback(),
  readError: optionalFunction,
  advice: z.optional(anyOptions),
  requestIdHeaders: z.optional(z.array(z.string(), 'must be an array of strings')),
  hostOptions: z.optional(z.array(z.string(), 'must be an array of strings')),
  pageTokenIdentity: optionalFunction,
}

const description = z.pipe(plainOptions, z.strictObject(shape))

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
    names: [
      ...Object.keys(shape),
      ...Object.keys(rows).map((key) => `rows.${key}`),
      ...Object.keys(forms).map((form) => `participants.${form}`),
    ],
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
  const problem = problemOfReturned(given)
  if (problem !== null) throw new ConfigurationError(`request() of ${provider} ${problem}`, { provider })
  // Without Object.prototype, at a tenth of the cost of withoutPrototype().
  const request: PageRequest = Object.assign(Object.create(null), given)
  const [issue] = validate(pageRequest, request).issues ?? []
  if (issue === undefined) return request
  const path = pathOf(issue)
  // A string is not shown, since it may be personal data.
  const got = describeValue(valueAt(request, path), 0)
  const message = `request() of ${provider} must return a valid request: ${path.join('.')} ${issue.message}; got ${got}`
  throw new ConfigurationError(message, { provider })
}

/** @throws ResponseValidationError if `read()` returns no object, for example because `return` is missing */
export function checkPageContent(
  given: PageContent,
  provider: string,
): Pick<ListPageResult<never>, 'nextPageToken' | 'nextPageError' | 'total'> {
  checkReturned('read', given, provider)
  const content: PageContent = Object.assign(Object.create(null), given)
  const { nextPageToken = null, nextPageError, total = null } = content
  return { nextPageToken, nextPageError, total }
}

/** @throws ResponseValidationError if `rows.in()` returns no path */
export function checkRowsPath(given: string, provider: string): string {
  if (typeof given === 'string') return given
  ignoreRejection(given)
  const message = `rows.in() of ${provider} must return a path; got ${describeValue(given, 0)}`
  throw new ResponseValidationError(message, { provider })
}

/**
 * A `normalize()` that is async, or lacks its `return`, is so for every row.
 *
 * @throws ResponseValidationError
 */
export function checkNormalized(items: readonly unknown[], provider: string): void {
  const [first] = items
  if (isPromise(first)) items.forEach(ignoreRejection)
  if (items.length > 0) checkReturned('rows.normalize', first, provider)
}

/** @throws ResponseValidationError if a function of the description returns no object */
function checkReturned(name: string, given: unknown, provider: string): void {
  const problem = problemOfReturned(given)
  if (problem !== null) throw new ResponseValidationError(`${name}() of ${provider} ${problem}`, { provider })
}

/** Why a function of a description may not return a value, as the end of a sentence; null if it may. */
function problemOfReturned(value: unknown): string | null {
  if (isPromise(value)) {
    ignoreRejection(value)
    return 'must not be async: it has returned a Promise'
  }
  if (problemOfOptions(value) === null) return null
  return `must return an object; got ${describeValue(value, 0)}`
}
