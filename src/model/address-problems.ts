import { isWhatsAppUserId, parseAddress, splitPrefix } from './address.ts'
import { internationalForm, isPhoneNumber } from './phone-number.ts'

/**
 * Returns what is wrong with an address, as the end of a sentence, or null. Providers match exactly: an address in another
 * format would find nothing, and look like a participant without conversations.
 *
 * @param channel - the channel that was passed with the address, which may have the same as a prefix; null if there is none
 * @example
 * const problem = problemOfAddress('+1 202 555 0123', null) // must be a phone number in E.164 form: …
 */
export function problemOfAddress(address: string, channel: string | null): string | null {
  const mistake = mistakeIn(address)
  if (mistake !== undefined) return mistake.problem + hint(intended(address, channel))
  const { kind, value, channel: medium } = parseAddress(address, channel)
  if (channel !== null && medium !== channel.toLowerCase()) {
    return `must match its channel, ${JSON.stringify(channel)}`
  }
  if (value.trim() === '') return 'must not be empty'
  if (kind === 'phone' && !isPhoneNumber(value)) return NOT_E164 + hint(internationalForm(value))
  if (medium === null && isWhatsAppUserId(value)) {
    return `must begin with "whatsapp:" if it is the id of a WhatsApp user${hint(`whatsapp:${value}`)}`
  }
  if (/\p{Cf}/u.test(value)) return 'must not contain invisible characters'
  return value === value.trim() ? null : 'must not start or end with whitespace'
}

/** Returns what is wrong with a phone number, as the end of a sentence, or null. */
export function problemOfPhone(phone: string): string | null {
  if (isPhoneNumber(phone)) return null
  if (parseAddress(phone).kind === 'email') {
    return 'must be a phone number; pass an e-mail address as { address }'
  }
  if (isWhatsAppUserId(splitPrefix(phone).value)) {
    return 'must be a phone number; pass the id of a WhatsApp user as { address }, with the prefix "whatsapp:"'
  }
  const { value } = splitPrefix(intended(phone, null) ?? phone)
  return NOT_E164 + hint(isPhoneNumber(value) ? value : internationalForm(value))
}

const NOT_E164 =
  'must be a phone number in E.164 form: "+", the country code and the number, at most 15 digits'

function hint(suggestion: string | null): string {
  return suggestion === null ? '' : ` (perhaps ${suggestion}?)`
}

interface Mistake {
  readonly problem: string
  /** Returns an address without this mistake as it is. */
  readonly undo: (address: string) => string
}

/** What copying an address can add to it. */
const MISTAKES: readonly Mistake[] = [
  { problem: 'must not be percent-encoded', undo: withoutEncoding },
  { problem: 'must not be in brackets', undo: (address) => /^\[(.*)\]$/s.exec(address)?.[1] ?? address },
  { problem: 'must not have two prefixes', undo: withoutSecondPrefix },
]

function mistakeIn(address: string): Mistake | undefined {
  return MISTAKES.find(({ undo }) => undo(address) !== address)
}

/** Returns the address without its mistakes; null if it would still be refused. */
function intended(address: string, channel: string | null): string | null {
  const mistake = mistakeIn(address)
  if (mistake !== undefined) return intended(mistake.undo(address), channel)
  return problemOfAddress(address, channel) === null ? address : null
}

/** An address may contain a percent sign. Only what becomes an address by decoding is taken for encoded. */
function withoutEncoding(address: string): string {
  if (parseAddress(address).kind !== 'other') return address
  const decoded = decode(address)
  const { kind, channel } = parseAddress(decoded)
  return kind === 'other' && channel === splitPrefix(address).channel ? address : decoded
}

function decode(text: string): string {
  try {
    const decoded = decodeURIComponent(text)
    return decoded === text ? text : decode(decoded)
  } catch {
    return text
  }
}

/** Two different prefixes leave open which one is meant. */
function withoutSecondPrefix(address: string): string {
  const { channel, value } = splitPrefix(address)
  const { channel: second } = splitPrefix(value)
  if (channel === null || second === null) return address
  return channel === second ? value : ''
}
