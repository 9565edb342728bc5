import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { CsvError, type Info, parse } from 'csv-parse'
import type pg from 'pg'
import Cursor from 'pg-cursor'
import type { Columns } from './participant.ts'

/** A row of the source, or what is wrong with it. */
export type SourceRow = { readonly place: string } & (
  | { readonly columns: Columns }
  | { readonly problem: string }
)

/** The rows of a CSV file, read as they are needed. A bad row does not end the file, unless it does not end itself. */
export async function* readCsv(path: string): AsyncIterable<SourceRow> {
  const parser = parse({
    columns: true,
    bom: true,
    trim: true,
    skip_empty_lines: true,
    info: true,
    // Otherwise a quote in the middle of a value takes the next rows with it.
    relax_quotes: true,
    // Otherwise a row with too few or too many values is an error of the file.
    relax_column_count: true,
  })
  // An error of the file ends the rows too, and whoever reads them gets it.
  const records: AsyncIterable<{ record: Columns; info: Info }> = pipeline(
    createReadStream(path),
    parser,
    () => {},
  )
  let last = 0
  let uneven = 0
  try {
    for await (const { record, info } of records) {
      last = info.lines
      const isUneven = info.invalid_field_length > uneven
      uneven = info.invalid_field_length
      const place = `line ${last}`
      yield isUneven
        ? { place, problem: 'It has more or fewer values than the first line has columns' }
        : { place, columns: record }
    }
  } catch (error) {
    if (!(error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED')) throw error
    yield {
      place: `after line ${last}`,
      problem: 'A quote is not closed, so the rest of the file was not read',
    }
  }
}

const BATCH = 1_000

/** The result of a query, such as `SELECT 'bird' AS account, phone FROM customers`. */
export async function* readQuery(pool: pg.Pool, query: string): AsyncIterable<SourceRow> {
  const client = await pool.connect()
  const cursor = client.query(new Cursor<Columns>(query))
  let number = 0
  try {
    for (let rows = await cursor.read(BATCH); rows.length > 0; rows = await cursor.read(BATCH)) {
      for (const columns of rows) yield { place: `row ${++number}`, columns }
    }
  } finally {
    await cursor.close()
    client.release()
  }
}
