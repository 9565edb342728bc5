import { ResponseValidationError } from '../model/errors.ts'
import { oneLine } from '../model/message.ts'
import { recordOrNull } from '../model/read.ts'
import { describeKind } from '../options/describe-value.ts'
import { pathOf, type Schema, type SchemaIssue, validate, valueAt } from '../options/standard-schema.ts'

/** Whose responses are checked: the adapter's name, and the provider's in sentences. */
export interface ResponseOwner {
  readonly name: string
  readonly title: string
}

/**
 * Checks a response, apart from its rows.
 *
 * @throws ResponseValidationError
 */
export function checkEnvelope<Page>(
  schema: Schema<Page> | undefined,
  body: unknown,
  owner: ResponseOwner,
): Page {
  const [issue] = (schema && validate(schema, body).issues) ?? []
  if (issue !== undefined) throw invalidResponse(owner, pathOf(issue), body, issue)
  // It has passed the schema; without one, a page may be anything.
  return body as Page
}

/** The list of a page, and what it is called there. */
export interface RowList {
  readonly path: readonly string[]
  readonly rows: readonly unknown[]
}

/**
 * Finds the list of a page. null in place of an empty list is tolerated.
 *
 * @throws ResponseValidationError
 */
export function rowsIn(
  body: unknown,
  list: string,
  isOptional: boolean | undefined,
  owner: ResponseOwner,
): RowList {
  const path = list === '' ? [] : list.split('.')
  const rows = valueAt(body, path)
  if (Array.isArray(rows)) return { path, rows }
  if ((rows === null && path.length > 0) || (rows == null && isOptional)) return { path, rows: [] }
  if (path.length > 0 && recordOrNull(body) === null) throw invalidResponse(owner, [], body)
  // Shown as a whole: a name from a response may be personal data that has dots in it.
  throw invalidResponse(owner, [], rows, undefined, list === '' ? [] : [list])
}

/** What to do about a response that is not as documented. */
export const REPORT = 'Check baseUrl; if it is correct, report this to the provider.'

/**
 * The error for a response. It names the invalid place and the kind of value there, but not the value, which may be
 * personal data.
 *
 * @param holder - the path to `body` within the response
 */
export function invalidResponse(
  { name, title }: ResponseOwner,
  issuePath: readonly PropertyKey[],
  body: unknown,
  issue?: SchemaIssue,
  holder: readonly PropertyKey[] = [],
  advice = REPORT,
): ResponseValidationError {
  const told = issue?.message.startsWith('is ') ? oneLine(issue.message) : null
  const path = told === null ? existingPath(issuePath, body) : issuePath
  const problem = told ?? `is ${describeKind(valueAt(body, path))}`
  const place = [...holder, ...path].map(shownKey).join('.') || 'the body'
  return new ResponseValidationError(`${title}'s response is not as documented: ${place} ${problem}.`, {
    provider: name,
    advice,
  })
}

/** The beginning of a path that exists: null and strings have nothing in them. */
function existingPath(path: readonly PropertyKey[], body: unknown): readonly PropertyKey[] {
  const end = path.findIndex((_, index) => {
    const holder = valueAt(body, path.slice(0, index))
    return Object(holder) !== holder
  })
  return end === -1 ? path : path.slice(0, end)
}

/** A name from a response may be anything, such as personal data, so that only what looks like one is shown. */
function shownKey(key: PropertyKey): string {
  return typeof key === 'number' || /^(\d{1,4}|[@$]?[a-z_][\w.-]{0,40})$/i.test(String(key))
    ? String(key)
    : '***'
}
