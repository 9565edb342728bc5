/** Runs one trial in its own process, to measure its memory and to see unhandled rejections. */
import { setImmediate as settled } from 'node:timers/promises'
import { contestants } from './contestants.ts'
import { stayOnLoopback } from './loopback-only.ts'
import type { OwnProcessInput, OwnProcessOutput } from './run-in-own-process.ts'
import { runTrial } from './trial.ts'

// `runInOwnProcess` writes it with this type.
const { contestant, program, setting, giveUpMs } = JSON.parse(process.argv[2] ?? '') as OwnProcessInput

// Without a listener, Node would end the process at the first one.
const unhandled: string[] = []
process.on('unhandledRejection', (reason) => unhandled.push(String(reason)))

const { lookedUp } = stayOnLoopback()
const trial = await runTrial(contestants[contestant], program, setting, giveUpMs)
await settled()
const output: OwnProcessOutput = { trial, unhandled, lookedUp }
process.stdout.write(JSON.stringify(output), () => process.exit())
