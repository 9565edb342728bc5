import { recordOrNull } from './read.ts'

/** The same JSON for equal data, whatever the order of its properties. */
export function canonicalJson(data: unknown): string {
  return JSON.stringify(data, (_key, value: unknown) => {
    const object = recordOrNull(value)
    return object === null
      ? value
      : Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
