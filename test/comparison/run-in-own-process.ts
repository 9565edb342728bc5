import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { ContestantName, Setting } from './contestants.ts'
import type { Program, Trial } from './trial.ts'

export interface OwnProcessInput {
  readonly contestant: ContestantName
  readonly program: Program
  readonly setting: Setting
  readonly giveUpMs: number
}

export interface OwnProcessOutput {
  readonly trial: Trial
  /** Rejections that nobody could handle. Node ends a process at the first one, unless somebody listens. */
  readonly unhandled: readonly string[]
  readonly lookedUp: readonly string[]
}

/** Runs a trial in a process of its own, whose environment holds no credentials. */
export async function runInOwnProcess(input: OwnProcessInput): Promise<OwnProcessOutput> {
  const script = fileURLToPath(new URL('own-process.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', script, JSON.stringify(input)],
    { env: { PATH: process.env.PATH }, cwd: fileURLToPath(new URL('../..', import.meta.url)) },
  )
  // Written by own-process.ts, by this very type.
  return JSON.parse(stdout) as OwnProcessOutput
}
