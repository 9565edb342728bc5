import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { ContestantName } from './contestants.ts'
import type { Setting } from './setting.ts'
import type { Program, Trial } from './trial.ts'

export interface OwnProcessInput {
  readonly contestant: ContestantName
  readonly program: Program
  readonly setting: Setting
  readonly giveUpMs: number
}

export interface OwnProcessOutput {
  readonly trial: Trial
  /** Unhandled rejections. Without a listener, Node ends the process at the first one. */
  readonly unhandled: readonly string[]
  readonly lookedUp: readonly string[]
}

/** Runs a trial in its own process, without credentials in the environment. */
export async function runInOwnProcess(input: OwnProcessInput): Promise<OwnProcessOutput> {
  const script = fileURLToPath(new URL('own-process.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', script, JSON.stringify(input)],
    { env: { PATH: process.env.PATH }, cwd: fileURLToPath(new URL('../..', import.meta.url)) },
  )
  // own-process.ts writes it with this type.
  return JSON.parse(stdout) as OwnProcessOutput
}
