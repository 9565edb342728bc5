import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { startWorkerProcess, stopInOrder } from './processes.ts'

/** Waits for the share of participants that are finished, from 0 to 1. */
export interface ProgressReader {
  reaches(share: number): Promise<void>
}

/** A worker that is killed at random moments, and replaced. */
export interface MortalWorker {
  killed(): number
  /** Stops the last one in order. */
  stop(): Promise<void>
}

/** The moments are spread over the whole backfill, so that a worker dies at work on a slow machine too. */
export function startMortalWorker(
  env: NodeJS.ProcessEnv,
  kills: number,
  progress: ProgressReader,
): MortalWorker {
  const moments = Array.from({ length: kills }, () => 0.95 * Math.random()).sort((a, b) => a - b)
  let worker: ChildProcess = startWorkerProcess(env)
  let killed = 0
  const life = (async () => {
    for (const moment of moments) {
      await progress.reaches(moment)
      worker.kill('SIGKILL')
      await once(worker, 'exit')
      killed += 1
      worker = startWorkerProcess(env)
    }
  })()
  return {
    killed: () => killed,
    async stop() {
      await life
      await stopInOrder(worker)
    },
  }
}
