import type { ParticipantRef } from 'participant-conversations'

const EMAIL = /^[^\s@]+@[^\s@]+$/
const PHONE_NUMBER = /^\+[1-9]\d{6,14}$/
/** Somebody whom WhatsApp shows without a number. In the details, the id has no prefix. */
const WHATSAPP_USER = /^(?:whatsapp:)?([A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128})$/

/**
 * Reads what an agent types or pastes: `+1 (202) 555-0123`, `0044 20 7946 0000`, `jo@example.com`. A number that does not name
 * its country is refused: it could be anybody's. Returns null for what is none of these.
 */
export function readParticipant(typed: string): ParticipantRef | null {
  const text = typed.trim()
  if (EMAIL.test(text)) return { address: text }
  const [, userId] = WHATSAPP_USER.exec(text) ?? []
  if (userId) return { address: `whatsapp:${userId}` }
  // "(0)" is dialed only within the country.
  const phone = text
    .replace(/^(tel|whatsapp):/i, '')
    .replace(/\(0\)|[\s().\-/\u00a0\u2010-\u2015]/g, '')
    .replace(/^00/, '+')
  return PHONE_NUMBER.test(phone) ? { phone } : null
}
