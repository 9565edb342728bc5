import * as z from 'zod/mini'
import { recordOrNull } from '../model/read.ts'

/** Deeper objects are refused: they may come from a user, and would exhaust the stack. */
const MAX_DEPTH = 100

/** An object that JSON represents exactly. */
export const plainObject: z.ZodMiniType<object, object> = z.custom<object>(
  (value) => recordOrNull(value) !== null && isPlainData(value, []),
  'must be a JSON-serializable object',
)

function isPlainData(value: unknown, holders: readonly object[]): boolean {
  if (typeof value !== 'object' || value === null) {
    return value == null || Number.isFinite(value) || /^(string|boolean)$/.test(typeof value)
  }
  // An object of another realm has another Object.prototype.
  const prototype: unknown = Object.getPrototypeOf(value)
  const isPlain = Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null
  if (!isPlain || holders.length === MAX_DEPTH || holders.includes(value)) return false
  return Object.values(value).every((inner) => isPlainData(inner, [...holders, value]))
}
