/** One contestant in a process of its own: warms up, then measures what a conversation costs. */
import { contestantNamed } from '../contestants.ts'

/** What a contestant of a CPU measurement says. */
export interface Cpu {
  readonly count: number
  readonly wallMs: number
  readonly cpuMicroseconds: number
  readonly sum: number
}

/**
 * By then V8 has compiled all that it will compile: after 100,000 conversations it has not yet. No garbage is collected
 * by hand before the measurement: V8 would drop what it has compiled for objects that have just died, the pages, and
 * what is measured would be its compiler.
 */
const WARM_UP_CONVERSATIONS = 200_000
/** Listings are repeated until they have taken so much. */
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

/** Of all threads: garbage collection and compilation count too. */
function cpuMicroseconds(): number {
  const { user, system } = process.cpuUsage(before)
  return user + system
}
