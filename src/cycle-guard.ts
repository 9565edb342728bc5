/**
 * Tells when a sequence of tokens has come round, at whatever period, with the memory of one token: Brent's
 * algorithm. The token that is remembered moves on after 1, 2, 4, 8, … steps, so that in the end it lies within the
 * circle and the circle is shorter than the next move.
 */
export function createCycleGuard(): (token: string) => boolean {
  let remembered: string | null = null
  let steps = 0
  let stepsToMove = 1
  return (token) => {
    if (token === remembered) return true
    steps += 1
    if (steps === stepsToMove) {
      remembered = token
      steps = 0
      stepsToMove *= 2
    }
    return false
  }
}
