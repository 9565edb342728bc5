import { type Address, parseAddress, problemOfAddress } from '../model/address.ts'
import { canonicalJson } from '../model/canonical-json.ts'
import { UnsupportedParticipantError } from '../model/errors.ts'
import { isParticipant, type ParticipantRef } from '../model/participant.ts'
import { describeValue } from '../options/describe-value.ts'
import type { ConversationProvider } from './provider.ts'

/**
 * Returns the parts of a participant's address, or null if it has no address. An address that came from `provider` itself
 * is not checked, since it is what the provider has.
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
  const problem = isOwn ? null : problemOfAddress(ref.address, channel)
  if (problem === null) return parseAddress(ref.address, channel)
  throw unsupportedParticipant(provider, `address ${problem}`, ref)
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

/** What a provider looks up for a participant, in each source if it combines several: what cursors are bound to. */
export function participantKeysOf(
  provider: ConversationProvider,
  participant: ParticipantRef,
): readonly string[] {
  return [provider.participantKey?.(participant) ?? canonicalJson(participant)].flat()
}
