import type { ChannelType, ListedParticipant, Participant } from './conversation.ts'

// Types, checks and messages follow from this table and from that of `participant-forms.ts`.
/** The forms in which a participant can be passed, by name. */
export interface ParticipantForms {
  /** A phone number on every channel: SMS, WhatsApp and RCS on Twilio, all that use phone numbers on Bird. */
  phone: {
    /** The phone number in E.164 form: `+12025550123`. */
    phone: string
    /**
     * Only these channels: `['sms', 'whatsapp']`. On Bird, the channels of `channelId` are listed, and this only decides which
     * forms of the number are looked up. Default: every channel.
     */
    channels?: readonly ChannelType[] | undefined
    /**
     * Whether to look up the second form that a number may have in Brazil, Mexico and Argentina, where providers store
     * either. Default: true.
     */
    variants?: boolean | undefined
  }
  /**
   * One address, exactly as it is: an e-mail address, a phone number in E.164 form on one channel, or a prefixed address such
   * as `whatsapp:+12025550123`.
   */
  address: {
    /** The e-mail address, phone number, or prefixed address. */
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

/** The name of a form in which a participant can be passed. */
export type ParticipantForm = keyof ParticipantForms

type PropertyOf<F extends ParticipantForm> = F extends unknown ? keyof ParticipantForms[F] : never

/** A property of any form. */
export type ParticipantProperty = PropertyOf<ParticipantForm>

/** Shows an intersection as one object in editors and errors. */
type Flat<T> = { [Name in keyof T]: T[Name] }

/** One of the forms, without the properties of the others: `{ address, identity }` is a type error. */
type OneOf<F extends ParticipantForm, Every extends ParticipantForm = F> = F extends unknown
  ? Flat<
      ParticipantForms[F] & {
        /** The name of the only provider to list. Default: every provider that can look up this form. */
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
 * | `phone` | yes, one lookup for each channel | yes |
 * | `address` | yes | phone numbers, e-mail addresses and ids of WhatsApp users |
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
