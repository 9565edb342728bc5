import * as z from 'zod/mini'
import { recordOrNull } from '../model/read.ts'

/** An object that JSON represents exactly. */
export const plainObject: z.ZodMiniType<object> = z.custom<object>(
  (value) => recordOrNull(value) !== null && isPlainData(value),
  'must be a JSON-serializable object',
)

function isPlainData(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return value == null || Number.isFinite(value) || /^(string|boolean)$/.test(typeof value)
  }
  // An object of another realm has another Object.prototype.
  const prototype: unknown = Object.getPrototypeOf(value)
  const isPlain = Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null
  return isPlain && Object.values(value).every(isPlainData)
}
