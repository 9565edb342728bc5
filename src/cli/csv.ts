import { stringify } from 'csv-stringify/sync'
import type { Cell, Column } from './columns.ts'
import type { Format } from './format.ts'
import { showControls } from './text.ts'

/**
 * CSV according to RFC 4180. Unless `raw`, a cell that a spreadsheet would evaluate as a formula starts with an
 * apostrophe. Unless `controls`, control characters other than line breaks are shown as symbols. The header comes with
 * the first page even if that is empty, since a run that continues after it has none.
 */
export function csvFormat(
  columns: readonly Column[],
  { header, raw, controls }: { header: boolean; raw: boolean; controls: boolean },
): Format {
  let needsHeader = header
  const textOf = (cell: Cell): string | number | null => {
    if (cell instanceof Date) return cell.toISOString()
    return typeof cell === 'string' && !controls ? showControls(cell) : cell
  }
  const recordsOf = (records: (string | number | null)[][]): string =>
    stringify(records, {
      record_delimiter: '\r\n',
      // A record delimiter turns this off by default, and each line of a cell would become a row.
      quote_record_delimiter: true,
      escape_formulas: !raw,
    })
  return {
    page(items) {
      const rows = items.map((item) => columns.map(({ cellOf }) => textOf(cellOf(item))))
      const text = recordsOf(needsHeader ? [columns.map(({ name }) => name), ...rows] : rows)
      needsHeader = false
      return text
    },
  }
}
