/**
 * The command of the backfill. See README.md.
 *
 *     npm run backfill -- import customers.csv
 *     npm run backfill -- worker
 *     npm run backfill -- run
 */
import { constants } from 'node:os'
import { ConfigurationError } from 'participant-conversations'
import {
  type Command,
  dashboardCommand,
  failedCommand,
  importCommand,
  retryCommand,
  runCommand,
  statusCommand,
} from './commands.ts'
import { isUnavailable } from './database.ts'
import { readSettings, SettingError } from './settings.ts'
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

const workerCommand: Command = async ({ settings }) => {
  await runWorker(settings)
  return 0
}

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['run', runCommand],
  ['status', statusCommand],
  ['worker', workerCommand],
  ['failed', failedCommand],
  ['retry', retryCommand],
  ['dashboard', dashboardCommand],
])

const [name = '', ...args] = process.argv.slice(2)
process.exitCode = await execute(commandFor(name, args))

function commandFor(name: string, args: readonly string[]): Command | undefined {
  const isComplete = args.length === (args[0] === '--query' ? 2 : 1)
  return name === 'import' && isComplete ? importCommand : COMMANDS.get(name)
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
    if (!(error instanceof Error && isCorrectable(error))) throw error
    console.error(error.message === '' && 'code' in error ? String(error.code) : error.message)
    // A worker may have opened connections by now, which would keep the process alive.
    process.exit(1)
  }
}

/** Whether it is a setting, credentials, the file, the CSV in it, or a service: the message then says what is wrong. */
function isCorrectable(error: Error): boolean {
  const isSetting = error instanceof SettingError || error instanceof ConfigurationError
  return isSetting || 'code' in error || isUnavailable(error)
}
