import { spawn } from 'node:child_process'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http'
import { connect, type Socket } from 'node:net'
import { type Duplex, Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { inspect } from 'node:util'
import { vi } from 'vitest'
import {
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
import { account, channelId, workspace } from './accounts.ts'
import { listenOnLoopback } from './loopback.ts'

export const ADDRESS = '+12025550123'
export const TWILIO = {
  accountSid: account.accountSid,
  authToken: 'c0ffee00c0ffee00c0ffee00c0ffee00',
  clientId: `OQ${'b'.repeat(32)}`,
  clientSecret: 'client-secret-of-this-test',
}
export const BIRD = {
  accessKey: 'bird-access-key-of-this-test',
  workspaceId: workspace.workspaceId,
  channelId,
}

/** Three pages: two full ones and a partial one. */
export const COUNT = 8
export const PAGE_SIZE = 3

export type ProviderName = 'twilio' | 'bird'
export type AnyProvider = ConversationProvider<AnyConversation, 'address'>

/** Creates either provider with the credentials of the stand-in. */
export const providers: Readonly<Record<ProviderName, (options: HttpOptions) => AnyProvider>> = {
  twilio: (options) => twilio({ accountSid: TWILIO.accountSid, authToken: TWILIO.authToken, ...options }),
  bird: (options) => bird({ ...BIRD, ...options }),
}

/** Creates a stand-in for both providers, each with `COUNT` conversations of `ADDRESS`. */
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

/** Returns what a listing yields before it fails, and the failure. */
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

/** Returns the same for a failure that is an error of the library. */
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

/** Responds to a request, or leaves it pending. */
export type Behavior = (outgoing: ServerResponse, request: SeenRequest) => void

/** A server on loopback that behaves until it is told not to. */
export interface ScriptedServer extends AsyncDisposable {
  readonly url: string
  /** All requests so far. */
  readonly seen: readonly SeenRequest[]
  /** Misbehaves from the request with this number on (the first is 1), for `times` requests. */
  misbehave(from: number, behavior: Behavior, times?: number): void
  /** Behaves again from now on. */
  heal(): void
  close(): Promise<void>
}

/** Serves `healthy` over real HTTP, on a free port of 127.0.0.1. */
export async function serve(
  healthy: (request: Request) => Promise<Response> = sampleStandIn().fetch,
): Promise<ScriptedServer> {
  const seen: SeenRequest[] = []
  const connections: Socket[] = []
  let script: { from: number; to: number; behavior: Behavior } | null = null

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
    if (script !== null && number >= script.from && number < script.to) script.behavior(outgoing, request)
    else await behave(outgoing, await healthy(toRequest(incoming, body)))
  })
  server.on('connection', (socket) => connections.push(socket))
  const host = await listenOnLoopback(server)

  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeAllConnections()
    await closed
  }
  return {
    url: `http://${host}`,
    seen,
    misbehave(from, behavior, times = Number.POSITIVE_INFINITY) {
      script = { from, to: from + times, behavior }
    },
    heal() {
      script = null
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

function toRequest(incoming: IncomingMessage, body: Buffer): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value))
  // Twilio's page URLs name the host of the request.
  return new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method: incoming.method ?? 'GET',
    headers,
    body: incoming.method === 'POST' ? body.toString() : null,
  })
}

async function behave(outgoing: ServerResponse, response: Response): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  outgoing.end(Buffer.from(await response.arrayBuffer()))
}

/** Responds with a status and a body, which is sent as JSON unless it is a string or bytes. */
export function answer(status: number, body: unknown, headers: Record<string, string> = {}): Behavior {
  const content = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)
  return (outgoing) => {
    outgoing.writeHead(status, { 'content-length': Buffer.byteLength(content), ...headers }).end(content)
  }
}

/** Returns which transport sent a request: only `fetch` adds this header. */
export function transportOf({ headers }: SeenRequest): 'undici' | 'fetch' {
  return 'sec-fetch-mode' in headers ? 'fetch' : 'undici'
}

type Fetch = typeof globalThis.fetch

/** Creates a `fetch` that fails in the given ways, one after the other, and then works. null lets one request pass. */
export function failing(...failures: readonly ((() => Response | Promise<Response>) | null)[]): {
  fetch: Fetch
  calls: () => number
} {
  const standIn = sampleStandIn()
  let calls = 0
  const fetch: Fetch = async (input, init) => {
    const failure = failures[calls] ?? null
    calls += 1
    return failure === null ? standIn.fetch(input, init) : failure()
  }
  return { fetch, calls: () => calls }
}

/** Creates a failure for `failing`: a response with a status. */
export function status(code: number, headers: Record<string, string> = {}): () => Response {
  return () => new Response('{}', { status: code, headers })
}

/** Repeats a value more often than any retry. */
export function always<T>(value: T): T[] {
  return Array.from({ length: 20 }, () => value)
}

/** Lists with vitest's fake clock, which jumps to the next timer, and returns how long the library waited. */
export async function listWithWaits(options: HttpOptions): Promise<{
  items: readonly AnyConversation[] | null
  error: unknown
  waits: number[]
  elapsed: number
}> {
  const waits: number[] = []
  const provider = providers.twilio({ ...options, hooks: { onRetry: ({ delayMs }) => waits.push(delayMs) } })
  const startedAt = Date.now()
  const listing = list(provider)
    .toArray()
    .then(
      (items) => ({ items, error: null }),
      (error: unknown) => ({ items: null, error }),
    )
  await vi.runAllTimersAsync()
  return { ...(await listing), waits, elapsed: Date.now() - startedAt }
}

