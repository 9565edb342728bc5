import { createRandom } from './random.ts'

/**
 * Creates a page token in a form that the provider uses. A token depends only on its query and position, so it is valid
 * in another stand-in with the same data too. It contains the position only to be unique.
 */
export type PageTokenForm = (query: string, position: number) => string

/**
 * Twilio's tokens vary: some are short, some contain a date and a SID. Others consist of characters that are special in
 * URLs, to catch a client that does not encode them, or decodes them twice.
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

/** Bird's tokens are base64, padded with zero, one or two `=`. */
export const birdPageToken: PageTokenForm = (query, position) => {
  const random = createRandom(`${query}@${position}`)
  const length = random.integer(16, 18)
  const bytes = Array.from({ length }, () => String.fromCharCode(random.integer(0, 255)))
  return btoa(`${position}~${bytes.join('')}`)
}
