import { type Address, parseAddress, problemOfAddress } from './address.ts'
import { describeValue, LISTING, optionError } from './check.ts'
import type { ChannelType, Participant } from './conversation.ts'
import { UnsupportedParticipantError } from './errors.ts'

/** By phone number in E.164 form, e-mail address, or prefixed address such as `whatsapp:+12025550123`. */
export interface AddressRef {
  address: string
  /** The medium of the address, where the address alone does not tell: `{ address: '+12025550123', channel: 'whatsapp' }`. */
  channel?: ChannelType | undefined
}

/** By the identity of a Twilio chat user: at most 256 characters. */
export interface IdentityRef {
  identity: string
}

/** By the id of a Bird participant. */
export interface IdRef {
  id: string
}

/** By a Bird identifier, such as `phonenumber` or `emailaddress` and its value. */
export interface IdentifierRef {
  identifierKey: string
  identifierValue: string
}

/**
 * Whose conversations to list: exactly one of these forms, or the `participant` of a conversation.
 *
 * | form | Twilio | Bird |
 * |---|---|---|
 * | `address` | yes | phone numbers and e-mail addresses |
 * | `identity` | yes | no |
 * | `id` | no | yes |
 * | `identifierKey` and `identifierValue` | no | yes |
 */
export type ParticipantRef = AddressRef | IdentityRef | IdRef | IdentifierRef | Participant

/** Every way to name a participant, with the properties that each takes. */
const FORMS: readonly (readonly string[])[] = [
  ['address', 'channel'],
  ['identity'],
  ['id'],
  ['identifierKey', 'identifierValue'],
]

/** A conversation's participant, as opposed to a reference written by hand. It survives JSON. */
export function isParticipant(ref: ParticipantRef): ref is Participant {
  return 'provider' in ref
}

/**
 * Checks what holds for every provider: one form, and texts that can be sent. Returns a copy, without what is
 * undefined.
 *
 * @throws ConfigurationError where the code that calls is wrong, UnsupportedParticipantError where the data is
 */
export function checkParticipantForm(value: unknown): ParticipantRef {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw optionError(LISTING, 'participant', `${EXPECTED}; got ${describeValue(value)}`)
  }
  const given = Object.entries(value).filter(([, content]) => content !== undefined)
  // Narrowed by what follows: the properties of one form, each of them a text.
  const ref = Object.fromEntries(given) as unknown as ParticipantRef
  if (isParticipant(ref)) {
    for (const name of FORMS.flat()) {
      const content: unknown = Reflect.get(ref, name)
      if (content !== null && content !== undefined) checkText(name, content)
    }
    return ref
  }

  const names = given.map(([name]) => name)
  const forms = FORMS.filter((form) => form.some((name) => names.includes(name)))
  const unknown = names.filter((name) => !FORMS.flat().includes(name))
  if (unknown.length > 0 || forms.length !== 1) {
    const got = names.length === 0 ? 'an empty object' : `an object with ${names.join(' and ')}`
    throw optionError(LISTING, 'participant', `${EXPECTED}; got ${got}`)
  }
  for (const name of forms[0] ?? []) {
    if (name !== 'channel' || names.includes(name)) checkText(name, Reflect.get(ref, name))
  }
  if ('address' in ref) addressOf(ref)
  return ref
}

/**
 * The address of a participant, taken apart; null where there is none. What a provider itself has given is not checked
 * when it goes back there: `ownProvider` matches exactly what it has.
 *
 * @throws UnsupportedParticipantError
 */
export function addressOf(ref: ParticipantRef, ownProvider?: string): Address | null {
  if (!('address' in ref) || ref.address === null) return null
  const channel = ref.channel ?? null
  const isOwn = isParticipant(ref) && ref.provider === ownProvider
  const problem = isOwn ? null : problemOfAddress(ref.address, channel)
  if (problem !== null) throw malformed('address', problem, ref.address)
  return parseAddress(ref.address, channel)
}

const EXPECTED =
  'must be named in exactly one way: { address }, { identity }, { id } or { identifierKey, identifierValue }'

function checkText(name: string, value: unknown): void {
  if (typeof value !== 'string') {
    throw optionError(LISTING, `participant.${name}`, `must be a string; got ${describeValue(value)}`)
  }
  if (value.trim() === '') throw malformed(name, 'must not be empty', value)
  if (/\p{Cc}/u.test(value)) throw malformed(name, 'must not hold control characters', value)
  if (/\p{Surrogate}/u.test(value))
    throw malformed(name, 'must not hold half a character (a lone surrogate)', value)
}

function malformed(name: string, problem: string, value: string): UnsupportedParticipantError {
  return new UnsupportedParticipantError(
    `${LISTING.call}: participant.${name} ${problem}; got ${describeValue(value)}`,
  )
}
