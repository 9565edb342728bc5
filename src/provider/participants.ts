import { type Address, parseAddress, problemOfAddress } from '../model/address.ts'
import { canonicalJson } from '../model/canonical-json.ts'
import { UnsupportedParticipantError } from '../model/errors.ts'
import { isParticipant, type ParticipantRef } from '../model/participant.ts'
import { problemOfText } from '../model/sendable-text.ts'
import { describeValue } from '../options/describe-value.ts'
import type { ConversationProvider } from './provider.ts'

/**
 * Returns the parts of a participant's address, or null if it has no address. The form of an address that came from
 * `provider` itself is not checked, since it is what the provider has.
 *
 * @throws UnsupportedParticipantError for a malformed address
 * @example
 * const address = addressOf(participant, 'example')
 * if (address?.kind !== 'phone') throw unsupportedParticipant('example', 'must have a phone number', participant)
 */
export function addressOf(ref: ParticipantRef, provider: string): Address | null {
  if (ref.address == null) return null
  const channel = ref.channel ?? null
  const isOwn = isParticipant(ref) && ref.provider === provider
  const problem = problemOfText(ref.address) ?? (isOwn ? null : problemOfAddress(ref.address, channel))
  if (problem === null) return parseAddress(ref.address, channel)
  throw unsupportedParticipant(provider, `address ${problem}`, ref)
}

/**
 * Returns a text that is looked up, such as an id, if it can be sent. In the participant of a conversation, it is what a
 * provider has sent, which may be anything; texts of a participant written by hand have been checked.
 *
 * @param name - the property of the participant
 * @throws UnsupportedParticipantError for a text that is blank, or has control characters or lone surrogates
 * @example
 * const path = ['contacts', sendableText('example', 'address', participant.address)]
 */
export function sendableText(provider: string, name: string, text: string): string {
  const problem = problemOfText(text)
  if (problem === null) return text
  throw unsupportedParticipant(provider, `${name} ${problem}`, text)
}

/**
 * The error for a participant that a provider cannot look up.
 *
 * @param problem - the end of a sentence that starts with "participant"
 * @param got - the participant, or the invalid part of it, to be shown
 * @example
 * throw unsupportedParticipant('example', 'must have an id', participant)
 */
export function unsupportedParticipant(
  provider: string,
  problem: string,
  got?: ParticipantRef | string,
): UnsupportedParticipantError {
  const end = got === undefined ? '' : `; got ${typeof got === 'string' ? describeValue(got) : describe(got)}`
  return new UnsupportedParticipantError(`${provider}: participant ${problem}${end}`, { provider })
}

function describe(ref: ParticipantRef): string {
  if ('address' in ref && ref.address !== null) return describeValue(ref.address)
  return isParticipant(ref)
    ? `a participant of ${ref.provider} without an address`
    : Object.keys(ref).join(', ')
}

/** What may be looked up. */
const TEXTS = ['address', 'identity', 'id', 'identifierKey', 'identifierValue'] as const

/**
 * What a provider looks up for a participant, in each source if it combines several: what cursors are bound to. If the
 * provider does not say, it may be all of the participant.
 */
export function participantKeysOf(
  provider: ConversationProvider,
  participant: ParticipantRef,
): readonly string[] {
  if (provider.participantKey) return [provider.participantKey(participant)].flat()
  for (const name of TEXTS) {
    const text = participant[name]
    if (text != null) sendableText(provider.name, name, text)
  }
  return [canonicalJson(participant)]
}
