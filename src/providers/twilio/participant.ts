import {
  type Hidden,
  hidden,
  type Lookup,
  type ParticipantLookup,
  unsupportedParticipant,
  withPrefix,
} from '../../adapter.ts'

/** The forms of participants that Twilio can look up. */
export type TwilioForm = 'phone' | 'address' | 'identity'

/** The one query parameter that names a participant. */
export interface TwilioLookup extends Lookup {
  readonly query: { readonly Identity?: Hidden; readonly Address?: Hidden }
}

/** Twilio's limit, in characters. */
const MAX_IDENTITY_LENGTH = 256

/** @throws UnsupportedParticipantError */
export function twilioLookups(participant: ParticipantLookup<TwilioForm>): readonly TwilioLookup[] {
  if (participant.form !== 'identity') {
    const address = withPrefix(participant)
    return [{ key: JSON.stringify({ address }), query: { Address: hidden(address) } }]
  }
  const { value: identity } = participant
  if ([...identity].length > MAX_IDENTITY_LENGTH) {
    const problem = `identity must be a string of at most ${MAX_IDENTITY_LENGTH} characters`
    throw unsupportedParticipant('twilio', problem, identity)
  }
  return [{ key: JSON.stringify({ identity }), query: { Identity: hidden(identity) } }]
}
