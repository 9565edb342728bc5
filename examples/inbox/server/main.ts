/**
 * The inbox, on loopback: with the providers whose credentials are in the environment, else with the stand-in. `PORT` is
 * the port, `CURSOR_SECRET` a secret that outlives this process (without it, a restart makes the cursors of open pages
 * expire; they then start again).
 */
import { randomBytes } from 'node:crypto'
import { providerTitle } from '../shared/api.ts'
import { providersOf } from './accounts.ts'
import { serve } from './serve.ts'
import { createStandInAccounts } from './stand-in.ts'

const { PORT = '3000', CURSOR_SECRET = randomBytes(32).toString('base64') } = process.env

try {
  const providers = providersOf(process.env)
  const accounts = providers.length > 0 ? { providers, customers: null } : createStandInAccounts()
  const log = (error: Error): void => console.error(`${error.name}: ${error.message}`)
  const { url } = await serve({ ...accounts, cursorSecret: CURSOR_SECRET, log }, Number(PORT))
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
