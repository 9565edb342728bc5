/** The recommended length of an AES-GCM nonce, and the length of a tag, in bytes. */
export const NONCE_LENGTH = 12
const TAG_LENGTH = 16

/** Encrypted cursors are padded to a multiple of this many bytes, so that their length says little about their content. */
export const BLOCK_LENGTH = 64

/** How a cursor starts that is not encrypted: an encrypted one starts with random bytes. */
const PLAIN_START = '{"v":'

/**
 * What the bytes of a cursor look like, to say what is missing: an encrypted one has no sign but its length, which a
 * damaged one may have by chance. null if it is neither.
 */
export function formOfCursor(bytes: string): 'plain' | 'encrypted' | null {
  if (bytes.startsWith(PLAIN_START)) return 'plain'
  const length = bytes.length - NONCE_LENGTH - TAG_LENGTH
  return length > 0 && length % BLOCK_LENGTH === 0 ? 'encrypted' : null
}
