import type { ConversationStatus } from './conversation.ts'
import { parseDateTime } from './date-time.ts'

/**
 * Lenient readers of what a provider sends. They return null for what is missing, null or of another type; the
 * provider's own value stays in `raw`.
 */

/**
 * Returns a string that is not empty; null for anything else.
 *
 * @example
 * const title = textOrNull(raw.name) // '' is null
 */
export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/**
 * Returns the date of an RFC 3339 string; null for anything else.
 *
 * @example
 * const createdAt = dateOrNull(raw.created_at)
 */
export function dateOrNull(value: unknown): Date | null {
  if (typeof value !== 'string') return null
  const time = parseDateTime(value)
  return Number.isNaN(time) ? null : new Date(time)
}

/**
 * Returns the date of a number of seconds since 1970, which may have decimals; null for anything else.
 *
 * @example
 * const createdAt = dateFromSeconds(raw.created_at) // 1701292649
 */
export function dateFromSeconds(value: unknown): Date | null {
  return typeof value === 'number' ? dateFromMilliseconds(value * 1000) : null
}

/**
 * Returns the date of a number of milliseconds since 1970; null for anything else.
 *
 * @example
 * const createdAt = dateFromMilliseconds(raw.createdAt) // 1701292649333
 */
export function dateFromMilliseconds(value: unknown): Date | null {
  const date = new Date(typeof value === 'number' ? Math.round(value) : Number.NaN)
  return Number.isNaN(date.getTime()) ? null : date
}

/**
 * Returns a number that is finite and not negative; null for anything else.
 *
 * @example
 * const active = countOrNull(raw.participant_count)
 */
export function countOrNull(value: unknown): number | null {
  return typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY ? value : null
}

/**
 * Returns an object that is not an array; null for anything else.
 *
 * @example
 * const attributes = recordOrNull(raw.attributes) ?? {}
 */
export function recordOrNull(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? // Narrowed to an object above; any of its properties may be of any type.
      (value as Readonly<Record<string, unknown>>)
    : null
}

/**
 * Returns a status if it is one of these, for a provider that uses the model's words; `'unknown'` for anything else.
 *
 * @example
 * const status = statusOrUnknown(raw.status, ['active', 'closed'])
 */
export function statusOrUnknown(value: unknown, statuses: readonly ConversationStatus[]): ConversationStatus {
  // It is compared with each of them.
  const status = value as ConversationStatus
  return statuses.includes(status) ? status : 'unknown'
}
