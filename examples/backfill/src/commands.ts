import { once } from 'node:events'
import { serveDashboard } from './dashboard.ts'
import { listFailed, sendFailedAgain } from './failed.ts'
import { plural } from './format.ts'
import { importParticipants } from './import.ts'
import { importLine, refusalLines } from './import-report.ts'
import { runBackfill } from './run.ts'
import { openQueues, openTables } from './services.ts'
import type { Settings } from './settings.ts'
import { readCsv, readQuery } from './sources.ts'
import { readStatus } from './status.ts'
import { failedLines, statusLines } from './status-lines.ts'
import { createTerminal } from './terminal.ts'

/** What a command needs. `stop` is aborted by SIGTERM and SIGINT, with the exit code that belongs to the signal. */
export interface CommandContext {
  readonly settings: Settings
  readonly args: readonly string[]
  readonly stop: AbortSignal
}

/** Prints what it has to say, and returns the exit code. */
export type Command = (context: CommandContext) => Promise<number>

const PRINT_EVERY_MS = 5_000

export const importCommand: Command = async ({ settings, args: [file = '', query = ''], stop }) => {
  await using tables = await openTables(settings)
  const source = file === '--query' ? readQuery(tables.pool, query) : readCsv(file)
  const terminal = createTerminal()
  const report = await importParticipants(tables.pool, tables.accounts, source, {
    signal: stop,
    onProgress: (report) => terminal.show([importLine(report)]),
  })
  terminal.finish([importLine(report)])
  for (const line of refusalLines(report)) console.error(line)
  if (stop.aborted) return stop.reason
  return report.refused > 0 ? 1 : 0
}

export const runCommand: Command = async ({ settings, stop }) => {
  const terminal = createTerminal()
  await using services = await openQueues(settings, terminal.say)
  const status = await runBackfill({
    ...services,
    jobsInRedis: settings.jobsInRedis,
    everyMs: PRINT_EVERY_MS,
    onStatus: (status) => terminal.show(statusLines(status, settings)),
    onProblem: terminal.say,
    signal: stop,
  })
  terminal.finish([...statusLines(status, settings), ...failedLines(status)])
  const left = status.reduce((sum, account) => sum + account.left, 0)
  if (left > 0) console.log(`${plural(left, 'participant')} left: to continue, run this again`)
  if (stop.aborted && left > 0) return stop.reason
  return status.every(({ participants, finished }) => participants === finished) ? 0 : 1
}

export const statusCommand: Command = async ({ settings }) => {
  await using services = await openQueues(settings)
  await services.waitForRedis()
  const status = await readStatus(services)
  for (const line of [...statusLines(status, settings), ...failedLines(status)]) console.log(line)
  return 0
}

export const failedCommand: Command = async ({ settings }) => {
  await using tables = await openTables(settings)
  for await (const failure of listFailed(tables.pool)) console.log(JSON.stringify(failure))
  return 0
}

export const retryCommand: Command = async ({ settings }) => {
  const terminal = createTerminal()
  await using services = await openQueues(settings, terminal.say)
  const line = (count: number): string => `${plural(count, 'participant')} to be listed again`
  const count = await sendFailedAgain(services.pool, services.queues, (count) => terminal.show([line(count)]))
  terminal.finish([`${line(count)}, each from its cursor: "run" adds them to the queues`])
  return 0
}

export const dashboardCommand: Command = async ({ settings, stop }) => {
  await using services = await openQueues(settings)
  const server = serveDashboard(services, settings.dashboardPort, settings.host)
  await once(server, 'listening')
  const url = `http://${settings.host}:${settings.dashboardPort}`
  console.log(`Bull Board: ${url}, metrics: ${url}/metrics`)
  if (!stop.aborted) await once(stop, 'abort')
  server.close()
  server.closeAllConnections()
  return 0
}
