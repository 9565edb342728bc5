import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'

/** Starts a server on a free port of 127.0.0.1 and returns its host with the port. */
export async function listenOnLoopback(server: Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return `127.0.0.1:${address.port}`
}

/**
 * A server that accepts connections and sends nothing, or only an answer to the first bytes that it receives, so that a
 * TLS handshake never finishes.
 */
export async function serveSilence(answer?: string): Promise<AsyncDisposable & { readonly host: string }> {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => {}))
    if (answer !== undefined) socket.once('data', () => socket.write(answer))
  })
  return {
    host: await listenOnLoopback(server),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
