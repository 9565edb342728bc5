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
import { createWriteStream, openSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CREDENTIALS } from '../stand-in/population.ts'
import { forgetEverything } from './forget.ts'

const WORKERS = 2
const DASHBOARD_PORT = Number(process.env.DASHBOARD_PORT ?? 3000)
const METRICS_PORT = Number(process.env.METRICS_PORT ?? 9464)

const participants = process.argv[2] ?? '500'
const folder = await mkdtemp(join(tmpdir(), 'backfill-'))
const csv = join(folder, 'participants.csv')
const log = join(folder, 'workers.log')
await forgetEverything()

const standIn = start('stand-in/server.js', [], { FAULTS: '0.02' }, 'ignore')
const [url] = await once(standIn, 'message')
const providers = { ...CREDENTIALS, TWILIO_BASE_URL: String(url), BIRD_BASE_URL: String(url) }

const list = start('stand-in/csv.js', [participants], {}, 'pipe')
list.stdout?.pipe(createWriteStream(csv))
await once(list, 'close')
await once(start('src/main.js', ['import', csv], providers), 'exit')

// Their messages would be in the middle of the progress.
const messages = openSync(log, 'a')
const workers = Array.from({ length: WORKERS }, (_, number) =>
  start(
    'src/main.js',
    ['worker'],
    { ...providers, METRICS_PORT: String(METRICS_PORT + number) },
    messages,
    messages,
  ),
)
const dashboard = start(
  'src/main.js',
  ['dashboard'],
  { ...providers, DASHBOARD_PORT: String(DASHBOARD_PORT) },
  messages,
  messages,
)
const stopped = [...workers, dashboard].map((process) => once(process, 'exit'))
console.log(`
Bull Board            http://127.0.0.1:${DASHBOARD_PORT}
Metrics               http://127.0.0.1:${DASHBOARD_PORT}/metrics, :${METRICS_PORT}/metrics, :${METRICS_PORT + 1}/metrics
Messages of workers   ${log}
Kill a worker         kill -9 ${workers[0]?.pid}
Take a provider down  curl '${url}/stand-in/down?account=bird&seconds=20'
`)

await once(start('src/main.js', ['run'], providers), 'exit')
for (const process of [...workers, dashboard]) process.kill('SIGTERM')
await Promise.all(stopped)
standIn.disconnect()
await rm(folder, { recursive: true })
console.log('The conversations are in backfill.conversations')

type Output = 'inherit' | 'ignore' | 'pipe' | number

function start(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  stdout: Output = 'inherit',
  stderr: Output = 'inherit',
): ChildProcess {
  return fork(new URL(`../${file}`, import.meta.url), args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', stdout, stderr, 'ipc'],
  })
}
