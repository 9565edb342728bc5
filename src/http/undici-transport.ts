import type * as Undici from 'undici'
import { createBodyParts } from './body.ts'
import { dispatch, headOf } from './dispatch.ts'
import type { Dispatcher } from './http-options.ts'
import { rememberAgent } from './platform.ts'
import { type Answer, BodyTooLargeError, type TransportRequest } from './transport.ts'

type UndiciTransport = (request: TransportRequest, dispatcher?: Dispatcher) => Promise<Answer>

let loading: Promise<UndiciTransport | null> | undefined

/** Loads undici on first use; null where there is none. */
export function loadUndiciTransport(): Promise<UndiciTransport | null> {
  // The handler of the rejection stands right here, so that a bundler that finds no undici lets that pass.
  loading ??= import('undici').then(fromModule, () => null)
  return loading
}

/** In bundles for workers and browsers there is an empty module in its place. */
function fromModule(undici: Partial<typeof Undici> | undefined): UndiciTransport | null {
  // Not imported: bundlers for workers and browsers stop at the name of a module of Node's.
  const zlib = globalThis.process?.getBuiltinModule?.('node:zlib')
  if (undici?.Agent === undefined || zlib === undefined) return null
  rememberAgent(undici.Agent)
  return undiciTransport(undici as typeof Undici, zlib)
}

function undiciTransport(undici: typeof Undici, zlib: typeof import('node:zlib')): UndiciTransport {
  const defaultDispatcher = dispatcherOfEnvironment(undici)
  return async (request, dispatcher) => {
    const { origin, pathname, search } = new URL(request.url)
    const options = {
      origin,
      path: pathname + search,
      method: request.method,
      headers: { 'accept-encoding': 'gzip', ...request.headers },
      body: request.body ?? null,
      // The time limit of an attempt covers both.
      headersTimeout: 0,
      bodyTimeout: 0,
    }
    const answer =
      dispatcher === undefined
        ? await dispatch(defaultDispatcher(), options, request)
        : // The public type is structural, so that no version of undici's types is asked for; undici checks the object.
          await requestThrough(dispatcher as Undici.Dispatcher, undici, options, request)
    const isCompressed = /^\s*(x-)?gzip\s*$/i.test(answer.header('content-encoding') ?? '')
    return isCompressed ? { ...answer, bytes: await gunzip(zlib, answer.bytes, request.maxBytes) } : answer
  }
}

/** A caller's dispatcher may be of another version, with other events: its own method knows what it takes. */
async function requestThrough(
  dispatcher: Undici.Dispatcher,
  undici: typeof Undici,
  options: Undici.Dispatcher.RequestOptions,
  { maxBytes, onAbort, onHead }: TransportRequest,
): Promise<Answer> {
  const send = dispatcher.request ?? undici.Dispatcher.prototype.request
  const controller = new AbortController()
  onAbort((reason) => controller.abort(reason))
  const { statusCode, headers, body } = await send.call(dispatcher, { ...options, signal: controller.signal })
  const head = headOf(statusCode, headers)
  onHead(head)
  const parts = createBodyParts(maxBytes)
  for await (const chunk of body) if (!parts.add(chunk)) throw new BodyTooLargeError(maxBytes)
  return { ...head, bytes: parts.whole() }
}

/** One agent for all providers, so that connections are shared; through the proxy that the environment names. */
function dispatcherOfEnvironment(undici: typeof Undici): () => Undici.Dispatcher {
  let direct: Undici.Dispatcher | undefined
  let proxied: Undici.Dispatcher | undefined
  return () => {
    const { env } = process
    if (env.HTTPS_PROXY || env.https_proxy || env.HTTP_PROXY || env.http_proxy) {
      proxied ??= proxyAgent(undici)
      return proxied
    }
    direct ??= new undici.Agent()
    return direct
  }
}

function proxyAgent({ EnvHttpProxyAgent }: typeof Undici): Undici.Dispatcher {
  try {
    return new EnvHttpProxyAgent()
  } catch (cause) {
    throw new RangeError('HTTPS_PROXY or HTTP_PROXY must be the URL of a proxy', { cause })
  }
}

/** What is smaller is decompressed on the spot: a page takes less time there than the way to another thread. */
const ASYNC_BYTES = 128 * 1024

function gunzip(
  { gunzip, gunzipSync }: typeof import('node:zlib'),
  bytes: Uint8Array,
  maxBytes: number,
): Promise<Uint8Array> {
  const options = { maxOutputLength: maxBytes }
  return new Promise<Uint8Array>((resolve, reject) => {
    if (bytes.byteLength < ASYNC_BYTES) resolve(gunzipSync(bytes, options))
    else gunzip(bytes, options, (error, result) => (error === null ? resolve(result) : reject(error)))
  }).catch((error) => {
    throw error.code === 'ERR_BUFFER_TOO_LARGE' ? new BodyTooLargeError(maxBytes) : error
  })
}
