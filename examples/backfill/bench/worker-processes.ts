import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import type { Backfill } from '../test/support/backfill.ts'
import type { Used } from './worker.ts'

/** Workers that have started and wait for jobs. */
export interface WorkerProcesses {
  /** Stops them in order, and returns what each has used. */
  stop(): Promise<Used[]>
}

export async function startWorkers(
  count: number,
  env: NodeJS.ProcessEnv,
  { queues }: Backfill,
): Promise<WorkerProcesses> {
  const processes = Array.from({ length: count }, () =>
    fork(new URL('worker.js', import.meta.url), { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }),
  )
  for (const queue of queues) {
    while ((await queue.getWorkers()).length < count) await wait(50)
  }
  for (const process of processes) process.send('count from here')
  return { stop: () => Promise.all(processes.map(stop)) }
}

async function stop(worker: ChildProcess): Promise<Used> {
  const told = once(worker, 'message')
  worker.kill('SIGTERM')
  const [used] = await told
  return used
}
