/** What the benchmarks have in common: rounds, medians, tables. */

/** The number of rounds from the command line. */
export function roundsOr(usual: number): number {
  return Number(process.argv[2] ?? usual)
}

export type Results<K, T> = ReadonlyMap<K, readonly T[]>

/** Measures all of them repeatedly. They take turns, so that other load on the machine affects them equally. */
export async function takeTurns<K, T>(
  rounds: number,
  contestants: readonly K[],
  measure: (contestant: K) => Promise<T>,
): Promise<Results<K, T>> {
  const results = new Map<K, T[]>(contestants.map((contestant) => [contestant, []]))
  for (let round = 1; round <= rounds; round += 1) {
    for (const [contestant, measured] of results) measured.push(await measure(contestant))
    if (process.stderr.isTTY) process.stderr.write(`round ${round} of ${rounds}\r`)
  }
  return results
}

/** The median of one number of the results, or NaN if there are none. */
export function medianOf<T>(measured: readonly T[] | undefined, number: (one: T) => number): number {
  const sorted = (measured ?? []).map(number).sort((a, b) => a - b)
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2
}

/** Prints a table in Markdown. */
export function printTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const lines = [head, head.map(() => '---'), ...rows]
  console.log(`\n${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}`)
}

export const inMegabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1)
