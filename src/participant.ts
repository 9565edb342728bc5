import { type Address, parseAddress, problemOfAddress } from './address.ts'
import { describeValue, LISTING, optionError } from './check.ts'
import type { ChannelType, Participant } from './conversation.ts'
import { UnsupportedParticipantError } from './errors.ts'
import { record } from './wire.ts'

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
  const given = Object.entries(record(value) ?? {}).filter(([, content]) => content !== undefined)
  const fields = Object.fromEntries(given)
  // Narrowed by what follows: the properties of one form, each of them a text.
  const ref = fields as unknown as ParticipantRef
  const names = Object.keys(fields)
  const forms = FORMS.filter((form) => form.some((name) => names.includes(name)))
  const takes = forms.flat()
  if (!isParticipant(ref) && (forms.length !== 1 || !names.every((name) => takes.includes(name)))) {
    const got = record(value) ? `an object with ${names.join(' and ') || 'nothing'}` : describeValue(value)
    throw optionError(LISTING, 'participant', `${EXPECTED}; got ${got}`)
  }
  // A conversation's participant has null for what is not known.
  const isLeftOut = (name: string): boolean =>
    isParticipant(ref) ? fields[name] == null : name === 'channel' && !names.includes(name)
  for (const name of takes) if (!isLeftOut(name)) checkText(name, fields[name])
  if (!isParticipant(ref)) addressOf(ref)
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

const EXPECTED = 'must be one of { address }, { identity }, { id } or { identifierKey, identifierValue }'

function checkText(name: string, value: unknown): void {
  if (typeof value !== 'string') {
    throw optionError(LISTING, `participant.${name}`, `must be a string; got ${describeValue(value)}`)
  }
  if (value.trim() === '') throw malformed(name, 'must not be empty', value)
  if (/[\p{Cc}\p{Surrogate}]/u.test(value)) {
    throw malformed(name, 'must not hold control characters or lone surrogates', value)
  }
}

function malformed(name: string, problem: string, value: string): UnsupportedParticipantError {
  return new UnsupportedParticipantError(
    `${LISTING.call}: participant.${name} ${problem}; got ${describeValue(value)}`,
  )
}

/** Whether what only one provider knows means anything to this one. */
export function isKnownTo(provider: string, ref: ParticipantRef): boolean {
  return !isParticipant(ref) || ref.provider === provider
}

/** The error for a participant that a provider cannot look up. */
export function unsupported(provider: string, problem: string): UnsupportedParticipantError {
  return new UnsupportedParticipantError(`${provider}: participant ${problem}`, { provider })
}

/** How a participant is shown of which nothing can be looked up. */
export function describeParticipant(ref: ParticipantRef): string {
  return isParticipant(ref)
    ? `a participant of ${ref.provider} without an address`
    : Object.keys(ref).join(', ')
}
