/** One contestant in its own process: lists once, and prints how much memory that took. */
import { peakMemory } from '../../support/peak-memory.ts'
import { contestantNamed } from '../contestants.ts'

/** The result of a memory measurement, in bytes. */
export interface Memory {
  readonly count: number
  /** The peak of the process. */
  readonly peak: number
  /** What is still in use afterward. */
  readonly heapUsed: number
}

const [name, url = ''] = process.argv.slice(2)
const list = await contestantNamed(name).load()
const { count } = await list(url)
const peak = peakMemory()
globalThis.gc?.()
const said: Memory = { count, peak, heapUsed: process.memoryUsage().heapUsed }
console.log(JSON.stringify(said))
