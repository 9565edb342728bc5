import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { OwnService } from './own-redis.ts'
import { execute, findProgram, freePort, onExit, untilItWorks } from './program.ts'

const INSTALL = 'On Debian and Ubuntu: apt install postgresql'

/** A Postgres cluster in a temporary folder, on a free port, with Postgres's own settings. */
export async function startPostgres(): Promise<OwnService> {
  const folders = await debianFolders()
  const initdb = await findProgram('initdb', folders, INSTALL)
  const pgCtl = await findProgram('pg_ctl', folders, INSTALL)
  const folder = await mkdtemp(join(tmpdir(), 'backfill-postgres-'))
  const user = await unprivilegedUser()
  if (user !== null) await chown(folder, user, user)
  const asUser = { cwd: folder, ...(user !== null && { uid: user, gid: user }) }
  const run = (program: string, args: readonly string[]): Promise<unknown> =>
    execute(program, [...args], asUser)

  const port = await freePort()
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  await run(initdb, ['--pgdata', 'data', '--username', 'postgres', '--auth', 'trust', '--no-sync'])
  const ctl = (...args: readonly string[]): Promise<unknown> =>
    run(pgCtl, ['--pgdata', 'data', '--silent', '--wait', '--log', 'log', ...args])
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=`
  const start = async (): Promise<void> => {
    await ctl('--options', options, 'start')
    await untilItWorks(() => ask(url), 20_000)
  }
  await start()
  const forget = onExit(() => spawnSync(pgCtl, ['--pgdata', 'data', '--mode', 'immediate', 'stop'], asUser))
  return {
    url,
    pid: () => Number.parseInt(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8'), 10),
    async crashAndRestart() {
      await ctl('--mode', 'immediate', 'stop')
      await start()
    },
    async [Symbol.asyncDispose]() {
      forget()
      await ctl('--mode', 'immediate', 'stop')
      await rm(folder, { recursive: true })
    },
  }
}

/** Debian keeps the server's programs out of PATH. */
async function debianFolders(): Promise<string[]> {
  const root = '/usr/lib/postgresql'
  const versions = await readdir(root).catch(() => [])
  return versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(root, version, 'bin'))
}

/** Postgres refuses to run as root. null: this process is not root. */
async function unprivilegedUser(): Promise<number | null> {
  if (process.getuid?.() !== 0) return null
  const { stdout } = await execute('id', ['-u', 'postgres']).catch(() => execute('id', ['-u', 'nobody']))
  return Number(stdout)
}

async function ask(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  await client.end()
}
