/** A worker that says at its end how much it has used since it was told to count. */
import { readSettings } from '../src/settings.ts'
import { runWorker } from '../src/worker.ts'

/** What a worker has used. */
export interface Used {
  readonly cpuMs: number
  /** The most that the process had in memory at any time. */
  readonly peakBytes: number
}

let before = process.cpuUsage()
process.on('message', () => {
  before = process.cpuUsage()
})
await runWorker(readSettings(process.env))
const { user, system } = process.cpuUsage(before)
const used: Used = { cpuMs: (user + system) / 1000, peakBytes: process.resourceUsage().maxRSS * 1024 }
process.send?.(used)
process.disconnect?.()
