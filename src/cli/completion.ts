import { readdirSync } from 'node:fs'
import tab from '@bomb.sh/tab/commander'
import type { Command } from 'commander'
import { COLUMN_NAMES } from './columns.ts'
import { FIELD_NAMES } from './fields.ts'

/** What an option may be completed to, given what has been typed of its value. */
type Values = (typed: string) => readonly string[]

const VALUES: Readonly<Record<string, Values>> = {
  json: (typed) => listsOf(FIELD_NAMES, typed),
  columns: (typed) => listsOf(COLUMN_NAMES, typed),
  adapter: filesIn,
  checkpoint: filesIn,
  dotenv: filesIn,
}

/** Adds `completion <shell>`, which prints a script. On Tab, the script runs a hidden command, `complete`. */
export function addCompletion(program: Command): void {
  const { commands } = tab(program, { completionCommandName: 'completion' })
  program.commands
    .find((command) => command.name() === 'completion')
    ?.description('print a script that completes this command in a shell')
  for (const [name, values] of Object.entries(VALUES)) {
    const option = commands.get('list')?.options.get(name)
    if (option === undefined) continue
    option.handler = (complete) => {
      // What is being typed is the last argument, perhaps as --option=value.
      const typed = process.argv.at(-1)?.replace(/^--[\w-]+=/, '') ?? ''
      for (const value of values(typed)) complete(value, '')
    }
  }
}

/** The names that may follow those that are there already, separated by commas. */
function listsOf(names: readonly string[], typed: string): string[] {
  const before = typed.slice(0, typed.lastIndexOf(',') + 1)
  return names.map((name) => before + name)
}

/** The files and folders in the folder that has been typed so far. */
function filesIn(typed: string): string[] {
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1)
  try {
    return readdirSync(folder || '.', { withFileTypes: true }).map(
      (entry) => `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`,
    )
  } catch {
    return []
  }
}
