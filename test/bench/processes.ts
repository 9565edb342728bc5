import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Another Node than this one may be named: `BENCH_NODE=/path/to/node npm run bench`. */
const execPath = process.env.BENCH_NODE ?? process.execPath

/** Starts a file of this folder in a process of its own. */
export function start(file: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    execPath,
    execArgv: ['--import', 'tsx', '--expose-gc'],
    env: { ...process.env, ...env },
  })
}

export interface BenchServer {
  readonly url: string
  close(): Promise<void>
}

export async function startServer(env: NodeJS.ProcessEnv = {}): Promise<BenchServer> {
  const server = start('server.ts', [], env)
  const [url] = await once(server, 'message')
  return {
    url,
    async close() {
      server.disconnect()
      await once(server, 'exit')
    },
  }
}

/** Runs a contestant to its end, and returns what it says. */
export async function run<T>(file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<T> {
  const child = start(file, args, env)
  const [said] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) =>
      Promise.reject(new Error(`${file} ${args.join(' ')} ended with ${code}`)),
    ),
  ])
  if (child.exitCode === null) await once(child, 'exit')
  return said
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
