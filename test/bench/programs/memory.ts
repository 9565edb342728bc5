/** One contestant in a process of its own: lists once, and tells what memory that took. */
import { peakMemory } from '../../support/peak-memory.ts'
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
