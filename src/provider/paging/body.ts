import { segmentsOf } from '../paths.ts'
import type { Additions } from './pager.ts'

/** The body of a request with what the description adds; undefined if there is none. */
export function bodyWith(body: object | undefined, additions: readonly Additions[]): object | undefined {
  const entries = additions.flatMap(({ body }) => Object.entries(body))
  if (body === undefined && entries.length === 0) return undefined
  return entries.reduce((whole, [path, value]) => withValueAt(whole, segmentsOf(path), value), body ?? {})
}

/** A copy of an object with a value at a path. The objects on the way are copied or created. */
function withValueAt(holder: object, [key = '', ...rest]: readonly string[], value: unknown): object {
  const inner: unknown = Reflect.get(holder, key)
  return { ...holder, [key]: rest.length === 0 ? value : withValueAt(Object(inner ?? {}), rest, value) }
}
