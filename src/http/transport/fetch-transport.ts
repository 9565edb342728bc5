import type { FetchFunction } from '../../model/platform-types.ts'
import { bytesOf, type ChunkReader, type OnBodyStart, readChunks } from './body.ts'
import { BodyTooLargeError, type ResponseHead, type Transport } from './transport.ts'

/** What is added to the `init` of a `fetch`. */
export interface FetchInit {
  /** An undici dispatcher, which only Node's `fetch` supports. */
  readonly dispatcher?: unknown
}

/** Sends through a WHATWG `fetch`, which decompresses by itself. */
export function fetchTransport(
  currentFetch: () => FetchFunction,
  initFor?: (url: string) => Promise<FetchInit>,
): Transport {
  return async ({ method, url, headers, body, maxBytes, onStart, onAbort, onHead }) => {
    const controller = new AbortController()
    let cancelBody: (() => void) | undefined
    onAbort((reason) => {
      controller.abort(reason)
      // A custom fetch may ignore the signal.
      cancelBody?.()
    })
    const init = initFor && (await initFor(url))
    const fetch = currentFetch()
    onStart()
    const response: unknown = await fetch(url, {
      method,
      headers,
      signal: controller.signal,
      redirect: 'manual',
      ...(body === undefined ? undefined : { body }),
      ...init,
    })
    const { head, read } = readable(response)
    onHead(head)
    const bytes = await read(maxBytes, (cancel) => {
      cancelBody = cancel
      if (controller.signal.aborted) cancel()
    })
    if (bytes.byteLength > maxBytes) throw new BodyTooLargeError(maxBytes)
    return { ...head, bytes }
  }
}

/** A `Response` in which everything is optional: mocks, and `fetch` functions from packages, omit much of it. */
interface ResponseLike {
  readonly ok?: unknown
  readonly status?: unknown
  readonly type?: unknown
  readonly bodyUsed?: unknown
  readonly headers?: { readonly get?: (name: string) => string | null | undefined }
  readonly body?: unknown
  readonly arrayBuffer?: () => Promise<ArrayBuffer>
  readonly text?: () => Promise<string>
  readonly json?: () => Promise<unknown>
}

interface ReadableResponse {
  readonly head: ResponseHead
  readonly read: (maxBytes: number, onStart: OnBodyStart) => Promise<Uint8Array>
}

function readable(value: unknown): ReadableResponse {
  const response: ResponseLike = Object(value)
  const { type, headers } = response
  // Browsers and some workers report a redirect with the status 0.
  const status =
    type === 'opaqueredirect' ? 302 : (response.status ?? (response.ok === true ? 200 : undefined))
  if (type === 'error') throw new TypeError('network error')
  const read = readerOf(response)
  if (typeof status !== 'number' || read === null) {
    throw new TypeError('fetch must resolve with a Response; it resolved with something else')
  }
  return {
    head: {
      status,
      header: (name) => (typeof headers?.get === 'function' ? (headers.get(name) ?? null) : null),
    },
    read,
  }
}

/** Prefers the stream, which alone can be canceled when it is too large. */
function readerOf(response: ResponseLike): ReadableResponse['read'] | null {
  const { body } = response
  // A mock may return the same Response for several requests.
  if (response.bodyUsed === true) {
    return async () => {
      throw new RangeError('fetch must resolve with a new Response for each request; this one has been read')
    }
  }
  const getReader = readerIn(body)
  if (getReader !== null) return (maxBytes, onStart) => readChunks(getReader(), maxBytes, onStart)
  if (response.arrayBuffer) return async () => new Uint8Array((await response.arrayBuffer?.()) ?? [])
  if (response.text ?? response.json) return async () => bytesOf(await textOf(response))
  return body === null ? async () => new Uint8Array() : null
}

async function textOf(response: ResponseLike): Promise<string> {
  const text = await response.text?.()
  // Mocks may have their JSON beside an empty text.
  return text || response.json === undefined ? (text ?? '') : JSON.stringify(await response.json())
}

interface WebStream {
  getReader(): ChunkReader
}

/** The body of packages such as node-fetch. */
interface NodeStream extends AsyncIterable<Uint8Array | string> {
  destroy?(): unknown
}

function readerIn(body: unknown): (() => ChunkReader) | null {
  if (isWebStream(body)) return () => body.getReader()
  if (!isNodeStream(body)) return null
  return () => {
    const chunks = body[Symbol.asyncIterator]()
    return { read: () => chunks.next(), cancel: () => body.destroy?.() ?? chunks.return?.() }
  }
}

function isWebStream(body: unknown): body is WebStream {
  return typeof Object(body).getReader === 'function'
}

function isNodeStream(body: unknown): body is NodeStream {
  return typeof Object(body)[Symbol.asyncIterator] === 'function'
}
