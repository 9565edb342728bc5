import {
  type AddressRef,
  addressOf,
  belongsTo,
  type Hidden,
  hidden,
  type IdentityRef,
  type Participant,
  type ParticipantRef,
  sendableText,
  unsupportedParticipant,
  withPrefix,
} from '../../adapter.ts'

/** The participants that Twilio can look up. */
export type TwilioParticipantRef = AddressRef | IdentityRef | Participant

/** Twilio's limit, in characters. */
const MAX_IDENTITY_LENGTH = 256

/**
 * The one query parameter that names a participant.
 *
 * @throws UnsupportedParticipantError
 */
export function participantQuery(ref: ParticipantRef): { Identity?: Hidden; Address?: Hidden } {
  // Identities of other providers mean nothing here.
  if (ref.identity != null && belongsTo('twilio', ref)) {
    if ([...ref.identity].length > MAX_IDENTITY_LENGTH) {
      const problem = `identity must be a string of at most ${MAX_IDENTITY_LENGTH} characters`
      throw unsupportedParticipant('twilio', problem, ref.identity)
    }
    return { Identity: hidden(sendableText('twilio', 'identity', ref.identity)) }
  }
  const address = addressOf(ref, 'twilio')
  if (address !== null) return { Address: hidden(withPrefix(address)) }
  throw unsupportedParticipant('twilio', 'must have an address or an identity', ref)
}
