import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'

/** So many bytes arrive at once. */
const SLICE = 16 * 1024

export interface SlowLink {
  readonly port: number
  /** How many bytes have come down so far. */
  bytesSent(): number
}

/**
 * Opens a link of a certain speed to a server on this machine. What the server sends arrives when a line of that speed
 * would have brought it: the line is shared by all connections, and saves up nothing while it is idle.
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
        // Counted from when it came, so that a late timer does not make the line slower.
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

  // Without a delay, since slices are small: else the system would keep them back until the last one is acknowledged.
  const link = createServer({ noDelay: true }, (client) => {
    const server = connect({ port: serverPort, host: '127.0.0.1', noDelay: true })
    // What goes up is small.
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

/** A timer alone is late by a millisecond or two, in which the line could have brought some kilobytes. */
async function waitUntil(time: number): Promise<void> {
  const left = time - performance.now()
  if (left > 2) await wait(left - 2)
  while (performance.now() < time) await nextTurn()
}
