import { fetchTransport } from './fetch-transport.ts'
import type { HttpSettings } from './http-options.ts'
import { isPlatformUntouched } from './platform.ts'
import type { Transport } from './transport.ts'
import { loadUndiciTransport } from './undici-transport.ts'

/**
 * The caller's `fetch`, else the caller's dispatcher, else undici, which takes less CPU than `fetch`; but where anything
 * has replaced the platform's HTTP (a mock, a stub, a patch, a global proxy) the global `fetch`, looked up at each
 * request, so that the replacement is honoured whenever it came.
 */
export function chooseTransport(settings: Pick<HttpSettings, 'fetch' | 'dispatcher'>): Transport {
  const { fetch, dispatcher } = settings
  if (fetch !== undefined) return fetchTransport(() => fetch)
  const viaFetch = fetchTransport(() => globalThis.fetch)
  return async (request) => {
    if (dispatcher === undefined && !isPlatformUntouched()) return viaFetch(request)
    const viaUndici = await loadUndiciTransport()
    if (viaUndici !== null) return viaUndici(request, dispatcher)
    // Not through fetch instead: that would go around the proxy.
    if (dispatcher !== undefined)
      throw new TypeError('a dispatcher needs the package undici, which cannot be loaded')
    return viaFetch(request)
  }
}
