/** The suite has its own assertions: it runs in any test runner and says what the adapter did wrong. */

export function check(holds: boolean, problem: string): asserts holds {
  if (!holds) throw new Error(problem)
}

/** Formats a value for use in a sentence. */
export function quote(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  if (value instanceof Error) return `${value.name}: ${value.message}`
  if (value instanceof Date) return `the Date ${String(value)}`
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}

/** Checks the ids, and says which are lost, repeated, made up or in another order. */
export function checkIds(
  actual: Iterable<{ readonly id: string }>,
  expected: Iterable<{ readonly id: string }>,
  when: string,
): void {
  const got = Array.from(actual, ({ id }) => id)
  const wanted = Array.from(expected, ({ id }) => id)
  if (JSON.stringify(got) === JSON.stringify(wanted)) return
  const lost = wanted.filter((id) => !got.includes(id))
  const unknown = got.filter((id) => !wanted.includes(id))
  const repeated = got.filter((id, index) => got.indexOf(id) !== index)
  const problems = [
    lost.length > 0 && `it loses ${lost.join(', ')}`,
    repeated.length > 0 && `it repeats ${repeated.join(', ')}`,
    unknown.length > 0 && `it yields the ids ${unknown.map(quote).join(', ')}, which the provider never sent`,
  ].filter(Boolean)
  throw new Error(
    `${when}, ${problems.length === 0 ? `the order is ${got.join(', ')} instead of ${wanted.join(', ')}` : problems.join(', and ')}`,
  )
}

/** Returns what an iteration yields until it throws, and the error. */
export async function collectUntilError<T>(
  iterable: AsyncIterable<T>,
): Promise<{ items: T[]; error: unknown }> {
  const items: T[] = []
  try {
    for await (const item of iterable) items.push(item)
  } catch (error) {
    return { items, error }
  }
  return { items, error: undefined }
}

/** Returns what a call throws or rejects with; undefined if it does neither. */
export async function errorOf(call: () => Promise<unknown>): Promise<unknown> {
  try {
    await call()
    return undefined
  } catch (error) {
    return error
  }
}

/** Whether two values are the same in JSON. */
export function sameJson(left: unknown, right: unknown): boolean {
  return JSON.stringify(left, sortKeys) === JSON.stringify(right, sortKeys)
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
