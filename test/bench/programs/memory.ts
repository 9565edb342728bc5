/** One contestant in a process of its own: lists once, and tells what memory that took. */
import { readFileSync } from 'node:fs'
import { contestantNamed } from '../contestants.ts'

/** What a contestant of a memory measurement says, in bytes. */
export interface Memory {
  readonly count: number
  /** The most that the process has ever taken. */
  readonly peak: number
  /** What is still in use afterwards. */
  readonly heapUsed: number
}

const [name, url = ''] = process.argv.slice(2)
const list = await contestantNamed(name).load()
const { count } = await list(url)
const peak = peakMemory()
globalThis.gc?.()
const said: Memory = { count, peak, heapUsed: process.memoryUsage().heapUsed }
console.log(JSON.stringify(said))

/**
 * The peak of the resident set. Linux counts that of the process which started this one into `maxRSS`, which would
 * hide what is measured here; in /proc it does not.
 */
function peakMemory(): number {
  const kibibytes =
    process.platform === 'linux'
      ? Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1])
      : process.resourceUsage().maxRSS
  return kibibytes * 1024
}
