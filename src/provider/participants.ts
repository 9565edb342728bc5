import { type Address, parseAddress, problemOfAddress } from '../model/address.ts'
import { UnsupportedParticipantError } from '../model/errors.ts'
import { isParticipant, type ParticipantRef } from '../model/participant.ts'
import { describeValue } from '../options/describe-value.ts'

/**
 * Returns the address of a participant, in its parts; null if it has none. An address that came from `provider` itself
 * is taken as it is: it matches exactly what the provider has.
 *
 * @throws UnsupportedParticipantError for a malformed address
 */
export function addressOf(ref: ParticipantRef, provider: string): Address | null {
  if (ref.address == null) return null
  const channel = ref.channel ?? null
  const isOwn = isParticipant(ref) && ref.provider === provider
  const problem = isOwn ? null : problemOfAddress(ref.address, channel)
  if (problem === null) return parseAddress(ref.address, channel)
  throw unsupportedParticipant(provider, `address ${problem}; got ${describeValue(ref.address)}`)
}

/** The error for a participant that a provider cannot look up. `problem` ends the sentence. */
export function unsupportedParticipant(provider: string, problem: string): UnsupportedParticipantError {
  return new UnsupportedParticipantError(`${provider}: participant ${problem}`, { provider })
}

/** Names a participant that cannot be looked up, for an error message. */
export function describeParticipant(ref: ParticipantRef): string {
  return isParticipant(ref)
    ? `a participant of ${ref.provider} without an address`
    : Object.keys(ref).join(', ')
}
