import type { FetchFunction } from '../model/platform-types.ts'
import { readStream } from './body.ts'
import type { Transport } from './transport.ts'

/** Sends through a WHATWG `fetch`, which decompresses by itself. */
export function fetchTransport(currentFetch: () => FetchFunction): Transport {
  return async ({ method, url, headers, body, maxBytes, onAbort, onHead }) => {
    const fetch = currentFetch()
    const controller = new AbortController()
    onAbort((reason) => controller.abort(reason))
    const response = await fetch(url, {
      method,
      headers,
      signal: controller.signal,
      redirect: 'manual',
      ...(body === undefined ? undefined : { body }),
    })
    if (!isResponse(response)) {
      throw new TypeError('fetch must resolve with a Response; it resolved with something else')
    }
    const head = {
      // Browsers and some workers hide a redirect behind the status 0.
      status: response.type === 'opaqueredirect' ? 302 : response.status,
      header: (name: string) => response.headers.get(name),
    }
    onHead(head)
    const bytes = response.body === null ? new Uint8Array() : await readStream(response.body, maxBytes)
    return { ...head, bytes }
  }
}

/** A `fetch` of one's own may resolve with anything; of a Response, this is what is used. */
function isResponse(value: Partial<Response> | undefined): boolean {
  return (
    typeof value?.status === 'number' &&
    typeof value.headers?.get === 'function' &&
    (value.body === null || typeof value.body?.getReader === 'function')
  )
}
