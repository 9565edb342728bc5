import type { ChannelType, ListedParticipant, Participant } from './conversation.ts'

/**
 * The forms of a reference to a participant, by name. Types, checks and messages follow from this table and from that of
 * `participant-forms.ts`.
 */
export interface ParticipantForms {
  /** A phone number in E.164 form, an e-mail address, or a prefixed address such as `whatsapp:+12025550123`. */
  address: {
    /** The phone number, e-mail address, or prefixed address. */
    address: string
    /** The medium, if the address does not name it: `{ address: '+12025550123', channel: 'whatsapp' }`. */
    channel?: ChannelType | undefined
  }
  /** The identity of a Twilio chat user: at most 256 characters. */
  identity: {
    /** The identity, exactly as Twilio has it. */
    identity: string
  }
  /** The id of a Bird participant, or of whatever else a custom adapter looks up by id. */
  id: {
    /** The id, as in `conversation.participant.id`. */
    id: string
  }
  /** A Bird identifier: a key, such as `phonenumber` or `emailaddress`, and its value. */
  identifier: {
    /** What kind of identifier it is. */
    identifierKey: string
    /** The identifier, exactly as Bird has it. */
    identifierValue: string
  }
}

/** The name of a form of reference. */
export type ParticipantForm = keyof ParticipantForms

type PropertyOf<F extends ParticipantForm> = F extends unknown ? keyof ParticipantForms[F] : never

/** A property of any form. */
export type ParticipantProperty = PropertyOf<ParticipantForm>

/** Shows an intersection as one object in editors and errors. */
type Flat<T> = { [Name in keyof T]: T[Name] }

/** One of the forms. The properties of the others are missing, so that `{ address, identity }` does not compile. */
type OneOf<F extends ParticipantForm, Every extends ParticipantForm = F> = F extends unknown
  ? Flat<
      ParticipantForms[F] & {
        /** The name of the one provider to ask. Default: every provider that can look up this form. */
        provider?: string | undefined
      } & { [Name in Exclude<PropertyOf<Every>, keyof ParticipantForms[F]>]?: undefined }
    >
  : never

/** The participant of a conversation, whose forms are only known when it is looked up. */
type PassedBack<F extends ParticipantForm> = ListedParticipant & {
  readonly provider: [F] extends [never] ? never : string
}

/**
 * Whose conversations to list: one of these forms, or the `participant` of a conversation.
 *
 * | form | Twilio | Bird |
 * |---|---|---|
 * | `address` | yes | phone numbers and e-mail addresses |
 * | `identity` | yes | no |
 * | `id` | no | yes |
 * | `identifierKey` and `identifierValue` | no | yes |
 *
 * @typeParam F - the forms; all of them by default
 */
export type ParticipantRef<F extends ParticipantForm = ParticipantForm> = OneOf<F> | PassedBack<F>

/** Whether a reference is the participant of a conversation, rather than written by hand. Holds after JSON too. */
export function isListedParticipant(ref: object): ref is Participant {
  return 'provider' in ref && 'projectedAddress' in ref
}
