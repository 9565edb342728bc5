import { pathOf, type Schema, type SchemaIssue, validate, valueAt } from '../options/standard-schema.ts'

/** An entry of a list that does not match its schema. */
export interface InvalidRow {
  readonly issue: SchemaIssue
  readonly raw: unknown
}

/** A value without its invalid entries, or an issue that is not about the entries of a list. */
export type ValidRows =
  | { readonly value: unknown; readonly invalid: readonly InvalidRow[]; readonly issue?: undefined }
  | { readonly issue: SchemaIssue; readonly value?: undefined; readonly invalid?: undefined }

/** Validates a value and omits the entries of its lists that do not match. The value itself is not changed. */
export function validateRows(schema: Schema, given: unknown): ValidRows {
  const invalid: InvalidRow[] = []
  let value = given
  // A schema may report one issue at a time.
  for (;;) {
    const { issues = [] } = validate(schema, value)
    if (issues.length === 0) return { value, invalid }
    const lists = new Map<string, InvalidList>()
    for (const issue of issues) {
      const path = pathOf(issue)
      const depth = path.findIndex((key, index) => isEntry(valueAt(value, path.slice(0, index)), key))
      if (depth < 0) return { issue }
      const listPath = path.slice(0, depth)
      const list = lists.get(listPath.join('/')) ?? { path: listPath, rows: new Map() }
      lists.set(listPath.join('/'), list)
      const index = Number(path[depth])
      if (!list.rows.has(index)) list.rows.set(index, { issue, raw: valueAt(value, [...listPath, index]) })
    }
    for (const { path, rows } of lists.values()) {
      invalid.push(...rows.values())
      value = without(rows, value, path)
    }
  }
}

/** The invalid entries of one list, by their index. */
interface InvalidList {
  readonly path: readonly PropertyKey[]
  readonly rows: Map<number, InvalidRow>
}

function isEntry(list: unknown, key: PropertyKey): boolean {
  return Array.isArray(list) && typeof key === 'number' && key in list
}

/** A copy in which the list at the path lacks these entries. */
function without(
  rows: ReadonlyMap<number, InvalidRow>,
  value: unknown,
  path: readonly PropertyKey[],
): unknown {
  const [key, ...rest] = path
  if (key === undefined) return Array.isArray(value) ? value.filter((_, index) => !rows.has(index)) : value
  return { ...Object(value), [key]: without(rows, valueAt(value, [key]), rest) }
}
