/** One contestant in a fresh process: lists once, and prints what the process took from its start. */
import { contestantNamed } from '../contestants.ts'

/** The output of the process. */
export interface Cold {
  readonly count: number
  /** When the listing was complete, in milliseconds since 1970. */
  readonly endedAt: number
  /** That of the whole process, all threads included. */
  readonly cpuMs: number
}

const [name, url = ''] = process.argv.slice(2)
// Nothing: what a process takes by itself.
const { count } = name === undefined ? { count: 0 } : await (await contestantNamed(name).load())(url)
const endedAt = performance.timeOrigin + performance.now()
const { user, system } = process.cpuUsage()
const said: Cold = { count, endedAt, cpuMs: (user + system) / 1000 }
console.log(JSON.stringify(said))
