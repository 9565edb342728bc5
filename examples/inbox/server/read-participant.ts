import type { ParticipantRef } from 'participant-conversations'

const EMAIL = /^[^\s@]+@[^\s@]+$/
const PHONE_NUMBER = /^\+[1-9]\d{6,14}$/
/** Somebody whom WhatsApp shows without a number. In the details, the id has no prefix. */
const WHATSAPP_USER = /^(?:whatsapp:)?([A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128})$/
/** A chat user on Twilio. The prefix is this page's: without one, a name that is typed would be looked up as an identity. */
const IDENTITY = /^identity:(.{1,256})$/
const WITHOUT_PLUS = /^[1-9]\d{10,14}$/

/**
 * Reads what an agent types or pastes: `+1 (202) 555-0123`, `0044 20 7946 0000`, `jo@example.com`, `identity:jo`. A number
 * that does not name its country is refused: it could be anybody's. Returns null for what is none of these.
 */
export function readParticipant(typed: string): ParticipantRef | null {
  const text = typed.trim()
  const [, identity] = IDENTITY.exec(text) ?? []
  if (identity) return { identity }
  if (EMAIL.test(text)) return { address: text }
  const [, userId] = WHATSAPP_USER.exec(text) ?? []
  if (userId) return { address: `whatsapp:${userId}` }
  const phone = withoutPunctuation(text)
  return PHONE_NUMBER.test(phone) ? { phone } : null
}

/** What may be meant by what cannot be read: a number with its country code, but without `+`; or the identity of a chat user. */
export function suggestionFor(typed: string): string | undefined {
  const text = typed.trim()
  const number = withoutPunctuation(text)
  // Shorter ones are more likely to lack their country code too.
  if (WITHOUT_PLUS.test(number)) return `+${number}`
  return /^\p{L}\S*$/u.test(text) && !text.includes(':') ? `identity:${text}` : undefined
}

/** "(0)" is dialed only within the country. */
function withoutPunctuation(text: string): string {
  return text
    .replace(/^(tel|whatsapp):/i, '')
    .replace(/\(0\)|[\s().\-/\u00a0\u2010-\u2015]/g, '')
    .replace(/^00/, '+')
}
