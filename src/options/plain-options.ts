import { isPromise } from './promise.ts'

/**
 * The one rule for an object of options, in every call and at every depth: it is a plain object, or an instance of the
 * caller's own class.
 */

/** What is wrong with a promise in the place of options. */
export const PROMISE = 'is a Promise: did you forget await?'

/** Returns why a value is not an object of options, as the end of a sentence, or null if it is one. */
export function problemOfOptions(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'must be an object'
  if (isPromise(value)) return PROMISE
  const instance = describeInstance(value)
  return instance === null ? null : `must be a plain object; got ${instance}`
}

/** Describes an instance of one of the language's or the platform's own classes: "a Map". Returns null for other values. */
export function describeInstance(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  // "[object Map]". Plain objects and instances of the caller's classes are "[object Object]", in every realm.
  const name = Object.prototype.toString.call(value).slice('[object '.length, -1)
  if (name === 'Object' || name === 'Module') return null
  return `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`
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
