import type * as Undici from 'undici'
import type { Dispatcher } from '../http-options.ts'
import { createAgents, type UndiciCore } from './agents.ts'
import { createBodyParts } from './body.ts'
import { dispatch, headOf } from './dispatch.ts'
import { rememberAgent } from './platform.ts'
import { BodyTooLargeError, type HttpResponse, type TransportRequest } from './transport.ts'

export interface UndiciTransport {
  readonly send: (request: TransportRequest, dispatcher?: Dispatcher) => Promise<HttpResponse>
  /** An agent that Node's `fetch` can use for a URL, or null: agents of undici 8 fail there on Node 22 and 24. */
  readonly agentForFetch: (url: URL) => Promise<Undici.Dispatcher | null>
}

type Zlib = typeof import('node:zlib')

let loading: Promise<UndiciTransport | null> | undefined

/** Loads the needed parts of undici on first use; null if it is missing. */
export function loadUndiciTransport(): Promise<UndiciTransport | null> {
  // The rejection is handled right here, so that bundlers accept that undici may be missing.
  loading ??= import('#undici-core').catch(loadUndici).then(fromModule, (error) => {
    // Anything else, such as too many open files, may be temporary.
    if (!String(error?.code).endsWith('MODULE_NOT_FOUND')) loading = undefined
    return null
  })
  return loading
}

/** All of undici, which few requests need. */
async function loadUndici(): Promise<typeof Undici> {
  return (await import('#undici')).default
}

/** Bundles for workers and browsers have an empty module instead. */
function fromModule(core: Partial<UndiciCore> | undefined): UndiciTransport | null {
  // Not imported: bundlers for workers and browsers fail on the name of a Node module.
  const zlib = globalThis.process?.getBuiltinModule?.('node:zlib')
  if (core?.Agent === undefined || zlib === undefined) return null
  rememberAgent(core.Agent)
  return undiciTransport(core as UndiciCore, zlib)
}

function undiciTransport(core: UndiciCore, zlib: Zlib): UndiciTransport {
  const { exchange } = createAgents(core, loadUndici)
  const forFetch = createAgents(core, loadUndici)
  const send: UndiciTransport['send'] = async (request, dispatcher) => {
    const url = new URL(request.url)
    const { origin, pathname, search } = url
    const options = {
      origin,
      path: pathname + search,
      method: request.method,
      headers: { 'accept-encoding': 'gzip', ...request.headers },
      body: request.body ?? null,
      // For a dispatcher with undici's interceptor `redirect`, which would send the participant to another host.
      maxRedirections: 0,
      // The time limit of an attempt covers both.
      headersTimeout: 0,
      bodyTimeout: 0,
    }
    const response =
      dispatcher === undefined
        ? await exchange(url, request, (agent) => dispatch(agent, options, request))
        : // The public type is structural, so that it fits every version of undici; undici checks the object.
          await requestThrough(dispatcher as Undici.Dispatcher, options, request)
    const isCompressed = /^\s*(x-)?gzip\s*$/i.test(response.header('content-encoding') ?? '')
    return isCompressed
      ? { ...response, bytes: await gunzip(zlib, response.bytes, request.maxBytes) }
      : response
  }
  const agentForFetch = async (url: URL): Promise<Undici.Dispatcher | null> =>
    'Dispatcher1Wrapper' in (await loadUndici()) ? null : forFetch.agentFor(url)
  return { send, agentForFetch }
}

/** A custom dispatcher may be of another version with other events, so its own method is used. */
async function requestThrough(
  dispatcher: Undici.Dispatcher,
  options: Undici.Dispatcher.RequestOptions,
  { maxBytes, onStart, onAbort, onHead }: TransportRequest,
): Promise<HttpResponse> {
  const send = dispatcher.request ?? (await loadUndici()).Dispatcher.prototype.request
  const controller = new AbortController()
  onAbort((reason) => controller.abort(reason))
  onStart()
  const { statusCode, headers, body } = await send.call(dispatcher, {
    ...options,
    signal: controller.signal,
  })
  const head = headOf(statusCode, headers)
  onHead(head)
  const parts = createBodyParts(maxBytes)
  for await (const chunk of body) if (!parts.add(chunk)) throw new BodyTooLargeError(maxBytes)
  return { ...head, bytes: parts.whole() }
}

/** Smaller bodies are decompressed synchronously: handing a small page to another thread takes longer. */
const ASYNC_BYTES = 128 * 1024

function gunzip(
  { gunzip, gunzipSync, constants }: Zlib,
  bytes: Uint8Array,
  maxBytes: number,
): Promise<Uint8Array> {
  // As in `fetch`: a truncated stream yields what it has, which is then not JSON.
  const options = { maxOutputLength: maxBytes, finishFlush: constants.Z_SYNC_FLUSH }
  return new Promise<Uint8Array>((resolve, reject) => {
    if (bytes.byteLength < ASYNC_BYTES) resolve(gunzipSync(bytes, options))
    else gunzip(bytes, options, (error, result) => (error === null ? resolve(result) : reject(error)))
  }).catch((error) => {
    throw error.code === 'ERR_BUFFER_TOO_LARGE' ? new BodyTooLargeError(maxBytes) : error
  })
}
