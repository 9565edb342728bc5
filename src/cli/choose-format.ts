import pc from 'picocolors'
import { columnsNamed } from './columns.ts'
import { csvFormat } from './csv.ts'
import type { Format } from './format.ts'
import { jsonFormat, ndjsonFormat } from './json.ts'
import type { ListArguments } from './program.ts'
import { defaultTableColumns, tableFormat } from './table.ts'
import { UsageError } from './usage-error.ts'

const CSV_COLUMNS = ['provider', 'id', 'status', 'channel', 'createdAt', 'updatedAt', 'title', 'lastMessage']

/**
 * A table on a terminal and NDJSON elsewhere, unless the caller chooses. When an output is continued, its header has
 * already been printed.
 *
 * @returns a function that creates it, given the names of the providers
 * @throws UsageError for options that cannot be combined
 */
export function chooseFormat(
  options: ListArguments,
  isContinued: boolean,
): (providers: readonly string[]) => Format {
  const { raw = false, header, checkpoint, columns: names } = options
  const { isTTY } = process.stdout
  const output = options.output ?? (isTTY && !raw ? 'table' : 'ndjson')
  const columns = names === undefined ? null : columnsNamed(names)
  if (raw && output === 'table') throw new UsageError('--raw requires --output json, ndjson or csv.')
  if (raw && columns !== null && output !== 'csv') {
    throw new UsageError('--raw cannot be combined with --columns, except with --output csv.')
  }
  if (checkpoint !== undefined && output === 'json') {
    throw new UsageError(
      '--checkpoint requires --output ndjson, csv or table: two JSON arrays are not one JSON document.',
    )
  }

  if (output === 'json') return () => jsonFormat({ columns, raw })
  if (output === 'ndjson') return () => ndjsonFormat({ columns, raw })
  if (output === 'csv') {
    const named = columns ?? columnsNamed(CSV_COLUMNS)
    return () => csvFormat(named, { header: header && !isContinued, raw, controls: raw && !isTTY })
  }
  const width = process.stdout.columns || Number(process.env.COLUMNS) || 80
  return (providers) =>
    tableFormat(columns ?? defaultTableColumns(width), {
      width,
      header: header && !isContinued,
      headerFirst: checkpoint !== undefined,
      providers,
      colors: pc.createColors(hasColors(isTTY)),
    })
}

/** Decides like picocolors, which however treats any FORCE_COLOR as yes, and CI as a terminal with colors. */
function hasColors(isTTY: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env
  if (FORCE_COLOR === '0' || FORCE_COLOR === 'false') return false
  return isTTY ? pc.isColorSupported : Boolean(FORCE_COLOR) && !NO_COLOR
}
