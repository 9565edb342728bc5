import * as z from 'zod/mini'
import { InvalidCursorError } from '../model/errors.ts'
import { describeValue } from '../options/describe-value.ts'
import { wholeNumber } from '../options/schemas.ts'
import { pageTokenSchema } from '../provider/check-provider.ts'
import { type MarkedQuery, marksOfQuery } from './marks.ts'
import { MAX_NEIGHBORS, type Position } from './position.ts'

/** The query that a cursor belongs to. */
export interface CursorQuery extends MarkedQuery {
  readonly provider: string
  /** The maximum number of conversations on a page of the provider. */
  readonly maxPageSize: number
}

const VERSION = 2

/** Turns a position into opaque text that is safe to store, and to hand to a browser. */
export function encodeCursor(query: CursorQuery, position: Position): string {
  return encodeBase64Url(cursorText(query, position))
}

/**
 * Reads a cursor that `encodeCursor` made for the same query.
 *
 * @throws InvalidCursorError
 */
export function decodeCursor(query: CursorQuery, cursor: string): Position {
  return readCursorText(query, decodeBase64Url(cursor))
}

/** The content of a cursor, in ASCII. */
export function cursorText(query: CursorQuery, { pageToken, offset, neighbors }: Position): string {
  const { query: q, participant: w } = marksOfQuery(query)
  // A page may be larger than it should be. The offset only helps to find the neighbors.
  const i = Math.min(offset, query.maxPageSize)
  const payload = { v: VERSION, p: query.provider, q, w, t: pageToken, i, n: packMarks(neighbors) }
  return JSON.stringify(payload).replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** @throws InvalidCursorError for null, and for text that `cursorText` cannot have made for the same query */
export function readCursorText(query: CursorQuery, text: string | null): Position {
  const { provider, maxPageSize } = query
  const decoded = parse(text)
  const version = z.safeParse(versionSchema, decoded).data?.v ?? VERSION
  if (version !== VERSION) {
    throw invalidCursor(
      provider,
      `belongs to version ${version}, not to version ${VERSION}. Omit it to start from the beginning.`,
    )
  }
  const { success, data } = z.safeParse(payloadSchema, decoded)
  if (!success || data.i > maxPageSize) {
    throw invalidCursor(
      provider,
      'is damaged. Pass a nextCursor, or the cursor of an error, unchanged; or omit it to start from the beginning.',
    )
  }
  const { p, q, w, t, i, n } = data
  if (p !== provider)
    throw invalidCursor(provider, `belongs to provider ${describeValue(p)}, not to ${provider}.`)
  const marks = marksOfQuery(query)
  if (q !== marks.query || w.join() !== marks.participant.join()) {
    throw invalidCursor(
      provider,
      'belongs to another query. Account, participant, status and providerOptions must be the same.',
    )
  }
  return { pageToken: t, offset: i, neighbors: n }
}

/** The error for a cursor that cannot be used. `problem` ends the sentence. */
export function invalidCursor(provider: string, problem: string): InvalidCursorError {
  return new InvalidCursorError(`cursor ${problem}`, { provider })
}

const versionSchema = z.object({ v: z.number() })

const payloadSchema = z.object({
  p: z.string(),
  q: z.number(),
  w: z.array(z.number()),
  // A lone surrogate cannot be sent, so no cursor contains one.
  t: pageTokenSchema.check(z.refine((token) => !/\p{Surrogate}/u.test(token ?? ''))),
  i: wholeNumber(0),
  n: z.pipe(z.string().check(z.refine(isPacked)), z.transform(unpackMarks)),
})

/** Encodes two bytes for each mark, since a cursor may be part of a URL. */
function packMarks(marks: readonly number[]): string {
  return encodeBase64Url(String.fromCharCode(...marks.flatMap((mark) => [mark >> 8, mark & 255])))
}

function isPacked(packed: string): boolean {
  const bytes = packed === '' ? '' : decodeBase64Url(packed)
  return bytes !== null && bytes.length % 2 === 0 && bytes.length <= 2 * (MAX_NEIGHBORS + 1)
}

function unpackMarks(packed: string): number[] {
  const bytes = decodeBase64Url(packed) ?? ''
  return Array.from({ length: bytes.length / 2 }, (_, index) => {
    return bytes.charCodeAt(2 * index) * 256 + bytes.charCodeAt(2 * index + 1)
  })
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return null
  }
}

/** Takes text whose characters are bytes. */
export function encodeBase64Url(bytes: string): string {
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Returns null for text that `encodeBase64Url` does not make. */
export function decodeBase64Url(text: string): string | null {
  if (!/^[\w-]+$/.test(text)) return null
  try {
    const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    // The last character may have bits that are not used.
    return encodeBase64Url(bytes) === text ? bytes : null
  } catch {
    return null
  }
}
