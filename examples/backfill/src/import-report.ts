import { count, plural } from './format.ts'
import type { ImportReport } from './import.ts'

/** `12,000 rows read: 11,950 added, 40 already there, 10 refused`. */
export function importLine({ read, added, existing, refused }: Omit<ImportReport, 'refusals'>): string {
  return `${plural(read, 'row')} read: ${count(added)} added, ${count(existing)} already there, ${count(refused)} refused`
}

/** What was refused, and why. */
export function* refusalLines({ refused, refusals }: ImportReport): Iterable<string> {
  for (const { place, problem } of refusals) yield `  ${place}: ${problem}`
  if (refused > refusals.length) yield `  and ${count(refused - refusals.length)} more`
}
