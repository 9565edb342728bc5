/**
 * The command of the backfill. See README.md.
 *
 *     npm run backfill -- import customers.csv
 *     npm run backfill -- worker
 *     npm run backfill -- run
 */
import { constants } from 'node:os'
import {
  type Command,
  dashboardCommand,
  failedCommand,
  importCommand,
  retryCommand,
  runCommand,
  statusCommand,
} from './commands.ts'
import { readSettings } from './settings.ts'
import { runWorker } from './worker.ts'

const USAGE = `Usage: npm run backfill -- COMMAND
  import FILE.csv       adds the participants of a CSV file
  import --query SQL    adds the participants that a query returns
  run                   fills the queues and shows the progress until all is done
  status                shows the progress once, and what each account waits for
  worker                works on the queues until SIGTERM
  failed                lists the participants that failed for good, with their errors
  retry                 lists them again, each from its cursor, and resumes paused accounts
  dashboard             serves Bull Board, and metrics of the queues`

const COMMANDS: Readonly<Record<string, Command>> = {
  run: runCommand,
  status: statusCommand,
  failed: failedCommand,
  retry: retryCommand,
  dashboard: dashboardCommand,
}

const [name = '', ...args] = process.argv.slice(2)
if (name === 'worker') await runWorker(readSettings(process.env))
else process.exitCode = await execute(commandFor(name, args))

function commandFor(name: string, args: readonly string[]): Command | undefined {
  const isComplete = args.length === (args[0] === '--query' ? 2 : 1)
  return name === 'import' && isComplete ? importCommand : COMMANDS[name]
}

async function execute(command: Command | undefined): Promise<number> {
  if (command === undefined) {
    console.error(USAGE)
    return 2
  }
  const stop = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    // The exit code that a shell reports for it.
    process.once(signal, () => stop.abort(128 + constants.signals[signal]))
  }
  try {
    return await command({ settings: readSettings(process.env), args, stop: stop.signal })
  } catch (error) {
    // The file, the CSV in it, or a service: its message says what is wrong.
    if (!(error instanceof Error && 'code' in error)) throw error
    console.error(error.message === '' ? String(error.code) : error.message)
    return 1
  }
}
