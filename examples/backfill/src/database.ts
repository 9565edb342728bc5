import { readFile } from 'node:fs/promises'
import pg from 'pg'
import type { Settings } from './settings.ts'

/** Connects when it is used, with no more connections than the settings allow. */
export function createPool(
  { databaseUrl, databaseConnections }: Settings,
  say: (message: string) => void = console.error,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: databaseConnections,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
  })
  // A connection that breaks while nobody uses it. The next query opens another one.
  pool.on('error', (error) => say(`Postgres: ${error.message}`))
  return pool
}

const SCHEMA = new URL('../../schema.sql', import.meta.url)

export async function createTables(pool: pg.Pool): Promise<void> {
  await pool.query(await readFile(SCHEMA, 'utf8'))
}

/** Whether Postgres cannot be reached, is starting or stopping, or has no room: nothing is wrong with the query. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  // Connection exception, insufficient resources, operator intervention.
  if (/^(08|53|57)\w{3}$/.test(code)) return true
  return /^E(CONN|PIPE|TIMEDOUT|HOST|NET)/.test(code) || /connection|timeout/i.test(error.message)
}
