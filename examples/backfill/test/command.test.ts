import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { type Backfill, firstResidents, openBackfill } from './support/backfill.ts'
import { startPostgres } from './support/own-postgres.ts'
import { type OwnService, startRedis } from './support/own-redis.ts'
import { environment } from './support/processes.ts'

const MAIN = new URL('../src/main.js', import.meta.url)

let redis: OwnService
let postgres: OwnService
let backfill: Backfill
let env: NodeJS.ProcessEnv

before(async () => {
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
