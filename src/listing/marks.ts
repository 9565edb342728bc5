import { canonicalJson } from '../model/canonical-json.ts'
import { shortestForm } from '../model/phone-variants.ts'

/**
 * Marks are short hashes that distinguish things. They guard against mistakes, and are not secret: there are so few phone
 * numbers that a hash without a key cannot hide one. The mark of a person therefore has so few bits that many people share it.
 */

/** Bits of a person's mark: one in 4,096 people has the same, or 2,441 of ten million phone numbers. */
const PARTICIPANT_BITS = 12

/** What the marks of a query are computed from. */
export interface MarkedQuery {
  /** Everything but the participants, as text or plain data. */
  readonly scope: unknown
  /** What is looked up, as text: the key of each lookup, in order. */
  readonly lookups: readonly string[]
}

/** The marks of a query: one of the part that does not depend on the participant, and two of each lookup. */
export interface QueryMarks {
  readonly scope: number
  readonly lookups: readonly number[]
}

/** An e-mail address, a phone number or the id of a WhatsApp user within what a provider looks up. */
const PERSON = /[^\s"'\\/:,{}[\]]+@[^\s"'\\/:,{}[\]]+|\+\d+|\b[A-Z]{2}(?:\.ENT)?\.[A-Za-z0-9]+/g

const knownMarks = /* @__PURE__ */ new WeakMap<MarkedQuery, QueryMarks>()

/** Returns the marks of a query, which are the same in all its cursors. */
export function marksOfQuery(query: MarkedQuery): QueryMarks {
  const marks = knownMarks.get(query) ?? computeMarks(query)
  knownMarks.set(query, marks)
  return marks
}

function computeMarks({ scope, lookups }: MarkedQuery): QueryMarks {
  const distinct = [...new Set(lookups)]
  const order = lookups.map((key) => distinct.indexOf(key))
  return {
    scope: hash(canonicalJson([scope, order])),
    // Each is marked as in a listing of its own, so that a cursor of several reveals no more.
    lookups: distinct.flatMap(marksOfLookup),
  }
}

/**
 * A person has one mark, whatever the provider, channel, scope, status and options, so several cursors of one person
 * reveal no more than one. Both forms of a phone number have the same. How the provider looks up the person has a mark of
 * its own.
 */
export function marksOfLookup(key: string): readonly number[] {
  const people = [...new Set(key.match(PERSON)?.map(shortestForm))].join()
  const form = key.replace(PERSON, (person) => (person === shortestForm(person) ? '' : 'long'))
  return [people, form].map((text) => shorten(hash(text), PARTICIPANT_BITS))
}

/** Bytes of the mark of a conversation or a page token: enough that no two in a listing have the same by chance. */
export const MARK_BYTES = 6

/** Returns the mark of a conversation's id, or of a page token. */
export function markOf(text: string): number {
  return hash(text) * 2 ** 16 + shorten(hash(`/${text}`), 16)
}

function shorten(value: number, bits: number): number {
  return value >>> (32 - bits)
}

/** 32-bit FNV-1a with the finalizer of MurmurHash3, which spreads the differences of similar texts over all bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}
