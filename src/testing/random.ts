/** Numbers that look random but are the same in every run, so that test data does not change. */
export interface Random {
  /** Returns a whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number
  pick<T>(list: readonly [T, ...T[]]): T
  chance(probability: number): boolean
  hex(length: number): string
  uuid(): string
}

/** The same seed returns the same sequence. */
export function createRandom(seed: string): Random {
  let state = hash(seed)

  // mulberry32: 32 bits of state are plenty for test data.
  function fraction(): number {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  const integer = (min: number, max: number): number => min + Math.floor(fraction() * (max - min + 1))

  const hex = (length: number): string => Array.from({ length }, () => integer(0, 15).toString(16)).join('')

  return {
    integer,
    hex,
    pick: (list) => list[integer(0, list.length - 1)] ?? list[0],
    chance: (probability) => fraction() < probability,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'.charAt(integer(0, 3))}${hex(3)}-${hex(12)}`,
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let state = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193)
  }
  return state
}
