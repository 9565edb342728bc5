/** How many characters of tokens are kept: enough for about 7,000 pages on Twilio. */
const MEMORY = 512 * 1024

/** The page tokens of a source, to detect one that comes again. */
export interface TokenLog {
  /** Records a token. Returns false if it was there before. */
  add(token: string): boolean
}

/**
 * Remembers tokens until its memory is full, so that no page is delivered twice. Beyond that, Brent's algorithm finds
 * loops of any length: one token is marked, and the mark moves on after 1, 2, 4, 8, … tokens, until it is within the loop
 * and stays long enough to be met again.
 */
export function createTokenLog(memory: number = MEMORY): TokenLog {
  const known = new Set<string>()
  let free = memory
  let marked: string | null = null
  let steps = 0
  let stepsToMove = 1
  return {
    add(token) {
      if (token === marked || known.has(token)) return false
      if (token.length <= free) {
        known.add(token)
        free -= token.length
      }
      steps += 1
      if (steps === stepsToMove) {
        marked = token
        steps = 0
        stepsToMove *= 2
      }
      return true
    },
  }
}
