import { isPromise } from './promise.ts'

/** Formats an invalid value for an error message, without the password of a URL, and truncated if it is long. */
export function describeValue(value: unknown, maxLength = 80): string {
  if (value === undefined) return 'undefined'
  if (typeof value === 'function') return 'a function'
  if (Array.isArray(value)) return `an array of length ${value.length}`
  if (typeof value === 'object' && value !== null) return isPromise(value) ? 'a Promise' : 'an object'
  if (typeof value !== 'string') return String(value)
  const shown = value.replace(/\/\/.*@/s, '//***@')
  return JSON.stringify(shown.length > maxLength ? `${shown.slice(0, maxLength)}…` : shown)
}

/**
 * Says that a string begins or ends with whitespace, as the end of a sentence; '' if it does not. For messages that do not
 * show the whole string: files of environment variables often add a line break to a credential.
 */
export function describeWhitespace(value: unknown): string {
  if (typeof value !== 'string') return ''
  const places = [value.trimStart() === value ? [] : 'begins', value.trimEnd() === value ? [] : 'ends'].flat()
  return places.length === 0 ? '' : `${places.join(' and ')} with whitespace: remove it`
}

/**
 * Names the kind of a value, for an error message that must not show the value: `missing`, `null`, `a string`.
 *
 * @example
 * const wrong = z.string({ error: ({ input }) => `is ${describeKind(input)}` })
 */
export function describeKind(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (value === '') return 'empty'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
