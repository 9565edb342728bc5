import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { findProgram, freePort, onExit, untilItWorks } from './program.ts'

/** A service that the tests have started for themselves. */
export interface OwnService {
  readonly url: string
  /** Its process, or the parent of its processes. */
  pid(): number
  /** Kills it as a power cut would, and starts it again with what is on its disk. */
  crashAndRestart(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** A Redis on a free port, that writes what it holds to disk. */
export async function startRedis(
  options: { appendOnly: boolean } = { appendOnly: true },
): Promise<OwnService> {
  const program = await findProgram('redis-server', [], 'On Debian and Ubuntu: apt install redis-server')
  const folder = await mkdtemp(join(tmpdir(), 'backfill-redis-'))
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  let server: ChildProcess
  const start = async (): Promise<void> => {
    server = spawn(
      program,
      ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''].concat([
        '--appendonly',
        options.appendOnly ? 'yes' : 'no',
      ]),
      { stdio: 'ignore' },
    )
    await untilItWorks(() => ping(port), 20_000)
  }
  const kill = async (): Promise<void> => {
    server.kill('SIGKILL')
    await once(server, 'exit')
  }
  await start()
  const forget = onExit(() => server.kill('SIGKILL'))
  return {
    url,
    pid: () => server.pid ?? 0,
    async crashAndRestart() {
      await kill()
      await start()
    },
    async [Symbol.asyncDispose]() {
      forget()
      await kill()
      await rm(folder, { recursive: true })
    },
  }
}

async function ping(port: number): Promise<void> {
  const client = new Redis(port, '127.0.0.1', { lazyConnect: true, retryStrategy: () => null })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.ping()
  } finally {
    client.disconnect()
  }
}
