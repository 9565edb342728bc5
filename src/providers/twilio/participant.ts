import {
  type AddressRef,
  addressOf,
  belongsTo,
  describeParticipant,
  describeValue,
  type Hidden,
  hidden,
  type IdentityRef,
  type Participant,
  type ParticipantRef,
  unsupportedParticipant,
  withPrefix,
} from '../../adapter.ts'

/** Whom Twilio can look up. */
export type TwilioParticipantRef = AddressRef | IdentityRef | Participant

/** Twilio's own limit, in characters. */
const MAX_IDENTITY_LENGTH = 256

/**
 * The one query parameter that names a participant.
 *
 * @throws UnsupportedParticipantError
 */
export function participantQuery(ref: ParticipantRef): { Identity: Hidden } | { Address: Hidden } {
  // An identity means something to Twilio only if it comes from there.
  if (ref.identity != null && belongsTo('twilio', ref)) {
    if ([...ref.identity].length > MAX_IDENTITY_LENGTH) {
      const got = describeValue(ref.identity)
      throw unsupportedParticipant(
        'twilio',
        `identity must be a string of at most ${MAX_IDENTITY_LENGTH} characters; got ${got}`,
      )
    }
    return { Identity: hidden(ref.identity) }
  }
  const address = addressOf(ref, 'twilio')
  if (address !== null) return { Address: hidden(withPrefix(address)) }
  throw unsupportedParticipant(
    'twilio',
    `must have an address or an identity; got ${describeParticipant(ref)}`,
  )
}
