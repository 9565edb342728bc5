import type { Address } from '../model/address.ts'
import type { ChannelType } from '../model/conversation.ts'
import type { ParticipantForm } from '../model/participant.ts'
import type { Lookup } from './provider.ts'

/** How an adapter looks up each form of participant. */
export interface ParticipantFormRules {
  /**
   * The channels on which a phone number has a separate address, in the order in which to look them up:
   * `['sms', 'whatsapp']`. Or the channels that share one address, which is looked up once: `{ shared: ['sms', 'whatsapp'] }`.
   */
  phone:
    | readonly ChannelType[]
    | {
        /** The channels that share one address. */
        readonly shared: readonly ChannelType[]
      }
  /** `true`: any address. Or the kinds that are looked up: `['phone', 'email']`. */
  address: true | readonly Address['kind'][]
  /** The identity of a chat user, optionally with a maximum length. */
  identity:
    | true
    | {
        /** In characters. */
        readonly maxLength: number
      }
  /** An id of the provider's. */
  id: true
  /** A key and its value. */
  identifier: true
}

/**
 * Which forms of participants an adapter looks up, and how: `{ id: true, address: ['phone', 'email'] }`. All others are refused.
 * If the participant of a conversation has several, the first one here is looked up.
 */
export type ParticipantRules<F extends ParticipantForm = ParticipantForm> = {
  readonly [Form in F]: ParticipantFormRules[Form]
}

/** An address to look up: one that was passed, or one of those of a phone number. */
export interface AddressLookup extends Lookup {
  /** Which form it is. */
  readonly form: 'address'
  /** What kind of address it is. */
  readonly kind: Address['kind']
  /** The address without a prefix: `+12025550123`. */
  readonly value: string
  /** The channel of the address; null if it is not known, or if several channels share the address. */
  readonly channel: string | null
  /** The address with the prefix of its channel, if that has one: `whatsapp:+12025550123`. */
  readonly prefixed: string
}

/** The identity of a chat user, or an id, to look up. */
interface ValueLookup<Form extends ParticipantForm> extends Lookup {
  /** Which form it is. */
  readonly form: Form
  /** The identity or the id. */
  readonly value: string
}

/** An identifier to look up. */
export interface IdentifierLookup extends ValueLookup<'identifier'> {
  /** The key of the identifier. `value` is the identifier itself. */
  readonly identifierKey: string
}

interface Lookups {
  phone: AddressLookup
  address: AddressLookup
  identity: ValueLookup<'identity'>
  id: ValueLookup<'id'>
  identifier: IdentifierLookup
}

/**
 * What to look up for a participant. Each has a `form` and a `value`. A phone number is looked up as an `address`, on
 * each of its channels and in each form that the number has; what has the same `key` is looked up once.
 */
export type ParticipantLookup<F extends ParticipantForm = ParticipantForm> = Lookups[F]
