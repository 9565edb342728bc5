import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import {
  type AddressRef,
  type AnyConversation,
  bird,
  type ConversationList,
  type ConversationProvider,
  ConversationsError,
  type HttpOptions,
  listParticipantConversations,
  twilio,
} from '../../src/index.ts'
import { sampleBirdConversations, sampleTwilioConversations } from '../../src/testing/sample-data.ts'
import { createStandIn, type StandIn } from '../../src/testing/stand-in.ts'

export const ADDRESS = '+12025550123'
export const TWILIO = {
  accountSid: `AC${'a'.repeat(32)}`,
  authToken: 'c0ffee00c0ffee00c0ffee00c0ffee00',
  clientId: `OQ${'b'.repeat(32)}`,
  clientSecret: 'client-secret-of-this-test',
}
export const BIRD = {
  accessKey: 'bird-access-key-of-this-test',
  workspaceId: '0f0e0d0c-0000-4000-8000-000000000001',
  channelId: '0f0e0d0c-0000-4000-8000-00000000000a',
}

/** Three pages: two full ones and a rest. */
export const COUNT = 8
export const PAGE_SIZE = 3

export type ProviderName = 'twilio' | 'bird'
export type AnyProvider = ConversationProvider<AnyConversation, AddressRef>

/** Either provider with the credentials that the stand-in takes. */
export const providers: Readonly<Record<ProviderName, (options: HttpOptions) => AnyProvider>> = {
  twilio: (options) => twilio({ accountSid: TWILIO.accountSid, authToken: TWILIO.authToken, ...options }),
  bird: (options) => bird({ ...BIRD, ...options }),
}

/** Both providers, each with `COUNT` conversations of `ADDRESS`. */
export function sampleStandIn(accessTokenTtlSeconds = 3600): StandIn {
  return createStandIn({
    twilio: {
      ...TWILIO,
      accessTokenTtlSeconds,
      conversations: sampleTwilioConversations({ address: ADDRESS, count: COUNT }),
    },
    bird: {
      ...BIRD,
      conversations: sampleBirdConversations({
        address: ADDRESS,
        channelId: BIRD.channelId,
        count: COUNT,
      }),
    },
  })
}

export function list(
  provider: AnyProvider,
  cursor?: string,
  signal?: AbortSignal,
): ConversationList<AnyConversation> {
  return listParticipantConversations({
    provider,
    participant: { address: ADDRESS },
    pageSize: PAGE_SIZE,
    cursor,
    signal,
  })
}

/** What a listing gave before it failed, and how it failed. */
export async function listUntilFailure(
  listing: AsyncIterable<AnyConversation>,
): Promise<{ ids: string[]; failure: unknown }> {
  const ids: string[] = []
  try {
    for await (const { id } of listing) ids.push(id)
  } catch (failure) {
    return { ids, failure }
  }
  throw new Error('The listing was expected to fail')
}

/** The same for a failure that is an error of the library's. */
export async function listUntilError(
  listing: AsyncIterable<AnyConversation>,
): Promise<{ ids: string[]; error: ConversationsError }> {
  const { ids, failure } = await listUntilFailure(listing)
  if (!(failure instanceof ConversationsError)) throw failure
  return { ids, error: failure }
}

export function idsOf(conversations: readonly AnyConversation[]): string[] {
  return conversations.map(({ id }) => id)
}

export interface SeenRequest {
  readonly method: string
  /** Path and query. */
  readonly target: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** 1 for the first connection that the server accepted, and so on. */
  readonly connection: number
}

/** Answers a request, or does not. */
export type Behaviour = (outgoing: ServerResponse, request: SeenRequest) => void

/** A server on loopback that behaves, until it is told not to. */
export interface ScriptedServer extends AsyncDisposable {
  readonly url: string
  /** All requests so far. */
  readonly seen: readonly SeenRequest[]
  /** From the request of this number on (1 is the first of all), for so many requests. */
  misbehave(from: number, behaviour: Behaviour, times?: number): void
  /** From now on answers as it should. */
  heal(): void
  close(): Promise<void>
}

/** Serves `healthy` over real HTTP, on a free port of 127.0.0.1. */
export async function serve(
  healthy: (request: Request) => Promise<Response> = sampleStandIn().fetch,
): Promise<ScriptedServer> {
  const seen: SeenRequest[] = []
  const connections: Socket[] = []
  let script: { from: number; to: number; behaviour: Behaviour } | null = null

  const server = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming)
    const request: SeenRequest = {
      method: incoming.method ?? '',
      target: incoming.url ?? '',
      headers: incoming.headers,
      body: body.toString(),
      connection: connections.indexOf(incoming.socket) + 1,
    }
    const number = seen.push(request)
    if (script !== null && number >= script.from && number < script.to) script.behaviour(outgoing, request)
    else await behave(outgoing, await healthy(toRequest(incoming, body)))
  })
  server.on('connection', (socket) => connections.push(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')

  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeAllConnections()
    await closed
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    misbehave(from, behaviour, times = Number.POSITIVE_INFINITY) {
      script = { from, to: from + times, behaviour }
    },
    heal() {
      script = null
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

function toRequest(incoming: IncomingMessage, body: Buffer): Request {
  const headers = new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]))
  // Twilio's page URLs name the host that the client asked.
  return new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method: incoming.method ?? 'GET',
    headers,
    body: incoming.method === 'POST' ? body : null,
  })
}

async function behave(outgoing: ServerResponse, response: Response): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  outgoing.end(Buffer.from(await response.arrayBuffer()))
}

/** An answer with a status, and a body that is JSON unless it is text or bytes already. */
export function answer(status: number, body: unknown, headers: Record<string, string> = {}): Behaviour {
  const content = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)
  return (outgoing) => {
    outgoing.writeHead(status, { 'content-length': Buffer.byteLength(content), ...headers }).end(content)
  }
}

/** Which of the two transports sent a request: only `fetch` says how it was called. */
export function transportOf({ headers }: SeenRequest): 'undici' | 'fetch' {
  return 'sec-fetch-mode' in headers ? 'fetch' : 'undici'
}
