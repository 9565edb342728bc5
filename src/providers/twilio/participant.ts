import { withPrefix } from '../../address.ts'
import { describeValue } from '../../check.ts'
import type { Participant } from '../../conversation.ts'
import { UnsupportedParticipantError } from '../../errors.ts'
import {
  type AddressRef,
  addressOf,
  type IdentityRef,
  isParticipant,
  type ParticipantRef,
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
  const identity = identityOf(ref)
  if (identity !== null) {
    if ([...identity].length > MAX_IDENTITY_LENGTH) {
      throw refuse(
        `identity is longer than ${MAX_IDENTITY_LENGTH} characters; got ${describeValue(identity)}`,
      )
    }
    return { Identity: identity }
  }
  const address = addressOf(ref, 'twilio')
  if (address !== null) return { Address: withPrefix(address) }
  const got = isParticipant(ref)
    ? `a participant of ${ref.provider} without an address`
    : Object.keys(ref).join(', ')
  throw refuse(`must have an address or an identity; got ${got}`)
}

/** An identity means something to Twilio only if it comes from there. */
function identityOf(ref: ParticipantRef): string | null {
  if (!('identity' in ref) || (isParticipant(ref) && ref.provider !== 'twilio')) return null
  return ref.identity
}

function refuse(problem: string): UnsupportedParticipantError {
  return new UnsupportedParticipantError(`twilio: participant ${problem}`, { provider: 'twilio' })
}
