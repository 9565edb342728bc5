/** The processes of the benchmarks: one server, and contestants one after the other. */
import { type ChildProcess, execFile, execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ServerSettings } from './programs/server.ts'
import { makeBenchProject } from './project.ts'

const execute = promisify(execFile)
const folder = await makeBenchProject()

/** Contestants can run on another Node: `BENCH_NODE=/path/to/node npm run bench`. */
const execPath = process.env.BENCH_NODE ?? process.execPath

/** The Node that contestants run on. */
export const nodeVersion = `Node ${execFileSync(execPath, ['--version'], { encoding: 'utf8' }).trim()}`

export interface RunOptions {
  /** Which build of the program. Default: ESM. */
  readonly format?: 'esm' | 'cjs'
  /** Whether to run it with the other checkout. Default: false. */
  readonly inBase?: boolean
  /** Default: no limit. */
  readonly timeoutMs?: number
}

/** Another checkout, already built, to compare with this one: `BENCH_BASE=/path/to/checkout npm run bench`. */
const base = process.env.BENCH_BASE
const baseFolder = base === undefined ? null : await makeBenchProject(base)

/** Whether another checkout takes part. */
export const hasBase = baseFolder !== null

/** Runs a program to its end in a fresh process, and returns its result. */
export async function run<T>(
  program: string,
  args: readonly (string | number)[] = [],
  { format = 'esm', inBase = false, timeoutMs = 0 }: RunOptions = {},
): Promise<T> {
  const file = join(
    inBase && baseFolder !== null ? baseFolder : folder,
    `${program}.${format === 'esm' ? 'mjs' : 'cjs'}`,
  )
  const { stdout } = await execute(execPath, ['--expose-gc', file, ...args.map(String)], {
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: 64 * 1024 * 1024,
  })
  return JSON.parse(stdout)
}

export interface BenchServer {
  readonly url: string
  /** How many bytes its link has delivered so far. */
  bytesSent(): Promise<number>
  close(): Promise<void>
}

/** Starts the server. */
export async function startServer(settings: ServerSettings = {}): Promise<BenchServer> {
  // Always on the same Node, so that only the contestants differ.
  const server = fork(join(folder, 'server.mjs'), [], { execArgv: [], env: { ...process.env, ...settings } })
  const { url } = await nextMessage<{ url: string }>(server)
  return {
    url,
    async bytesSent() {
      server.send('bytesSent')
      return (await nextMessage<{ bytesSent: number }>(server)).bytesSent
    },
    async close() {
      server.disconnect()
      await once(server, 'exit')
    },
  }
}

async function nextMessage<T>(child: ChildProcess): Promise<T> {
  const waiting = new AbortController()
  const { signal } = waiting
  try {
    const [message] = await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(([code]) =>
        Promise.reject(new Error(`The server ended with ${code}`)),
      ),
    ])
    return message
  } finally {
    // Removes the listener of the other one.
    waiting.abort()
  }
}
