import { gzipSync } from 'node:zlib'
import type { FaultSchedule } from '../../src/testing/faults/fault.ts'
import { listenWithFaults } from '../../src/testing/faults/faulty-server.ts'
import { sampleTwilioConversations } from '../../src/testing/sample-data.ts'
import { type LocalServer, listen, type Sender, sendWhole } from '../../src/testing/server.ts'
import { createStandIn } from '../../src/testing/stand-in.ts'
import { accountSid, address, authToken, COUNT, holdsCredential, twilioOrigin } from './account.ts'

/** Plays Twilio for both contestants. */
export interface Provider extends LocalServer {
  readonly requestCount: number
}

/** Responds as Twilio does, with Twilio's origin in `next_page_url`. */
function createTwilio(): (request: Request) => Promise<Response> {
  const conversations = sampleTwilioConversations({ address, count: COUNT })
  const standIn = createStandIn({ twilio: { accountSid, authToken, conversations } })
  return (request) => {
    const { pathname, search } = new URL(request.url)
    return standIn.fetch(new Request(`${twilioOrigin}${pathname}${search}`, request))
  }
}

export function serveWithFaults(schedule: FaultSchedule): Promise<Provider> {
  return listenWithFaults(createTwilio(), schedule)
}

/** Sends every response but the first with `send`. */
async function serveThenSend(send: Sender): Promise<Provider> {
  const twilio = createTwilio()
  let requestCount = 0
  const server = await listen(
    (request) => {
      requestCount += 1
      return twilio(request)
    },
    (...exchange) => (requestCount === 1 ? sendWhole : send)(...exchange),
  )
  return {
    ...server,
    get requestCount() {
      return requestCount
    },
  }
}

/** The second page starts, and endless whitespace follows, faster than any idle timeout. */
export function serveEndlessBody(): Promise<Provider> {
  return serveThenSend(async (_response, _incoming, outgoing) => {
    outgoing.writeHead(200, { 'content-type': 'application/json' }).write('{')
    const dripping = setInterval(() => outgoing.write(' '), 20)
    outgoing.once('close', () => clearInterval(dripping))
  })
}

/** The second page follows 1 GiB of whitespace in 1 MiB of gzip, whose members are expanded one by one. */
export function serveGzipBomb(): Promise<Provider> {
  const member = gzipSync(Buffer.alloc(16 * 1024 * 1024, ' '))
  return serveThenSend(async (response, _incoming, outgoing) => {
    const page = gzipSync(Buffer.from(await response.arrayBuffer()))
    outgoing
      .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
      .end(Buffer.concat([...Array.from({ length: 64 }, () => member), page]))
  })
}

/** The authorization of a request. */
export type Authorization = 'the credential' | 'another Authorization' | 'no Authorization'

/** A server of a third party. It responds with one conversation and records what it receives. */
export interface Stranger extends LocalServer {
  readonly got: readonly Authorization[]
}

export const STRANGERS_SID = `CH${'e'.repeat(32)}`

export async function serveStranger(): Promise<Stranger> {
  const got: Authorization[] = []
  const server = await listen(async ({ headers }) => {
    const authorization = headers.get('authorization')
    if (authorization === null) got.push('no Authorization')
    else got.push(holdsCredential(authorization) ? 'the credential' : 'another Authorization')
    return Response.json({
      conversations: [{ conversation_sid: STRANGERS_SID, conversation_state: 'active' }],
      meta: { key: 'conversations', next_page_url: null },
    })
  })
  return { ...server, got }
}
