/**
 * Copies an object without `Object.prototype`: properties that somebody has added there are not options. Properties of
 * the caller's own classes, such as methods, are copied too, but are not enumerable. Anything other than an object is
 * returned unchanged.
 */
export function ownProperties<T>(value: T): T
export function ownProperties(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const copy: Record<string, unknown> = Object.create(null)
  for (let level: object | null = value; level !== null; level = Object.getPrototypeOf(level)) {
    // The Object.prototype of this realm or another.
    if (level !== value && Object.getPrototypeOf(level) === null) break
    for (const name of Object.getOwnPropertyNames(level)) {
      if (name in copy) continue
      copy[name] = Reflect.get(value, name)
      if (level === value && Object.prototype.propertyIsEnumerable.call(value, name)) continue
      Object.defineProperty(copy, name, { enumerable: false })
    }
  }
  return copy
}
