/** An address, taken apart. */
export interface Address {
  readonly kind: 'phone' | 'email' | 'other'
  /** Without its prefix. */
  readonly value: string
  /** From the prefix or the `channel` beside it; null where neither tells. */
  readonly channel: string | null
}

/** Channels whose addresses carry their name in front on Twilio: `whatsapp:+12025550123`. */
const PREFIXED_CHANNELS = ['whatsapp', 'rcs', 'messenger']

/** Channels whose addresses are phone numbers. */
const PHONE_CHANNELS = ['sms', 'whatsapp', 'rcs']

/** Takes an address apart: `whatsapp:+12025550123` is a phone number on the channel `whatsapp`. */
export function parseAddress(address: string, channel: string | null = null): Address {
  const prefix = prefixOf(address)
  const value = withoutPrefix(address)
  const medium = prefix ?? channel?.toLowerCase() ?? null
  return { kind: kindOf(value, medium), value, channel: medium }
}

/** The address alone, of `whatsapp:+12025550123` the number. */
export function withoutPrefix(address: string): string {
  const prefix = prefixOf(address)
  return prefix === null ? address : address.slice(prefix.length + 1)
}

function prefixOf(address: string): string | null {
  const prefix = address.slice(0, Math.max(0, address.indexOf(':'))).toLowerCase()
  return PREFIXED_CHANNELS.includes(prefix) ? prefix : null
}

/** The form that Twilio looks up. */
export function withPrefix({ value, channel }: Address): string {
  return channel !== null && PREFIXED_CHANNELS.includes(channel) ? `${channel}:${value}` : value
}

/**
 * What is wrong with an address, as the end of a sentence; null where nothing is. Providers match exactly, so that a
 * number in another form would find nothing and look like a participant without conversations.
 */
export function problemOfAddress(address: string, channel: string | null): string | null {
  const { kind, value, channel: medium } = parseAddress(address, channel)
  if (channel !== null && medium !== channel.toLowerCase()) {
    return `must agree with its channel, ${JSON.stringify(channel)}`
  }
  if (value.trim() === '') return 'must not be empty'
  if (kind === 'phone' && !PHONE_NUMBER.test(value)) {
    return `must be a phone number in E.164 form: a +, the country code and the number, at most 15 digits (perhaps +${value.replace(/\D/g, '')}?)`
  }
  return value === value.trim() ? null : 'must not begin or end with white space'
}

/** In E.164 form. */
const PHONE_NUMBER = /^\+[1-9]\d{1,14}$/

function kindOf(value: string, channel: string | null): Address['kind'] {
  if (/^[^\s@]+@[^\s@]+$/.test(value)) return 'email'
  // With a + in front it is a phone number on whatever channel: on Bird, Viber's are too.
  if (PHONE_NUMBER.test(value)) return 'phone'
  const looksDialled = /^\s*[+(\d][\d\s()./-]*$/.test(value)
  return looksDialled && (channel === null || PHONE_CHANNELS.includes(channel)) ? 'phone' : 'other'
}
