/**
 * The command of the backfill. See README.md.
 *
 *     npm run backfill -- import customers.csv
 *     npm run backfill -- worker
 *     npm run backfill -- run
 */
import { once } from 'node:events'
import { constants } from 'node:os'
import { accountsOf } from './accounts.ts'
import { serveDashboard } from './dashboard.ts'
import { createPool, createTables } from './database.ts'
import { listFailed, sendFailedAgain } from './failed.ts'
import { importParticipants, readCsv, readQuery } from './import.ts'
import { connectToRedis, openQueue } from './queue.ts'
import { runBackfill } from './run.ts'
import { readSettings } from './settings.ts'
import { runWorker } from './worker.ts'

const USAGE = `Usage: npm run backfill -- COMMAND
  import FILE.csv       adds the participants of a CSV file
  import --query SQL    adds the participants that a query returns
  run                   fills the queues and shows the progress until all is done
  worker                works on the queues until SIGTERM
  failed                lists the participants that failed for good, with their errors
  retry                 sends them again, each from its cursor
  dashboard             serves Bull Board`

const settings = readSettings(process.env)
const [command = '', ...args] = process.argv.slice(2)

if (command === 'worker') await runWorker(settings)
else await withServices(command)

async function withServices(command: string): Promise<void> {
  const accounts = accountsOf(settings)
  const pool = createPool(settings)
  const redis = connectToRedis(settings.redisUrl)
  const queues = accounts.map(({ name }) => openQueue(name, redis))
  const stop = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    // The exit code that a shell reports for it.
    process.once(signal, () => stop.abort(128 + constants.signals[signal]))
  }
  try {
    await createTables(pool)
    switch (command) {
      case 'import': {
        const [file = '', query = ''] = args
        if (file === '' || (file === '--query' && query === '')) {
          failWithUsage()
          break
        }
        const source = file === '--query' ? readQuery(pool, query) : readCsv(file)
        console.log(`${await importParticipants(pool, accounts, source, stop.signal)} participants added`)
        if (stop.signal.aborted) process.exitCode = stop.signal.reason
        break
      }
      case 'run': {
        const { participants, finished, failed } = await runBackfill({
          pool,
          redis,
          queues,
          jobsInRedis: settings.jobsInRedis,
          everyMs: 5_000,
          onLine: showProgress,
          signal: stop.signal,
        })
        process.stdout.write('\n')
        if (failed > 0) console.log(`${failed} participants failed: see "failed" and "retry"`)
        const left = participants - finished - failed
        process.exitCode = failed > 0 ? 1 : 0
        if (left > 0 && stop.signal.aborted) {
          console.log(`${left} participants are left: to continue, run this again`)
          process.exitCode = stop.signal.reason
        }
        break
      }
      case 'failed':
        for (const failure of await listFailed(pool)) console.log(JSON.stringify(failure))
        break
      case 'retry':
        console.log(`${await sendFailedAgain(pool, queues)} participants sent again`)
        break
      case 'dashboard': {
        const server = serveDashboard(queues, settings.dashboardPort, settings.host)
        console.log(`Bull Board: http://${settings.host}:${settings.dashboardPort}`)
        if (!stop.signal.aborted) await once(stop.signal, 'abort')
        server.close()
        server.closeAllConnections()
        break
      }
      default:
        failWithUsage()
    }
  } catch (error) {
    // The file, the CSV in it, or a service: its message says what is wrong.
    if (!(error instanceof Error && 'code' in error && error.message !== '')) throw error
    console.error(error.message)
    process.exitCode = 1
  } finally {
    await Promise.all(queues.map((queue) => queue.close()))
    await redis.quit()
    await pool.end()
  }
}

function failWithUsage(): void {
  console.error(USAGE)
  process.exitCode = 2
}

/** On a terminal the line is written over; in a log each is a line of its own. */
function showProgress(line: string): void {
  process.stdout.write(process.stdout.isTTY ? `\r\u001b[K${line}` : `${line}\n`)
}
