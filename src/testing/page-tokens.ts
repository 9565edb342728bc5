import { createRandom } from './random.ts'

/**
 * Page tokens in the forms that the providers use. A token is a function of its query and position, and so
 * holds in another stand-in with the same data too. The position is in it only to make it unique.
 */
export type PageTokenForm = (query: string, position: number) => string

/**
 * Twilio's tokens vary: short ones, ones with a date and a SID, and, to catch a client that forgets to encode
 * or that decodes twice, ones made of the characters which mean something in a URL.
 */
export const twilioPageToken: PageTokenForm = (query, position) => {
  const random = createRandom(`${query}@${position}`)
  const check = random.hex(32)
  switch (random.integer(0, 2)) {
    case 0:
      return `PT${position}${random.integer(100_000, 999_999)}`
    case 1:
      return `PTactive_2024-01-18T03:17:17.005Z_CH${check}_${position}`
    default:
      return `PT:${position} /+&?#%2B${check}==`
  }
}

/** Bird's tokens are base64, padded with none, one or two `=`. */
export const birdPageToken: PageTokenForm = (query, position) => {
  const random = createRandom(`${query}@${position}`)
  const length = random.integer(16, 18)
  const bytes = Array.from({ length }, () => String.fromCharCode(random.integer(0, 255)))
  return btoa(`${position}~${bytes.join('')}`)
}
