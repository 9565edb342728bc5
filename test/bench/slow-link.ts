import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'

/** This many bytes arrive at once. */
const SLICE = 16 * 1024

export interface SlowLink {
  readonly port: number
  /** How many bytes have arrived so far. */
  bytesSent(): number
}

/**
 * Opens a link of a given speed to a server on this machine. What the server sends arrives when a line of that speed
 * would have delivered it. All connections share the line, and time when it is idle is not saved up.
 */
export async function openSlowLink(serverPort: number, bitsPerSecond: number): Promise<SlowLink> {
  const bytesPerMs = bitsPerSecond / 8 / 1000
  let freeAt = 0
  let sent = 0

  const bringDown = (server: Socket, client: Socket): void => {
    let delivered = Promise.resolve()
    server.on('data', (chunk) => {
      for (let start = 0; start < chunk.length; start += SLICE) {
        const slice = chunk.subarray(start, start + SLICE)
        // Counted from its arrival, so that a late timer does not slow the line down.
        freeAt = Math.max(freeAt, performance.now()) + slice.byteLength / bytesPerMs
        const at = freeAt
        delivered = delivered.then(async () => {
          await waitUntil(at)
          sent += slice.byteLength
          client.write(slice)
        })
      }
    })
    server.on('error', () => client.destroy())
    server.on('end', () => delivered.then(() => client.end()))
  }

  // Without Nagle's delay, since slices are small: the system would hold each back until the last is acknowledged.
  const link = createServer({ noDelay: true }, (client) => {
    const server = connect({ port: serverPort, host: '127.0.0.1', noDelay: true })
    // Requests are small.
    client.pipe(server)
    client.on('error', () => server.destroy())
    bringDown(server, client)
  })
  link.listen(0, '127.0.0.1')
  await once(link, 'listening')
  const address = link.address()
  if (address === null || typeof address !== 'object') throw new Error('The link has no port')
  return { port: address.port, bytesSent: () => sent }
}

/** A timer alone is late by a millisecond or two, in which the line could have delivered some kilobytes. */
async function waitUntil(time: number): Promise<void> {
  const left = time - performance.now()
  if (left > 2) await wait(left - 2)
  while (performance.now() < time) await nextTurn()
}
