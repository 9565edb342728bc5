import pc from 'picocolors'
import { columnsNamed } from './columns.ts'
import { csvFormat } from './csv.ts'
import { fieldsNamed } from './fields.ts'
import type { Format } from './format.ts'
import { indentedJsonFormat, jsonFormat, ndjsonFormat } from './json.ts'
import type { ListArguments } from './list-arguments.ts'
import { defaultTableColumns, tableFormat } from './table.ts'
import { UsageError } from './usage-error.ts'

const CSV_COLUMNS = ['provider', 'id', 'status', 'channel', 'createdAt', 'updatedAt', 'title', 'lastMessage']

/**
 * A table on a terminal and NDJSON elsewhere, unless the caller chooses. When an output is continued, its header has
 * already been printed. Fields are those of the model, with their own types, for JSON; columns are cells of a table or CSV.
 *
 * @returns a function that creates it, given the names of the providers
 * @throws UsageError for options that cannot be combined
 */
export function chooseFormat(
  options: ListArguments,
  isContinued: boolean,
): (providers: readonly string[]) => Format {
  const { raw = false, header, checkpoint, utc = false } = options
  const { isTTY } = process.stdout
  const columns = options.columns === undefined ? null : columnsNamed(options.columns)
  const fields = options.json === undefined ? null : fieldsNamed(options.json)
  const output = options.output ?? defaultOutput(fields !== null, isTTY && !raw)
  const isJson = output === 'json' || output === 'ndjson'
  if (raw && output === 'table') throw new UsageError('--raw requires --output json, ndjson or csv.')
  if (raw && fields !== null)
    throw new UsageError('--raw and --json cannot be combined: raw is a field of --json.')
  if (fields !== null && !isJson) {
    throw new UsageError(`--json selects fields of JSON. For --output ${output}, pass --columns.`)
  }
  if (columns !== null && isJson) {
    throw new UsageError('--columns is for --output table or csv. For JSON, select fields with --json.')
  }
  if (checkpoint !== undefined && output === 'json') {
    throw new UsageError(
      '--checkpoint requires --output ndjson, csv or table: two JSON arrays are not one JSON document.',
    )
  }

  if (output === 'json') return () => (isTTY ? indentedJsonFormat : jsonFormat)({ fields, raw })
  if (output === 'ndjson') return () => ndjsonFormat({ fields, raw })
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
      utc,
      colors: pc.createColors(options.color && hasColors(isTTY)),
    })
}

function defaultOutput(hasFields: boolean, isForPeople: boolean): 'json' | 'table' | 'ndjson' {
  if (hasFields) return 'json'
  return isForPeople ? 'table' : 'ndjson'
}

/** Like picocolors, except that it takes any FORCE_COLOR as yes, and CI as a terminal with colors. */
function hasColors(isTTY: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env
  if (FORCE_COLOR === '0' || FORCE_COLOR === 'false') return false
  return isTTY ? pc.isColorSupported : Boolean(FORCE_COLOR) && !NO_COLOR
}
