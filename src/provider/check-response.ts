import { ResponseValidationError } from '../model/errors.ts'
import { oneLine } from '../model/message.ts'
import { describeKind } from '../options/describe-value.ts'
import {
  type InputOf,
  pathOf,
  type Schema,
  type SchemaIssue,
  validate,
  valueAt,
} from '../options/standard-schema.ts'
import { SKIP_ADVICE } from './check-page.ts'
import type { InvalidConversation } from './provider.ts'

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
export function checkEnvelope<S extends Schema>(schema: S, body: unknown, owner: ResponseOwner): InputOf<S> {
  const [issue] = validate(schema, body).issues ?? []
  if (issue !== undefined) throw invalidResponse(owner, pathOf(issue), body, issue)
  // It has passed the schema.
  return body as InputOf<S>
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
export function rowsIn(body: unknown, list: string, isOptional: boolean, owner: ResponseOwner): RowList {
  const path = list === '' ? [] : list.split('.')
  const rows = valueAt(body, path)
  if (Array.isArray(rows)) return { path, rows }
  if (rows === null || (rows === undefined && isOptional)) return { path, rows: [] }
  // Shown as a whole: a name from a response may be personal data that has dots in it.
  throw invalidResponse(owner, [], rows, undefined, list === '' ? [] : [list])
}

/** Maps the valid rows to the model. */
export function readRows<S extends Schema, C>(
  { path, rows }: RowList,
  schema: S,
  normalize: (row: InputOf<S>) => C,
  owner: ResponseOwner,
): { items: readonly C[]; invalidConversations: readonly InvalidConversation[] } {
  const items: C[] = []
  const invalidConversations: InvalidConversation[] = []
  rows.forEach((row, index) => {
    const issue = validate(schema, row).issues?.[0]
    // A row without an issue has passed the schema.
    if (issue === undefined) items.push(normalize(row as InputOf<S>))
    else {
      const error = invalidResponse(owner, pathOf(issue), row, issue, [...path, index], SKIP)
      invalidConversations.push({ error, raw: row })
    }
  })
  return { items, invalidConversations }
}

const REPORT = 'Check baseUrl; if it is correct, report this to the provider.'
const SKIP = `${REPORT} ${SKIP_ADVICE}`

/**
 * The error for a response. It names the invalid place and the kind of value there, but not the value, which may be
 * personal data.
 *
 * @param holder - the path to `body` within the response
 */
function invalidResponse(
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
  return new ResponseValidationError(
    `${title}'s response is not as documented: ${place} ${problem}. ${advice}`,
    { provider: name },
  )
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
