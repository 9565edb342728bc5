import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

/** A server on loopback. `await using` closes it at the end of the block. */
export interface LocalServer {
  /** Without a slash at the end: `http://127.0.0.1:49152`. */
  readonly url: string
  /** Ends open connections too. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Bodies over this size are compressed for those who accept it, so that clients have to decompress. */
const gzipOverBytes = 1024

/**
 * Serves a handler over real HTTP, on a free port of 127.0.0.1. A handler that fails is a 500 with its error.
 *
 * @example
 * await using server = await listen(createStandIn({ twilio: { … } }).fetch)
 * const provider = twilio({ accountSid, authToken, baseUrl: server.url })
 */
export async function listen(handler: (request: Request) => Promise<Response>): Promise<LocalServer> {
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing, handler).catch((error) => {
      if (outgoing.headersSent) outgoing.destroy(error)
      else outgoing.writeHead(500, { 'content-type': 'text/plain' }).end(String(error))
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  // Only a pipe has a string and only a server that does not listen has null.
  if (address === null || typeof address === 'string') throw new Error('The server has no port')

  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeAllConnections()
    await closed
  }
  return { url: `http://127.0.0.1:${address.port}`, close, [Symbol.asyncDispose]: close }
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  handler: (request: Request) => Promise<Response>,
): Promise<void> {
  const response = await handler(await toRequest(incoming, outgoing))
  let body = Buffer.from(await response.arrayBuffer())
  const headers = new Headers(response.headers)
  if (body.byteLength > gzipOverBytes && /\bgzip\b/.test(incoming.headers['accept-encoding'] ?? '')) {
    body = await promisify(gzip)(body)
    headers.set('content-encoding', 'gzip')
    headers.set('vary', 'accept-encoding')
  }
  headers.set('content-length', String(body.byteLength))
  outgoing.writeHead(response.status, Object.fromEntries(headers)).end(body)
}

async function toRequest(incoming: IncomingMessage, outgoing: ServerResponse): Promise<Request> {
  const method = incoming.method ?? 'GET'
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value))
  const body = await buffer(incoming)

  const disconnected = new AbortController()
  outgoing.once('close', () => disconnected.abort())
  // The host that the client used, not 127.0.0.1, so that links in answers stay on the client's origin. Joined
  // as text: resolved against a base, a path that starts with "//" would name another host.
  return new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method,
    headers,
    signal: disconnected.signal,
    body: method === 'GET' || method === 'HEAD' ? null : body,
  })
}
