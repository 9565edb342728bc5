import type { Readable } from 'node:stream'
import type * as Undici from 'undici'
import type { Dispatcher } from './options.ts'
import { rememberAgent } from './platform.ts'
import { BodyTooLargeError, type TransportRequest, type TransportResponse } from './transport.ts'

type UndiciTransport = (request: TransportRequest, dispatcher?: Dispatcher) => Promise<TransportResponse>

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
  if (undici?.request === undefined || zlib === undefined) return null
  rememberAgent(undici.Agent)
  return undiciTransport(undici as typeof Undici, zlib)
}

function undiciTransport(undici: typeof Undici, zlib: typeof import('node:zlib')): UndiciTransport {
  const defaultDispatcher = dispatcherOfEnvironment(undici)
  return async ({ method, url, headers, body, signal }, dispatcher) => {
    // The public type is structural, so that no version of undici's types is asked for; undici checks the object.
    const via = (dispatcher as Undici.Dispatcher | undefined) ?? defaultDispatcher()
    // A caller's dispatcher may be of another version: its own method knows what it takes.
    const send = via.request ?? undici.Dispatcher.prototype.request
    const { origin, pathname, search } = new URL(url)
    const response = await send.call(via, {
      origin,
      path: pathname + search,
      method,
      headers: { 'accept-encoding': 'gzip', ...headers },
      body: body ?? null,
      signal,
      // The time limit of an attempt covers both.
      headersTimeout: 0,
      bodyTimeout: 0,
    })
    const header = (name: string): string | null => {
      const value = response.headers[name]
      return Array.isArray(value) ? value.join(', ') : (value ?? null)
    }
    return {
      status: response.statusCode,
      header,
      read: async (maxBytes) =>
        decode(zlib, await readBody(response.body, maxBytes), header('content-encoding'), maxBytes),
    }
  }
}

/** One agent for all providers, so that connections are shared; through the proxy that the environment names. */
function dispatcherOfEnvironment(undici: typeof Undici): () => Undici.Dispatcher {
  let direct: Undici.Dispatcher | undefined
  let proxied: Undici.Dispatcher | undefined
  return () => {
    const { env } = process
    if (env.HTTPS_PROXY || env.https_proxy || env.HTTP_PROXY || env.http_proxy) {
      proxied ??= new undici.EnvHttpProxyAgent()
      return proxied
    }
    direct ??= new undici.Agent()
    return direct
  }
}

/** By events: iterating over a stream costs more than the rest of a small answer. */
function readBody(body: Readable, maxBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    let size = 0
    body
      .on('data', (chunk: Uint8Array) => {
        size += chunk.byteLength
        if (size <= maxBytes) chunks.push(chunk)
        // The connection goes with it.
        else body.destroy(new BodyTooLargeError(maxBytes))
      })
      .on('error', reject)
      .on('end', () => {
        const [first] = chunks
        resolve(chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, size))
      })
  })
}

function decode(
  zlib: typeof import('node:zlib'),
  bytes: Uint8Array,
  encoding: string | null,
  maxBytes: number,
): Promise<Uint8Array> | Uint8Array {
  const decompress = { gzip: zlib.gunzip, 'x-gzip': zlib.gunzip, deflate: zlib.inflate }[
    encoding?.trim().toLowerCase() ?? ''
  ]
  if (decompress === undefined) return bytes
  return new Promise((resolve, reject) => {
    decompress(bytes, { maxOutputLength: maxBytes }, (error, result) => {
      if (error === null) resolve(result)
      else
        reject(
          'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE' ? new BodyTooLargeError(maxBytes) : error,
        )
    })
  })
}
