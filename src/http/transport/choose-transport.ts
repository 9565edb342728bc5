import { isLoopback } from '../base-url.ts'
import type { HttpSettings } from '../http-options.ts'
import { type FetchInit, fetchTransport } from './fetch-transport.ts'
import { fetchWithoutCache } from './next-cache.ts'
import { areSocketsMocked, examinePlatform } from './platform.ts'
import { proxyFor } from './proxy.ts'
import type { Transport } from './transport.ts'
import { loadUndiciTransport } from './undici-transport.ts'

/**
 * The caller's `fetch`, else the caller's dispatcher, else undici, which takes less CPU than `fetch`. If anything has
 * replaced the platform's HTTP (a mock, a stub, a patch, a global proxy), the global `fetch` is used instead. It is looked
 * up for each request, so that the replacement is honored whenever it was made.
 */
export function chooseTransport({
  fetch,
  dispatcher,
}: Pick<HttpSettings, 'fetch' | 'dispatcher'>): Transport {
  if (fetch !== undefined) return fetchTransport(() => fetch)
  const viaFetch = fetchTransport(() => fetchWithoutCache(globalThis.fetch), initFor)
  return async (request) => {
    if (dispatcher === undefined) {
      const { isFetchReplaced, isDispatcherReplaced } = examinePlatform()
      if (isFetchReplaced || (isDispatcherReplaced && !mustAvoidProxy(request.url))) return viaFetch(request)
    }
    const undici = await loadUndiciTransport()
    if (undici !== null) return undici.send(request, dispatcher)
    // Not through fetch instead, which would bypass the proxy.
    if (dispatcher !== undefined)
      throw new TypeError('a dispatcher requires the undici package, which cannot be loaded')
    return viaFetch(request)
  }
}

/**
 * Node's `fetch` uses no proxy of the environment by itself. Where only `fetch` is wrapped, as APM tools do, it gets the
 * agent that would have sent the request. A global dispatcher of the app's decides for itself.
 */
async function initFor(url: string): Promise<FetchInit> {
  if (!isNode()) return {}
  const target = new URL(url)
  const isProxied = !examinePlatform().isDispatcherReplaced && proxyFor(target) !== null
  if ((!isProxied && !mustAvoidProxy(url)) || areSocketsMocked()) return {}
  const undici = await loadUndiciTransport()
  const agent = await undici?.agentForFetch(target)
  return agent ? { dispatcher: agent } : {}
}

/** Requests to loopback use no proxy from the environment, even if Node or the app has set a dispatcher that would. */
function mustAvoidProxy(url: string): boolean {
  return examinePlatform().isEnvironmentProxy && isLoopback(new URL(url).hostname)
}

/** Bun and Deno read these variables themselves. */
function isNode(): boolean {
  return Boolean(globalThis.process?.versions?.node) && !('Bun' in globalThis) && !('Deno' in globalThis)
}
