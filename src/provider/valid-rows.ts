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
  const refused = new Set<unknown>()
  let value = given
  // A schema may report one issue at a time.
  for (;;) {
    const { issues = [] } = validate(schema, value)
    if (issues.length === 0) return { value, invalid }
    const lists = new Map<string, readonly PropertyKey[]>()
    const rows = new Map<string, InvalidRow>()
    for (const issue of issues) {
      const path = pathOf(issue)
      const depth = path.findIndex((key, index) => isEntry(valueAt(value, path.slice(0, index)), key))
      if (depth < 0) return { issue }
      const row = path.slice(0, depth + 1)
      lists.set(path.slice(0, depth).join('/'), path.slice(0, depth))
      if (!rows.has(row.join('/'))) rows.set(row.join('/'), { issue, raw: valueAt(value, row) })
    }
    invalid.push(...rows.values())
    for (const { raw } of rows.values()) refused.add(raw)
    for (const path of lists.values()) value = without(refused, value, path)
  }
}

function isEntry(list: unknown, key: PropertyKey): boolean {
  return Array.isArray(list) && typeof key === 'number' && key in list
}

/** A copy in which the list at the path lacks these entries. */
function without(refused: ReadonlySet<unknown>, value: unknown, path: readonly PropertyKey[]): unknown {
  const [key, ...rest] = path
  if (key === undefined) return Array.isArray(value) ? value.filter((entry) => !refused.has(entry)) : value
  return { ...Object(value), [key]: without(refused, valueAt(value, [key]), rest) }
}
