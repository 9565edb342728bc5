import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { isUnending } from './failure-answers.ts'

/** A server on loopback. `await using` closes it at the end of the block. */
export interface LocalServer {
  /** Without a trailing slash: `http://127.0.0.1:49152`. */
  readonly url: string
  /** Closes open connections too. */
  close(): Promise<void>
  /** Closes open connections and refuses new ones for a while. */
  refuse(forMs: number): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Bodies over this size are compressed for clients that accept it, so that they have to decompress. */
const gzipOverBytes = 1024

/**
 * Serves a handler over real HTTP, on a free port of 127.0.0.1. If the handler fails, the response is a 500 with its
 * error.
 *
 * @example
 * await using server = await listen(createStandIn({ twilio: { accountSid, authToken, conversations: [] } }).fetch)
 * const provider = twilio({ accountSid, authToken, baseUrl: server.url })
 */
export async function listen(
  handler: (request: Request) => Promise<Response>,
  send: Sender = sendWhole,
): Promise<LocalServer> {
  const server = createServer((incoming, outgoing) => {
    const answered = toRequest(incoming, outgoing)
      .then(handler)
      .then((response) => send(response, incoming, outgoing))
    answered.catch((error) => {
      if (outgoing.headersSent) outgoing.destroy(error)
      else outgoing.writeHead(500, { 'content-type': 'text/plain' }).end(String(error))
    })
  })
  const port = await listenOn(server, 0)
  let isClosed = false

  const disconnect = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeAllConnections()
    await closed
  }
  const close = async (): Promise<void> => {
    isClosed = true
    await disconnect()
  }
  const refuse = async (forMs: number): Promise<void> => {
    await disconnect()
    do await wait(forMs)
    while (!isClosed && !(await listenOn(server, port).catch(() => null)))
  }
  return { url: `http://127.0.0.1:${port}`, close, refuse, [Symbol.asyncDispose]: close }
}

/** Resolves with the port; 0 takes a free one. Rejects if the port is in use. */
async function listenOn(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  // Only a pipe has a string, and only a server that does not listen has null.
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  return address.port
}

/** Writes a response to the connection. */
export type Sender = (
  response: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
) => Promise<void>

/** Sends a response as a whole, compressed if it is long. A body that never ends is sent as it arrives. */
export const sendWhole: Sender = async (response, incoming, outgoing) => {
  const headers = new Headers(response.headers)
  if (isUnending(response)) return sendStream(response, outgoing)
  let body = Buffer.from(await response.arrayBuffer())
  if (body.byteLength > gzipOverBytes && /\bgzip\b/.test(incoming.headers['accept-encoding'] ?? '')) {
    body = await promisify(gzip)(body)
    headers.set('content-encoding', 'gzip')
    headers.set('vary', 'accept-encoding')
  }
  headers.set('content-length', String(body.byteLength))
  outgoing.writeHead(response.status, Object.fromEntries(headers)).end(body)
}

/** If the body breaks off, so does the connection. */
async function sendStream({ status, headers, body }: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(status, Object.fromEntries(headers)).flushHeaders()
  const closed = once(outgoing, 'close')
  for await (const chunk of body ?? []) {
    // A chunk must have left before the connection breaks off. A client that has gone takes none.
    await Promise.race([closed, new Promise((resolve) => outgoing.write(chunk, resolve))])
  }
  outgoing.end()
}

async function toRequest(incoming: IncomingMessage, outgoing: ServerResponse): Promise<Request> {
  const method = incoming.method ?? 'GET'
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value))
  const body = await buffer(incoming)

  const disconnected = new AbortController()
  outgoing.once('close', () => disconnected.abort())
  // The host that the client used, not 127.0.0.1, so that links in responses stay on the client's origin. The URL is
  // joined as text: resolved against a base, a path that starts with "//" would name another host.
  return new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method,
    headers,
    signal: disconnected.signal,
    body: method === 'GET' || method === 'HEAD' ? null : body,
  })
}
