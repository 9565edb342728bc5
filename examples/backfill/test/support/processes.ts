import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { constants, setPriority } from 'node:os'
import type { ArrivalReport } from '../../stand-in/arrivals.ts'
import { CREDENTIALS } from '../../stand-in/population.ts'
import { onExit } from './program.ts'

/** The stand-in, in a process of its own. */
export interface StandInProcess {
  readonly url: string
  readonly pid: number
  report(): Promise<Record<'twilio' | 'bird', ArrivalReport>>
  [Symbol.dispose](): void
}

export async function startStandIn(env: NodeJS.ProcessEnv = {}): Promise<StandInProcess> {
  const child = fork(new URL('../../stand-in/server.js', import.meta.url), {
    env: { ...process.env, ...env },
    silent: true,
  })
  child.stderr?.pipe(process.stderr)
  const [url] = await once(child, 'message')
  return {
    url,
    pid: child.pid ?? 0,
    report: async () => (await fetch(`${url}/stand-in/`)).json() as ReturnType<StandInProcess['report']>,
    [Symbol.dispose]: () => child.disconnect(),
  }
}

/** For a process that measures when something happens, and must not wait for a processor. Only root may do that. */
export function preferToOthers({ pid }: { pid: number }): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_HIGHEST)
  } catch {
    // Then a busy machine makes some requests look as if they had come together.
  }
}

/** What a worker, or another command, finds in its environment. */
export function environment(services: {
  redisUrl: string
  databaseUrl: string
  standInUrl: string
  settings?: Readonly<Record<string, string>>
}): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    REDIS_URL: services.redisUrl,
    DATABASE_URL: services.databaseUrl,
    TWILIO_BASE_URL: services.standInUrl,
    BIRD_BASE_URL: services.standInUrl,
    ...CREDENTIALS,
    ...services.settings,
  }
}

/** A worker in a process of its own. */
export function startWorkerProcess(env: NodeJS.ProcessEnv): ChildProcess {
  const worker = fork(MAIN, ['worker'], { env, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  const forget = onExit(() => worker.kill('SIGKILL'))
  return worker.once('exit', forget)
}

/** Fails if the worker does not end by itself, or with an error. */
export async function stopInOrder(worker: ChildProcess): Promise<void> {
  const exited = once(worker, 'exit')
  worker.kill('SIGTERM')
  const [code] = await exited
  assert.equal(code, 0, 'A worker did not stop in order')
}

const MAIN = new URL('../../src/main.js', import.meta.url)
