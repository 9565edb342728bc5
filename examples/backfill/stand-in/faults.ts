/** What may go wrong with an answer. */
export type Fault = 'rate limited' | 'server error' | 'cut off' | 'slow'

const FAULTS: readonly Fault[] = ['rate limited', 'server error', 'cut off', 'slow']

/** Chooses faults at random, at the given rate. The same seed chooses the same ones. */
export function createFaults(rate: number, seed: number): () => Fault | null {
  let state = seed
  // mulberry32
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return () => (fraction() < rate ? (FAULTS[Math.floor(fraction() * FAULTS.length)] ?? null) : null)
}
