/**
 * The one rule for an object of options, in every call and at every depth: it is a plain object, or an instance of the
 * caller's own class.
 */

/** Returns why a value is not an object of options, as the end of a sentence, or null if it is one. */
export function problemOfOptions(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'must be an object'
  const kind = kindOf(value)
  if (kind === 'Promise') return 'is a Promise: did you forget await?'
  return kind === null ? null : `must be a plain object; got ${/^[AEIOU]/.test(kind) ? 'an' : 'a'} ${kind}`
}

/** The name of the language's or the platform's own class that a value is an instance of; null for any other object. */
function kindOf(value: object): string | null {
  if (isPromise(value)) return 'Promise'
  // "[object Map]". Plain objects and instances of the caller's classes are "[object Object]", in every realm.
  const tag = Object.prototype.toString.call(value).slice('[object '.length, -1)
  return tag === 'Object' || tag === 'Module' ? null : tag
}

/** Also one of another realm, or of another library. */
export function isPromise(value: object): boolean {
  return 'then' in value && typeof value.then === 'function'
}

/**
 * Copies an object without what somebody has added to `Object.prototype`. What the caller's own classes give, such as
 * methods and accessors, is copied too, but is not enumerable. Anything other than an object is returned unchanged.
 */
export function withoutPrototype<T>(value: T): T
export function withoutPrototype(value: unknown): unknown {
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
