import { withPrefix } from '../../address.ts'
import { describeValue } from '../../check.ts'
import type { Participant } from '../../conversation.ts'
import {
  type AddressRef,
  addressOf,
  describeParticipant,
  type IdentityRef,
  isKnownTo,
  type ParticipantRef,
  unsupported,
} from '../../participant.ts'

/** Whom Twilio can look up. */
export type TwilioParticipantRef = AddressRef | IdentityRef | Participant

/** Twilio's own limit, in characters. */
const MAX_IDENTITY_LENGTH = 256

/**
 * The one query parameter that names a participant.
 *
 * @throws UnsupportedParticipantError
 */
export function participantQuery(ref: ParticipantRef): { Identity: string } | { Address: string } {
  // An identity means something to Twilio only if it comes from there.
  if ('identity' in ref && ref.identity !== null && isKnownTo('twilio', ref)) {
    if ([...ref.identity].length > MAX_IDENTITY_LENGTH) {
      const got = describeValue(ref.identity)
      throw unsupported(
        'twilio',
        `identity must be a string of at most ${MAX_IDENTITY_LENGTH} characters; got ${got}`,
      )
    }
    return { Identity: ref.identity }
  }
  const address = addressOf(ref, 'twilio')
  if (address !== null) return { Address: withPrefix(address) }
  throw unsupported('twilio', `must have an address or an identity; got ${describeParticipant(ref)}`)
}
