/** How many characters of tokens are kept: those of some 7,000 pages on Twilio. */
const MEMORY = 512 * 1024

/**
 * Tells when a token has been before. Within its memory it does so at once, so that no page is delivered twice. In a
 * listing that is longer, Brent's algorithm sees to it that a circle of whatever length comes to an end: one token is
 * marked, and the mark moves on after 1, 2, 4, 8, … tokens, until it lies within the circle and stays long enough to
 * be met again.
 */
export function createCycleGuard(memory: number = MEMORY): (token: string) => boolean {
  const seen = new Set<string>()
  let free = memory
  let marked: string | null = null
  let steps = 0
  let stepsToMove = 1
  return (token) => {
    if (token === marked || seen.has(token)) return true
    if (token.length <= free) {
      seen.add(token)
      free -= token.length
    }
    steps += 1
    if (steps === stepsToMove) {
      marked = token
      steps = 0
      stepsToMove *= 2
    }
    return false
  }
}
