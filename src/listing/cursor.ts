import * as z from 'zod/mini'
import { InvalidCursorError } from '../model/errors.ts'
import { hasLoneSurrogate } from '../model/sendable-text.ts'
import { describeValue } from '../options/describe-value.ts'
import { wholeNumber } from '../options/schemas.ts'
import { pageTokenSchema } from '../provider/check-page.ts'
import { damagedCursor } from '../provider/damaged-cursor.ts'
import { formOfCursor } from './cursor-form.ts'
import { MARK_BYTES, type MarkedQuery, marksOfQuery } from './marks.ts'
import { MAX_SEEN, type Position } from './position.ts'

/** The query that a cursor belongs to. */
export interface CursorQuery extends MarkedQuery {
  /** The names of the providers, joined with "+". */
  readonly provider: string
  /** How many sources it has. */
  readonly sourceCount: number
}

const VERSION = 3

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
  const text = decodeBase64Url(cursor)
  if (text !== null && formOfCursor(text) === 'encrypted') {
    throw invalidCursor(
      query.provider,
      'seems to be encrypted.',
      'Set the cursorSecret that it was made with, or omit the cursor to start from the beginning.',
    )
  }
  return readCursorText(query, text)
}

/** The content of a cursor, in ASCII. */
export function cursorText(query: CursorQuery, { source, pageToken, seen }: Position): string {
  const { scope: q, lookups: w } = marksOfQuery(query)
  const payload = { v: VERSION, p: query.provider, q, w, s: source, t: pageToken, n: packMarks(seen) }
  return JSON.stringify(payload).replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** @throws InvalidCursorError for null, and for text that `cursorText` cannot have made for the same query */
export function readCursorText(query: CursorQuery, text: string | null): Position {
  const { provider, sourceCount } = query
  const decoded = parse(text)
  const version = z.safeParse(versionSchema, decoded).data?.v ?? VERSION
  if (version !== VERSION) {
    throw invalidCursor(
      provider,
      `belongs to version ${version}, not to version ${VERSION}.`,
      'Omit it to start from the beginning.',
    )
  }
  const { success, data } = z.safeParse(payloadSchema, decoded)
  if (!success) throw damagedCursor(provider)
  const { p, q, w, s, t, n } = data
  if (p !== provider) {
    throw invalidCursor(
      provider,
      `belongs to provider ${describeValue(p)}, not to ${provider}.`,
      'Pass the same providers in the same order, or omit the cursor to start from the beginning.',
    )
  }
  const marks = marksOfQuery(query)
  if (q !== marks.scope || w.join() !== marks.lookups.join()) {
    throw invalidCursor(
      provider,
      'belongs to another query.',
      'Account, participant, status and providerOptions must be the same.',
    )
  }
  if (s >= sourceCount) throw damagedCursor(provider)
  return { source: s, pageToken: t, seen: n }
}

/** The error for a cursor that cannot be used. `problem` ends the sentence. */
export function invalidCursor(
  provider: string,
  problem: string,
  advice: string | null = null,
): InvalidCursorError {
  return new InvalidCursorError(`cursor ${problem}`, { provider, advice })
}

const versionSchema = z.object({ v: z.number() })

const payloadSchema = z.object({
  p: z.string(),
  q: z.number(),
  w: z.array(z.number()),
  s: wholeNumber(0),
  // A lone surrogate cannot be sent, so no cursor contains one.
  t: pageTokenSchema.check(z.refine((token) => !hasLoneSurrogate(token ?? ''))),
  n: z.pipe(z.string().check(z.refine(isPacked)), z.transform(unpackMarks)),
})

/** Encodes the bytes of each mark, since a cursor may be part of a URL. */
function packMarks(marks: readonly number[]): string {
  return encodeBase64Url(
    toBinary(marks.flatMap((mark) => POWERS.map((power) => Math.floor(mark / power) % 256))),
  )
}

function isPacked(packed: string): boolean {
  const bytes = packed === '' ? '' : decodeBase64Url(packed)
  return bytes !== null && bytes.length % MARK_BYTES === 0 && bytes.length <= MARK_BYTES * MAX_SEEN
}

function unpackMarks(packed: string): number[] {
  const bytes = decodeBase64Url(packed) ?? ''
  return Array.from({ length: bytes.length / MARK_BYTES }, (_, index) =>
    POWERS.reduce((mark, power, byte) => mark + bytes.charCodeAt(index * MARK_BYTES + byte) * power, 0),
  )
}

/** What each byte of a mark counts. */
const POWERS = Array.from({ length: MARK_BYTES }, (_, byte) => 256 ** byte)

/** Text whose characters are bytes. */
export function toBinary(bytes: Iterable<number>): string {
  // There may be too many to pass them all as arguments.
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
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
