/** One contestant in its own process: warms up, then measures the cost of a conversation. */
import { contestantNamed } from '../contestants.ts'

/** The result of a CPU measurement. */
export interface Cpu {
  readonly count: number
  readonly wallMs: number
  readonly cpuMicroseconds: number
  readonly sum: number
}

/**
 * By then V8 has compiled all that it will compile: Node 24 is at it until about 500,000 conversations. No garbage collection
 * is forced before the measurement: V8 would drop code that it compiled for objects that have just died, the pages, and
 * the measurement would be one of its compiler.
 */
const WARM_UP_CONVERSATIONS = 800_000
/** Listings are repeated until they have taken this long. */
const LEAST_CPU_MICROSECONDS = 1_000_000

const [name, url = '', warmUpUrl = url, leastConversations = 0] = process.argv.slice(2)
const list = await contestantNamed(name).load()

for (let count = 0; count < WARM_UP_CONVERSATIONS; ) count += (await list(warmUpUrl)).count

let count = 0
let sum = 0
const before = process.cpuUsage()
const startedAt = performance.now()
do {
  const listed = await list(url)
  count += listed.count
  sum += listed.sum
} while (count < Number(leastConversations) || cpuMicroseconds() < LEAST_CPU_MICROSECONDS)
const said: Cpu = { count, wallMs: performance.now() - startedAt, cpuMicroseconds: cpuMicroseconds(), sum }
console.log(JSON.stringify(said))

/** The CPU time of all threads, since garbage collection and compilation count too. */
function cpuMicroseconds(): number {
  const { user, system } = process.cpuUsage(before)
  return user + system
}
