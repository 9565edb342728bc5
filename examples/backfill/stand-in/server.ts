/**
 * Both providers on loopback, with the participants of `population.ts`:
 *
 *     PORT=8080 FAULTS=0.05 node dist/stand-in/server.js
 *
 * One of them goes down for a minute:
 *
 *     curl 'http://127.0.0.1:8080/stand-in/down?account=bird&seconds=60'
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { createStandIn } from 'participant-conversations/testing'
import { createArrivals } from './arrivals.ts'
import { createFaults, type Fault } from './faults.ts'
import { createOutages } from './outage.ts'
import { birdConversations, CREDENTIALS, indexOf, twilioConversations } from './population.ts'

const { PORT = '0', HOST = '127.0.0.1', FAULTS = '0', SEED = '1', SLOW_MS = '3000' } = process.env
const RETRY_AFTER_SECONDS = 1

const arrivals = createArrivals()
const nextFault = createFaults(Number(FAULTS), Number(SEED))
const outages = createOutages()
const server = createServer((incoming, outgoing) => {
  // What has arrived so far, for tests.
  if (incoming.url === '/stand-in/') return outgoing.end(JSON.stringify(arrivals.report()))
  if (incoming.url?.startsWith('/stand-in/down?')) return outgoing.end(outages.begin(urlOf(incoming)))
  play(incoming, outgoing).catch((error) => outgoing.destroy(error))
})
server.keepAliveTimeout = 60_000
server.listen(Number(PORT), HOST, () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The stand-in has no port')
  const url = `http://${HOST}:${address.port}`
  console.log(url)
  process.send?.(url)
})
process.on('disconnect', () => process.exit())
process.on('SIGTERM', () => process.exit())

async function play(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const url = urlOf(incoming)
  const account = url.pathname.startsWith('/workspaces/') ? 'bird' : 'twilio'
  const fault = outages.isDown(account) ? 'server error' : nextFault()
  arrivals.note(account, fault)
  if (fault === 'rate limited' || fault === 'server error') return refuse(fault, outgoing)
  if (fault === 'slow') await wait(Number(SLOW_MS))

  const response = await standInFor(account, url).fetch(url, { headers: headersOf(incoming) })
  const body = Buffer.from(await response.arrayBuffer())
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  if (fault === 'cut off') outgoing.write(body.subarray(0, body.byteLength / 2), () => outgoing.destroy())
  else outgoing.end(body)
}

function urlOf({ url, headers }: IncomingMessage): URL {
  return new URL(url ?? '/', `http://${headers.host}`)
}

function refuse(fault: Fault, outgoing: ServerResponse): void {
  const isLimit = fault === 'rate limited'
  outgoing
    .writeHead(isLimit ? 429 : 500, {
      'content-type': 'application/json',
      ...(isLimit && { 'retry-after': String(RETRY_AFTER_SECONDS) }),
    })
    .end('{}')
}

/** Plays the account as if it had only the participant that the request names. */
function standInFor(account: 'twilio' | 'bird', url: URL): ReturnType<typeof createStandIn> {
  const key =
    account === 'twilio'
      ? (url.searchParams.get('Address') ?? url.searchParams.get('Identity') ?? '')
      : decodeURIComponent(url.pathname.split('/').at(-2) ?? '')
  const index = indexOf(key)
  return account === 'twilio'
    ? createStandIn({
        twilio: {
          accountSid: CREDENTIALS.TWILIO_ACCOUNT_SID,
          authToken: CREDENTIALS.TWILIO_AUTH_TOKEN,
          conversations: index === undefined ? [] : twilioConversations(index),
        },
      })
    : createStandIn({
        bird: {
          accessKey: CREDENTIALS.BIRD_ACCESS_KEY,
          workspaceId: CREDENTIALS.BIRD_WORKSPACE_ID,
          conversations: index === undefined ? [] : birdConversations(index),
        },
      })
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}
