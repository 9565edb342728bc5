import { BodyTooLargeError, type Transport } from './transport.ts'

/** Sends through a WHATWG `fetch`, which decompresses by itself. */
export function fetchTransport(currentFetch: () => typeof globalThis.fetch): Transport {
  return async ({ method, url, headers, body, signal }) => {
    const fetch = currentFetch()
    const response = await fetch(url, {
      method,
      headers,
      signal,
      redirect: 'manual',
      ...(body === undefined ? undefined : { body }),
    })
    if (typeof response?.status !== 'number' || typeof response.headers?.get !== 'function') {
      throw new TypeError('fetch must resolve with a Response; it resolved with something else')
    }
    return {
      // Browsers and some workers hide a redirect behind the status 0.
      status: response.type === 'opaqueredirect' ? 302 : response.status,
      header: (name) => response.headers.get(name),
      read: (maxBytes) => readStream(response.body, maxBytes),
    }
  }
}

async function readStream(stream: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Uint8Array> {
  if (stream === null) return new Uint8Array()
  const reader = stream.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return concatenate(chunks, size)
    size += value.byteLength
    if (size > maxBytes) {
      // The connection is given up; how that goes does not matter any more.
      reader.cancel().catch(() => {})
      throw new BodyTooLargeError(maxBytes)
    }
    chunks.push(value)
  }
}

function concatenate(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const [first] = chunks
  if (chunks.length === 1 && first !== undefined) return first
  const whole = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.byteLength
  }
  return whole
}
