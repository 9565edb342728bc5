/** How many characters of tokens are kept: enough for about 7,000 pages on Twilio. */
const MEMORY = 512 * 1024

/**
 * Returns a function that says whether it has seen a token before. It remembers tokens until its memory is full,
 * so that no page is delivered twice. Beyond that, Brent's algorithm finds loops of any length: one token is marked, and
 * the mark moves on after 1, 2, 4, 8, … tokens, until it is within the loop and stays long enough to be met again.
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
