import * as z from 'zod/mini'
import { ConfigurationError, ResponseValidationError } from '../model/errors.ts'
import { recordOrNull } from '../model/read.ts'
import { describeValue } from '../options/describe-value.ts'
import { problemOfOptions } from '../options/plain-options.ts'
import { ignoreRejection, isPromise } from '../options/promise.ts'
import { pathOf, validate, valueAt } from '../options/standard-schema.ts'
import type { PageRequest } from './api.ts'

/** Checks what the functions of a description return, since custom adapters may be written without types. */

const isHidden = (value: unknown): boolean => typeof valueAt(value, ['hidden']) === 'string'
const SEGMENTS = 'must be an array of strings, numbers, or values from hidden()'
const segment = z.custom((value) => ['string', 'number'].includes(typeof value) || isHidden(value), SEGMENTS)
const VALUE =
  'must be a string, a number, a boolean, a value from hidden(), an array of these, null or undefined'
const isQueryItem = (value: unknown): boolean =>
  ['string', 'number', 'boolean'].includes(typeof value) || isHidden(value)
const queryValue = z.custom(
  (value) => value == null || (Array.isArray(value) ? value.every(isQueryItem) : isQueryItem(value)),
  VALUE,
)
const pageRequest = z.object({
  path: z.array(segment, SEGMENTS),
  query: z.optional(z.record(z.string(), queryValue, 'must be an object')),
  body: z.optional(z.custom((value) => recordOrNull(value) !== null, 'must be an object')),
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

/**
 * The path to the list of a page.
 *
 * @throws ResponseValidationError if `rows.in()` returns no path
 */
export function checkRowsPath<Page>(
  given: string | ((page: Page) => string) | undefined,
  page: Page,
  provider: string,
): string {
  if (typeof given !== 'function') return given ?? ''
  const path: unknown = given(page)
  if (typeof path === 'string') return path
  ignoreRejection(path)
  const message = `rows.in() of ${provider} must return a path; got ${describeValue(path, 0)}`
  throw new ResponseValidationError(message, { provider })
}

/** @throws ResponseValidationError if a function of the description returns no object */
export function checkReturned(name: string, given: unknown, provider: string): void {
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
