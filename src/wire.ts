import { parseDateTime } from './date-time.ts'
import { ResponseValidationError } from './errors.ts'

/**
 * Readers of what a provider sends. They are lenient: what is missing, null or of another type than documented is
 * null here, and the provider's own word is still in `raw`.
 */

/** A text with something in it. */
export function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** A date, from an RFC 3339 text; null where it is missing or invalid, never now. */
export function date(value: unknown): Date | null {
  if (typeof value !== 'string') return null
  const time = parseDateTime(value)
  return Number.isNaN(time) ? null : new Date(time)
}

/** A number of things. */
export function count(value: unknown): number | null {
  return typeof value === 'number' && value >= 0 ? value : null
}

/** An object that is not an array. */
export function record(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? // Narrowed to an object above; any of its properties may be of any type.
      (value as Readonly<Record<string, unknown>>)
    : null
}

/** Whose answer it is, for the message of an error. */
interface Api {
  readonly provider: string
  readonly title: string
}

/**
 * All that is asked of a list of conversations: that it is a list, or null where a server writes an empty one so, of
 * objects with an id. The rest is tolerated, and kept in `raw`.
 *
 * @throws ResponseValidationError that names the place, and what is there
 */
export function checkEntries<T>(
  list: unknown,
  place: string,
  idName: keyof T & string,
  api: Api,
): readonly T[] {
  if (list === null) return []
  if (!Array.isArray(list)) throw wrongAnswer(place, list, api)
  for (let index = 0; index < list.length; index += 1) {
    const entry: unknown = list[index]
    const fields = record(entry)
    if (fields === null) throw wrongAnswer(`${place}.${index}`, entry, api)
    if (text(fields[idName]) === null) throw wrongAnswer(`${place}.${index}.${idName}`, fields[idName], api)
  }
  // Checked above to be objects with an id; of T's other properties each may be missing.
  return list
}

/**
 * A text that decides what is asked next: nothing else may stand in its place.
 *
 * @throws ResponseValidationError
 */
export function checkText(value: unknown, place: string, api: Api): string | null {
  if (value === null || value === undefined || typeof value === 'string') return value ?? null
  throw wrongAnswer(place, value, api)
}

/** An answer, or a part of it, that has to be an object. @throws ResponseValidationError */
export function checkRecord(value: unknown, place: string, api: Api): Readonly<Record<string, unknown>> {
  const fields = record(value)
  if (fields === null) throw wrongAnswer(place, value, api)
  return fields
}

function wrongAnswer(place: string, value: unknown, { provider, title }: Api): ResponseValidationError {
  return new ResponseValidationError(
    `${title}'s answer is not as documented: ${place} is ${kindOf(value)}. Check baseUrl; if it is right, report it to the provider.`,
    { provider },
  )
}

/** What kind of value it is; the value itself may be anybody's data. */
function kindOf(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null || value === '') return value === null ? 'null' : 'empty'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
