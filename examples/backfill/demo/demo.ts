/**
 * The whole backfill on this machine, against the stand-in, with a Redis and a Postgres that already run:
 *
 *     npm run demo              # 500 participants, 25,000 conversations
 *     npm run demo -- 20000
 *
 * It deletes what an earlier backfill left in that Redis and that Postgres.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CREDENTIALS } from '../stand-in/population.ts'
import { forgetEverything } from './forget.ts'

const WORKERS = 2
const DASHBOARD_PORT = 3000
const METRICS_PORT = 9464

const participants = process.argv[2] ?? '500'
const folder = await mkdtemp(join(tmpdir(), 'backfill-'))
const csv = join(folder, 'participants.csv')
await forgetEverything()

const standIn = start('stand-in/server.js', [], { FAULTS: '0.02' })
const [url] = await once(standIn, 'message')
const providers = { ...CREDENTIALS, TWILIO_BASE_URL: String(url), BIRD_BASE_URL: String(url) }

const list = start('stand-in/csv.js', [participants], {}, 'pipe')
list.stdout?.pipe(createWriteStream(csv))
await once(list, 'close')
await once(start('src/main.js', ['import', csv], providers), 'exit')

const workers = Array.from({ length: WORKERS }, (_, number) =>
  start('src/main.js', ['worker'], { ...providers, METRICS_PORT: String(METRICS_PORT + number) }),
)
const dashboard = start('src/main.js', ['dashboard'], {
  ...providers,
  DASHBOARD_PORT: String(DASHBOARD_PORT),
})
console.log(
  `Metrics of the workers: http://127.0.0.1:${METRICS_PORT}/metrics and :${METRICS_PORT + 1}/metrics`,
)

await once(start('src/main.js', ['run'], providers), 'exit')
for (const process of [...workers, dashboard]) process.kill('SIGTERM')
await Promise.all(workers.map((worker) => once(worker, 'exit')))
standIn.disconnect()
await rm(folder, { recursive: true })
console.log('The conversations are in backfill.conversations')

function start(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  stdout: 'inherit' | 'pipe' = 'inherit',
): ChildProcess {
  return fork(new URL(`../${file}`, import.meta.url), args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', stdout, 'inherit', 'ipc'],
  })
}
