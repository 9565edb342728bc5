/**
 * The inbox, on loopback: with the providers whose credentials are in the environment, else with the stand-in. `PORT` is
 * the port, `CURSOR_SECRET` a secret that outlives this process (without it, a restart makes the cursors of open pages
 * expire; they then start again).
 */
import { randomBytes } from 'node:crypto'
import { providerTitle } from '../shared/api.ts'
import { providersOf } from './accounts.ts'
import { serve } from './serve.ts'
import { readLabels } from './settings.ts'
import { createStandInAccounts } from './stand-in.ts'

try {
  const providers = providersOf(process.env)
  const accounts =
    providers.length > 0
      ? { providers, customers: null, ...readLabels(process.env) }
      : createStandInAccounts()
  const port = readPort(process.env.PORT || '3000')
  const cursorSecret = readSecret(process.env.CURSOR_SECRET || randomBytes(32).toString('base64'))
  const log = (error: Error): void => console.error(`${error.name}: ${error.message}`)
  const { url } = await serve({ ...accounts, cursorSecret, log }, port)
  const names = accounts.providers.map(({ name }) => providerTitle(name)).join(' and ')
  console.log(
    accounts.customers
      ? `The inbox, with a stand-in for ${names} on this machine: ${url}`
      : `The inbox of ${names}: ${url}`,
  )
  if (accounts.customers)
    console.log('With credentials in the environment, it lists the real providers: see the README.')
} catch (error) {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  const hint = isTaken ? '. Set PORT to another one.' : ''
  console.error(error instanceof Error ? `${error.message}${hint}` : error)
  process.exitCode = 1
}

function readPort(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new Error(`PORT must be a number from 0 to 65535; got "${text}".`)
}

/** The library would refuse a shorter one, but only when somebody searches. */
function readSecret(text: string): string {
  if (text.length >= 32) return text
  throw new Error(
    'CURSOR_SECRET must have at least 32 characters, such as the output of `openssl rand -base64 32`.',
  )
}
