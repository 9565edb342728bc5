import * as z from 'zod/mini'
import { InvalidCursorError } from '../model/errors.ts'
import { recordOrNull } from '../model/read.ts'
import { describeValue } from '../options/describe-value.ts'
import { wholeNumber } from '../options/schemas.ts'
import { pageTokenSchema } from '../provider/check-provider.ts'

/** A place in a listing: so many conversations after the beginning of a page. */
export interface Position {
  /** null is the first page. */
  readonly pageToken: string | null
  readonly offset: number
}

/** The query that a cursor belongs to. */
export interface CursorQuery {
  readonly provider: string
  /** From `queryFingerprint`. */
  readonly fingerprint: string
}

const VERSION = 1

/** More conversations than any page holds: a made-up offset must not send us through a whole listing. */
const MAX_OFFSET = 100_000

/** Turns a position into an opaque text that is safe to store, and to hand to a browser. */
export function encodeCursor(query: CursorQuery, { pageToken, offset }: Position): string {
  const payload = { v: VERSION, p: query.provider, q: query.fingerprint, t: pageToken, i: offset }
  // btoa takes Latin-1 only; JSON can spell everything else, lone surrogates included.
  const ascii = JSON.stringify(payload).replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return btoa(ascii).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/**
 * Reads a cursor that `encodeCursor` made for the same query.
 *
 * @throws InvalidCursorError
 */
export function decodeCursor(query: CursorQuery, cursor: string): Position {
  const refuse = (problem: string): InvalidCursorError =>
    new InvalidCursorError(`cursor ${problem}`, { provider: query.provider })

  const decoded = parse(cursor)
  const { success, data } = z.safeParse(payloadSchema, decoded)
  const version = z.safeParse(versionSchema, decoded).data?.v ?? VERSION
  if (version !== VERSION) {
    throw refuse(
      `belongs to version ${version}, not to version ${VERSION}: leave it out to start from the beginning.`,
    )
  }
  if (!success) {
    throw refuse(
      'is damaged: pass a nextCursor, or the cursor of an error, unchanged; or leave it out to start from the beginning.',
    )
  }
  const { p, q, t, i } = data
  if (p !== query.provider) throw refuse(`belongs to provider ${describeValue(p)}, not to ${query.provider}.`)
  if (q !== query.fingerprint) {
    throw refuse(
      'belongs to another query: account, participant, status and providerOptions must be the same.',
    )
  }
  return { pageToken: t, offset: i }
}

const versionSchema = z.object({ v: z.number() })

const payloadSchema = z.object({
  v: z.number(),
  p: z.string(),
  q: z.unknown(),
  // A lone surrogate cannot be sent, and is in no cursor of ours.
  t: pageTokenSchema.check(z.refine((token) => !/\p{Surrogate}/u.test(token ?? ''))),
  i: wholeNumber(0, MAX_OFFSET),
})

function parse(cursor: string): unknown {
  if (!/^[\w-]+$/.test(cursor)) return null
  try {
    return JSON.parse(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')))
  } catch {
    return null
  }
}

/**
 * A short mark of a query, to tell it from others: 64-bit FNV-1a of its parts. It is no secret and hides none: it
 * guards against mistakes, since a cursor never decides whose conversations are listed.
 */
export function queryFingerprint(parts: readonly unknown[]): string {
  let hash = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(JSON.stringify(parts, sortKeys))) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  }
  return hash.toString(36)
}

/** The same object, whatever the order its properties were written in. */
function sortKeys(_key: string, value: unknown): unknown {
  const object = recordOrNull(value)
  return object === null
    ? value
    : Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)))
}
