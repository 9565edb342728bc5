/** The parts of an address. */
export interface Address {
  /** What the address is, by its form. */
  readonly kind: 'phone' | 'email' | 'other'
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
 * Returns what is wrong with an address, as the end of a sentence, or null. Providers match exactly: a phone number in
 * another format would find nothing, and look like a participant without conversations.
 */
export function problemOfAddress(address: string, channel: string | null): string | null {
  const { kind, value, channel: medium } = parseAddress(address, channel)
  if (channel !== null && medium !== channel.toLowerCase()) {
    return `must match its channel, ${JSON.stringify(channel)}`
  }
  if (value.trim() === '') return 'must not be empty'
  if (kind === 'phone' && !PHONE_NUMBER.test(value)) {
    const suggestion = internationalForm(value)
    const hint = suggestion === null ? '' : ` (perhaps ${suggestion}?)`
    return `must be a phone number in E.164 form: "+", the country code and the number, at most 15 digits${hint}`
  }
  if (/\p{Cf}/u.test(value)) return 'must not contain invisible characters'
  return value === value.trim() ? null : 'must not start or end with whitespace'
}

/**
 * Whether text is a phone number in E.164 form. `parseAddress()` also takes other ways of writing one for a phone number.
 *
 * @example
 * const isValid = isPhoneNumber('+12025550123') // true
 */
export function isPhoneNumber(text: string): boolean {
  return PHONE_NUMBER.test(text)
}

const PHONE_NUMBER = /^\+[1-9]\d{1,14}$/

/** The E.164 form of a number with a country code after "+" or "00"; null for any other, which could be anybody's. */
function internationalForm(number: string): string | null {
  const text = plainForm(number).replace(SCHEME, '')
  // "(0)" is dialed only within the country.
  const digits = text.replace(/\(0\)|[^\d+]/g, '').replace(/^00/, '+')
  // An extension cannot be part of a number.
  return PHONE_NUMBER.test(digits) && !/[a-z]/i.test(text) ? digits : null
}

/** The scheme of a `tel:` or `sms:` link. */
const SCHEME = /^\s*(tel|sms):/i

/** How people write phone numbers. */
const DIALED = /^\s*[+(\d][\d\s()./,-]*((x|ext\.?)\s*\d+)?$/i

/** Normalizes what copying a number can add or change: invisible characters, dashes, digits of other scripts. */
function plainForm(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Pd}/gu, '-')
}

function kindOf(value: string, channel: string | null): Address['kind'] {
  if (/^[^\s@]+@[^\s@]+$/.test(value)) return 'email'
  // With a "+" it is a phone number on any channel, such as Viber on Bird.
  if (PHONE_NUMBER.test(value)) return 'phone'
  const looksDialed = DIALED.test(plainForm(value).replace(SCHEME, ''))
  return looksDialed && (channel === null || PHONE_CHANNELS.includes(channel)) ? 'phone' : 'other'
}
