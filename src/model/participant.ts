import type { ChannelType, Participant } from './conversation.ts'

/** The properties of other forms, so that `{ address, identity }` does not compile. */
type Without<Names extends 'address' | 'channel' | 'identity' | 'id' | 'identifierKey' | 'identifierValue'> =
  {
    [Name in Names]?: undefined
  }

/** A phone number in E.164 form, an e-mail address, or a prefixed address such as `whatsapp:+12025550123`. */
export interface AddressRef extends Without<'identity' | 'id' | 'identifierKey' | 'identifierValue'> {
  /** The phone number, e-mail address, or prefixed address. */
  address: string
  /** The medium, if the address does not name it: `{ address: '+12025550123', channel: 'whatsapp' }`. */
  channel?: ChannelType | undefined
}

/** The identity of a Twilio chat user: at most 256 characters. */
export interface IdentityRef
  extends Without<'address' | 'channel' | 'id' | 'identifierKey' | 'identifierValue'> {
  /** The identity, exactly as Twilio has it. */
  identity: string
}

/** The id of a Bird participant. */
export interface IdRef
  extends Without<'address' | 'channel' | 'identity' | 'identifierKey' | 'identifierValue'> {
  /** The id, as in `conversation.participant.id`. */
  id: string
}

/** A Bird identifier: a key, such as `phonenumber` or `emailaddress`, and its value. */
export interface IdentifierRef extends Without<'address' | 'channel' | 'identity' | 'id'> {
  /** What kind of identifier it is. */
  identifierKey: string
  /** The identifier, exactly as Bird has it. */
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

/** Whether a reference is the participant of a conversation, rather than written by hand. Holds after JSON too. */
export function isParticipant(ref: ParticipantRef): ref is Participant {
  return 'provider' in ref
}

/**
 * Whether the ids and identities of a participant belong to a provider. Those written by hand belong to any.
 *
 * @example
 * if (!belongsTo('example', participant)) throw unsupportedParticipant('example', 'has an id of another provider')
 */
export function belongsTo(provider: string, ref: ParticipantRef): boolean {
  return !isParticipant(ref) || ref.provider === provider
}
