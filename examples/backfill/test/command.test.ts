import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { accountsOf } from '../src/accounts.ts'
import { importParticipants } from '../src/import.ts'
import { type Backfill, firstResidents, openBackfill } from './support/backfill.ts'
import { startPostgres } from './support/own-postgres.ts'
import { type OwnService, startRedis } from './support/own-redis.ts'
import { environment } from './support/processes.ts'

const MAIN = new URL('../src/main.js', import.meta.url)

let redis: OwnService
let postgres: OwnService
let backfill: Backfill
let env: NodeJS.ProcessEnv
let folder: string

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backfill-command-'))
  redis = await startRedis()
  postgres = await startPostgres()
  env = environment({
    redisUrl: redis.url,
    databaseUrl: postgres.url,
    standInUrl: 'http://127.0.0.1:9',
  })
  backfill = await openBackfill(env)
})
after(async () => {
  await rm(folder, { recursive: true })
  await backfill[Symbol.asyncDispose]()
  await redis[Symbol.asyncDispose]()
  await postgres[Symbol.asyncDispose]()
})

/** Runs the command to its end. `onOutput` receives the process once it has printed something. */
async function run(
  args: readonly string[],
  onOutput: (child: ChildProcess) => void = () => {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = fork(MAIN, [...args], { env, silent: true })
  let stdout = ''
  let stderr = ''
  child.stderr?.on('data', (chunk) => {
    stderr += chunk
  })
  child.stdout?.on('data', (chunk) => {
    stdout += chunk
  })
  child.stdout?.once('data', () => onOutput(child))
  const [code] = await once(child, 'close')
  return { code, stdout, stderr }
}

for (const [signal, expected] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  test(`"run" that ${signal} stops before all is done does not exit with 0`, async () => {
    await backfill.begin(firstResidents(3))

    const { code, stdout } = await run(['run'], (child) => child.kill(signal))

    assert.equal(code, expected)
    assert.match(stdout, /3 participants are left: to continue, run this again/)
  })
}

test('"import" stores a row with a NUL without it', async () => {
  await backfill.begin([])
  const file = join(folder, 'nul.csv')
  await writeFile(file, 'account,identity\ntwilio,j\0o\ntwilio,kim\n')

  const { code, stdout } = await run(['import', file])

  const { rows } = await backfill.pool.query(
    'SELECT participant, error FROM backfill.participants ORDER BY id',
  )
  assert.deepEqual({ code, stdout }, { code: 0, stdout: '2 participants added\n' })
  assert.deepEqual(rows, [
    { participant: { identity: 'jo' }, error: null },
    { participant: { identity: 'kim' }, error: null },
  ])
})

for (const args of [[], ['--query']]) {
  test(`"import" without a source says how it is used: ${JSON.stringify(args)}`, async () => {
    const { code, stderr } = await run(['import', ...args])

    assert.equal(code, 2)
    assert.match(stderr, /^Usage: /)
  })
}

test('"import" of a file that is not there says so in one line', async () => {
  const { code, stderr } = await run(['import', join(folder, 'nope.csv')])

  assert.equal(code, 1)
  assert.match(stderr, /^ENOENT: .*nope\.csv'\n$/)
})

test('an import that is stopped adds what it has read, and no more', async () => {
  await backfill.begin([])
  const stop = new AbortController()
  function* rows() {
    for (let index = 0; index < 2_500; index += 1) {
      if (index === 1_500) stop.abort()
      yield { account: 'twilio', identity: `user-${index}` }
    }
  }

  const added = await importParticipants(backfill.pool, accountsOf(backfill.settings), rows(), stop.signal)

  assert.equal(added, 1_500)
})
