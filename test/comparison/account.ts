import { inspect } from 'node:util'

/** The account that both contestants list, and the two origins that they can reach. */
export const accountSid = `AC${'c'.repeat(32)}`
export const authToken = 'auth-token-of-the-comparison-0123456789'
export const address = '+12025550123'

/** Four pages of the default size, which is the same for both. */
export const COUNT = 170

export const path = '/v1/ParticipantConversations'
export const twilioOrigin = 'https://conversations.twilio.com'
/** It has three labels, since twilio 6.2.0 treats further labels as an edge and a region, and changes them. */
export const strangerOrigin = 'https://conversations.evil.example'

const secrets = [authToken, Buffer.from(`${accountSid}:${authToken}`).toString('base64')]

export function holdsCredential(text: string): boolean {
  return secrets.some((secret) => text.includes(secret))
}

/** Returns the shortest code that prints the credential with an error, or null if the error does not contain it. */
export function waysToShowCredential(error: unknown): string | null {
  // What `console.error(error)` prints.
  if (holdsCredential(inspect(error))) return 'console.error(error)'
  if (holdsCredential(inspect(error, { depth: null }))) return 'util.inspect(error, { depth: null })'
  return null
}
