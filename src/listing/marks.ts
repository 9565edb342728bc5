import { canonicalJson } from '../model/canonical-json.ts'

/**
 * Short marks that tell things apart without telling what they are. They guard against mistakes; they are not secret,
 * and no hash without a key can hide a phone number among so few. So a mark that depends on a person is too short to
 * lead back to one.
 */

/** Bits of a mark of a participant: each of its values fits 2,441 of ten million phone numbers. */
const PARTICIPANT_BITS = 12

/** Bits of a mark of a conversation: two bytes of a cursor. */
const CONVERSATION_BITS = 16

/** What the marks of a query are made of. */
export interface MarkedQuery {
  readonly scope: string
  /** What the provider looks up, as text. */
  readonly participant: string
  readonly statuses: readonly string[] | null
  /** Plain data. */
  readonly options: unknown
}

/** The marks of a query: of the part that says nothing about the participant, and of the participant. */
export interface QueryMarks {
  readonly query: number
  readonly participant: readonly number[]
}

/** A phone number or e-mail address within what a provider looks up. */
const PERSON = /\+\d+|[^\s"'\\/:,{}]+@[^\s"'\\/:,{}]+/g

/** Returns the marks of a query. */
export function marksOfQuery({ scope, participant, statuses, options }: MarkedQuery): QueryMarks {
  return {
    query: hash(canonicalJson([scope, statuses, options])),
    participant: marksOfParticipant(participant),
  }
}

/**
 * A person has one mark, whatever the provider, channel, scope, status and options: several cursors of one person tell
 * no more than one. The form in which the provider looks up the person is marked apart.
 */
export function marksOfParticipant(participant: string): readonly number[] {
  const people = new Set(participant.match(PERSON))
  const [person, form] =
    people.size === 0 ? [participant, ''] : [[...people].join(), participant.replace(PERSON, '')]
  return [person, form].map((text) => shorten(hash(text), PARTICIPANT_BITS))
}

/** Returns the mark of a conversation. Another salt gives another mark. */
export function markOfConversation(id: string, salt: number): number {
  return shorten(hash(`${salt}/${id}`), CONVERSATION_BITS)
}

function shorten(value: number, bits: number): number {
  return value >>> (32 - bits)
}

/** FNV-1a with 32 bits, and the end of MurmurHash3, which spreads what similar texts differ in over all of them. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}