/**
 * A proxy on loopback. It maps `*.example` to this machine, on the same port, and refuses everything else, so that no
 * test leaves the machine.
 */
export interface LocalProxy extends AsyncDisposable {
  readonly url: string
  /** The requests that it received: `CONNECT host:port`, or `GET http://…` without the query. */
  readonly asked: readonly string[]
  /** The number of sockets of tunnels that are open, or that a client waits for. */
  tunnels(): number
  /** Whether it responds to `CONNECT`. Default: it does. */
  hang(hangs: boolean): void
}

export async function serveProxy(): Promise<LocalProxy> {
  const asked: string[] = []
  const sockets = new Set<Duplex>()
  let isHanging = false
  const proxy = createServer((incoming, outgoing) => {
    const target = new URL(incoming.url ?? '')
    asked.push(`${incoming.method} ${target.origin}${target.pathname}`)
    const { port, pathname: path } = target
    const to = { host: '127.0.0.1', port, path: `${path}${target.search}` }
    const onward = request({ ...to, method: incoming.method, headers: incoming.headers }, (answered) => {
      outgoing.writeHead(answered.statusCode ?? 502, answered.headers)
      answered.pipe(outgoing)
    })
    incoming.pipe(onward)
  })
  proxy.on('connect', (incoming: IncomingMessage, client: Duplex) => {
    asked.push(`CONNECT ${incoming.url}`)
    client.on('error', () => client.destroy()).on('close', () => sockets.delete(client))
    sockets.add(client)
    if (isHanging) {
      client.on('end', () => client.end()).resume()
      return
    }
    const { hostname, port } = new URL(`http://${incoming.url}`)
    if (hostname !== '127.0.0.1' && !hostname.endsWith('.example')) {
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n')
      return
    }
    const onward = connect(Number(port), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      client.pipe(onward).pipe(client)
    })
    sockets.add(onward)
    onward.on('error', () => onward.destroy()).on('close', () => sockets.delete(onward))
  })
  const host = await listenOnLoopback(proxy)
  return {
    url: `http://${host}`,
    asked,
    tunnels: () => sockets.size,
    hang(hangs) {
      isHanging = hangs
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      proxy.closeAllConnections()
      await new Promise((resolve) => proxy.close(resolve))
    },
  }
}

/** Appended to a script: reports what still keeps the process alive once abandoned sockets have closed. */
const reportActive = `
for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
;(await import('node:fs')).writeSync(3, JSON.stringify(process.getActiveResourcesInfo()))
`

/** The pipes for output and the file system, which every script has open. */
const ALWAYS_ACTIVE = /^(PipeWrap|TTYWrap|FS\w+|CloseReq|Immediate)$/

/**
 * Runs a module in its own process, without a test runner. The library is imported as `library`. `stillActive` holds
 * what would keep the process alive after the script's last line: sockets, timers and the like.
 */
export async function runScript(
  source: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ exitCode: number | null; stdout: string; stderr: string; stillActive: readonly string[] }> {
  const library = JSON.stringify(new URL('../../src/index.ts', import.meta.url).href)
  const script = `import * as library from ${library}\n${source}\n${reportActive}`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const [stdout, stderr, active] = await Promise.all(
    [child.stdout, child.stderr, child.stdio[3]].map((stream) =>
      stream instanceof Readable ? text(stream) : '',
    ),
  )
  const resources: string[] = JSON.parse(active || '[]')
  return {
    exitCode: await exit,
    stdout: stdout ?? '',
    stderr: stderr ?? '',
    stillActive: resources.filter((resource) => !ALWAYS_ACTIVE.test(resource)),
  }
}

/** The part of a script that lists what the tests list. `baseUrl` comes from the environment. */
export const listingScript = `
const { listParticipantConversations, twilio } = library
const credentials = ${JSON.stringify({ accountSid: TWILIO.accountSid, authToken: TWILIO.authToken })}
const list = (options = {}) => listParticipantConversations({
  provider: twilio({ baseUrl: process.env.BASE_URL, ...credentials, ...options }),
  participant: { address: ${JSON.stringify(ADDRESS)} },
  pageSize: ${PAGE_SIZE},
}).toArray()
`

/** Returns everything that a log, a debugger or an error reporter can show of a value. */
export function shown(value: unknown, seen = new Set<unknown>()): string {
  if (typeof value !== 'object' || value === null) return String(value)
  if (seen.has(value)) return ''
  seen.add(value)
  const parts = [
    inspect(value, {
      depth: null,
      showHidden: true,
      getters: true,
      maxStringLength: null,
      maxArrayLength: null,
    }),
    JSON.stringify(value),
    // What has no prototype has no such form.
    'toString' in value ? String(value) : '',
  ]
  if (value instanceof Error) parts.push(value.message, value.stack ?? '', shown(value.cause, seen))
  return parts.concat(Reflect.ownKeys(value).map((key) => shown(Reflect.get(value, key), seen))).join('\n')
}

/** Returns the secrets that values show, plain or quoted. */
export function leaks(secrets: readonly string[], ...values: readonly unknown[]): string[] {
  const text = values.map((value) => shown(value)).join('\n')
  return secrets.filter(
    (secret) => text.includes(secret) || text.includes(JSON.stringify(secret).slice(1, -1)),
  )
}
