import type { WireConversation } from './wire-page.ts'

/** Changes to what `respond()` has returned, for providers that send something else than they document. */

/** The body of a response, parsed from JSON; undefined if it is not JSON. */
export async function jsonOf(response: Response): Promise<unknown> {
  try {
    return JSON.parse(await response.clone().text())
  } catch {
    return undefined
  }
}

/** The same response with another body. */
export function withBody(response: Response, body: unknown): Response {
  const headers = new Headers(response.headers)
  headers.delete('content-length')
  return new Response(JSON.stringify(body), { status: response.status, headers })
}

/** Removes the lists that contain conversations; null if there are none. */
export function withoutLists(body: unknown, conversations: readonly WireConversation[]): unknown {
  const ids = conversations.map(({ id }) => id)
  const isList = (value: unknown): boolean =>
    Array.isArray(value) && value.length > 0 && ids.some((id) => contains(value, id))
  if (isList(body)) return {}
  return changed(body, (value) => (isList(value) ? REMOVED : value))
}

/** Whether a body has a list, even an empty one. */
export function hasList(value: unknown): boolean {
  if (Array.isArray(value)) return true
  return typeof value === 'object' && value !== null && Object.values(value).some(hasList)
}

/** Replaces the id of a conversation, wherever it is; null if it is nowhere. */
export function withId(body: unknown, id: string, replacement: unknown): unknown {
  return changed(body, (value) => (isId(value, id) ? replacement : value))
}

/** Replaces the row of a conversation: the element of the outermost list that has its id. null if there is none. */
export function withRow(body: unknown, id: string, replacement: unknown): unknown {
  const isListOf = (value: unknown): value is unknown[] => Array.isArray(value) && contains(value, id)
  return changed(body, (value) =>
    isListOf(value) ? value.map((row) => (contains(row, id) ? replacement : row)) : value,
  )
}

/** In place of a value: the property is removed. */
export const REMOVED: unique symbol = Symbol('removed')

/** A copy in which some values are replaced; null if none is. What has been replaced is not searched further. */
function changed(body: unknown, replace: (value: unknown) => unknown): unknown {
  let isChanged = false
  const copy = (value: unknown): unknown => {
    const replaced = replace(value)
    if (replaced !== value) {
      isChanged = true
      return replaced
    }
    if (Array.isArray(value)) return value.map(copy).filter((item) => item !== REMOVED)
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).map(([name, inner]) => [name, copy(inner)] as const)
    return Object.fromEntries(entries.filter(([, inner]) => inner !== REMOVED))
  }
  const result = copy(body)
  return isChanged ? result : null
}

/** Whether a value is an id or has it somewhere. */
export function contains(value: unknown, id: string): boolean {
  if (typeof value !== 'object' || value === null) return isId(value, id)
  return Object.values(value).some((inner) => contains(inner, id))
}

function isId(value: unknown, id: string): boolean {
  return value === id || (typeof value === 'number' && String(value) === id)
}
