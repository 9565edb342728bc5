import { createServer, type Server } from 'node:net'
import { Agent } from 'undici'
import { afterEach, describe, expect, it } from 'vitest'
import { listParticipantConversations, twilio } from '../../src/index.ts'
import { accountSid, authToken, address as phoneNumber, rejectionOf } from '../support/listing.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** A server that writes `answer` on each connection and does nothing else. */
async function listenRaw(
  answer: string,
): Promise<{ url: string; connected: Promise<void>; closed: Promise<void> }> {
  let onConnected = (): void => {}
  let onClosed = (): void => {}
  const connected = new Promise<void>((resolve) => {
    onConnected = resolve
  })
  const closed = new Promise<void>((resolve) => {
    onClosed = resolve
  })
  const server = createServer((socket) => {
    socket.on('close', onClosed).on('error', () => {})
    socket.once('data', () => {
      socket.write(answer)
      onConnected()
    })
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, connected, closed }
}

function startListing(options: { baseUrl?: string; dispatcher?: Agent; fetch?: typeof fetch }) {
  const controller = new AbortController()
  const list = listParticipantConversations({
    provider: twilio({ accountSid, authToken, ...options }),
    participant: { address: phoneNumber },
    signal: controller.signal,
  })
  return { controller, failure: rejectionOf(list.toArray()) }
}

describe.each([
  { transport: 'undici', http: {} },
  { transport: 'the global fetch', http: { fetch: globalThis.fetch } },
])(
  'aborting a request over $transport rejects at once with the reason and closes the connection',
  ({ http }) => {
    it.each([
      { stage: 'before the response headers', answer: '' },
      {
        stage: 'between the headers and the body',
        answer: 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n',
      },
      {
        stage: 'in the middle of the body',
        answer: 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"conversations":[',
      },
    ])('$stage', async ({ answer }) => {
      const server = await listenRaw(answer)
      const { controller, failure } = startListing({ baseUrl: server.url, ...http })
      await server.connected
      const reason = { why: 'the user has left the page' }
      controller.abort(reason)
      expect(await failure).toBe(reason)
      await server.closed
    })
  },
)

it('aborting while a connection is being made rejects at once with the reason', async () => {
  let onConnecting = (): void => {}
  const connecting = new Promise<void>((resolve) => {
    onConnecting = resolve
  })
  // It never calls back.
  const dispatcher = new Agent({ connect: () => onConnecting() })
  const { controller, failure } = startListing({ dispatcher })
  await connecting
  controller.abort('changed my mind')
  expect(await failure).toBe('changed my mind')
  await dispatcher.destroy()
})
