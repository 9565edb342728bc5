import { isPhoneNumber, looksDialed } from './phone-number.ts'

/** The parts of an address. */
export interface Address {
  /** What the address is, by its form. */
  readonly kind: 'phone' | 'email' | 'whatsappUserId' | 'other'
  /** The address without its prefix. */
  readonly value: string
  /** From the prefix, or from the `channel` that was passed with the address; null if there is neither. */
  readonly channel: string | null
}

/** Channels whose addresses begin with their name on Twilio: `whatsapp:+12025550123`. */
const PREFIXED_CHANNELS = ['whatsapp', 'rcs', 'messenger']

/** Channels whose addresses are phone numbers. */
const PHONE_CHANNELS = ['sms', 'whatsapp', 'rcs']

/**
 * Splits an address into its parts: `whatsapp:+12025550123` is a phone number on the channel `whatsapp`.
 *
 * @example
 * const { kind, value, channel } = parseAddress('whatsapp:+12025550123') // phone, +12025550123, whatsapp
 */
export function parseAddress(address: string, channel: string | null = null): Address {
  const { channel: prefix, value } = splitPrefix(address)
  const medium = prefix ?? channel?.toLowerCase() ?? null
  return { kind: kindOf(value, medium), value, channel: medium }
}

/**
 * Splits `whatsapp:+12025550123` into its channel and its value. The channel is null if there is no known prefix.
 *
 * @example
 * const { value, channel } = splitPrefix('whatsapp:+12025550123') // +12025550123, whatsapp
 */
export function splitPrefix(address: string): Omit<Address, 'kind'> {
  const colon = address.indexOf(':')
  const channel = colon < 0 ? '' : address.slice(0, colon).toLowerCase()
  return PREFIXED_CHANNELS.includes(channel)
    ? { channel, value: address.slice(colon + 1) }
    : { channel: null, value: address }
}

/**
 * Joins an address in the form that Twilio looks up: `whatsapp:+12025550123`.
 *
 * @example
 * const text = withPrefix(parseAddress('+12025550123', 'whatsapp')) // whatsapp:+12025550123
 */
export function withPrefix({ value, channel }: Address): string {
  return channel !== null && PREFIXED_CHANNELS.includes(channel) ? `${channel}:${value}` : value
}

/**
 * The phone number or e-mail address that a value is, without a prefix; null for anything else, such as an id that consists of
 * digits. With it, a participant can be passed back to any provider.
 *
 * @example
 * const address = addressOrNull('whatsapp:+12025550123') // +12025550123
 */
export function addressOrNull(text: unknown): string | null {
  if (typeof text !== 'string') return null
  const { value } = splitPrefix(text)
  return isPhoneNumber(value) || isEmail(value) ? value : null
}

/**
 * Whether text is the id of a WhatsApp user, such as `US.13491208655302741918`. Its case counts, and each business knows a
 * user by another one.
 */
export function isWhatsAppUserId(text: string): boolean {
  return /^[A-Z]{2}(\.ENT)?\.[A-Za-z0-9]{1,128}$/.test(text)
}

function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(text)
}

function kindOf(value: string, channel: string | null): Address['kind'] {
  if (isEmail(value)) return 'email'
  // With a "+" it is a phone number on any channel, such as Viber on Bird.
  if (isPhoneNumber(value)) return 'phone'
  if (channel === 'whatsapp' && isWhatsAppUserId(value)) return 'whatsappUserId'
  const isDialed = channel === null || PHONE_CHANNELS.includes(channel)
  return isDialed && looksDialed(value) ? 'phone' : 'other'
}
