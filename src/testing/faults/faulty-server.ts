import type { LocalServer } from '../server.ts'
import { listen, sendWhole } from '../server.ts'
import { type Fault, type FaultSchedule, isPageFault, type WireFault } from './fault.ts'
import { createPageFaults } from './page-faults.ts'
import { sendWithFault } from './wire-faults.ts'

/** A server that fails by schedule. */
export interface FaultyServer extends LocalServer {
  /** How many requests have arrived. */
  readonly requestCount: number
  /** How many of them have gone wrong, by kind. */
  readonly faultCounts: ReadonlyMap<Fault['kind'], number>
}

/**
 * Serves a provider over real HTTP on loopback, with faults: those of connections, of bodies and of pages.
 *
 * @param isOwn - whether a request is meant for this server. While one refuses connections, another may take its port,
 * and would answer in its place.
 */
export async function listenWithFaults(
  provider: (request: Request) => Promise<Response>,
  schedule: FaultSchedule,
  isOwn: (request: Request) => boolean = () => true,
): Promise<FaultyServer> {
  const pages = createPageFaults(provider)
  const faultCounts = new Map<Fault['kind'], number>()
  const pending = new WeakMap<Response, WireFault>()
  let requestCount = 0

  const handler = async (request: Request): Promise<Response> => {
    if (!isOwn(request)) return new Response('this is another server', { status: 503 })
    const fault = schedule(requestCount)
    requestCount += 1
    if (fault !== null) faultCounts.set(fault.kind, (faultCounts.get(fault.kind) ?? 0) + 1)
    if (fault?.kind === 'status') return statusAnswer(request, fault.status, fault.retryAfter)
    // The response to a request for a token has no pages.
    if (request.method === 'POST') return provider(request)
    if (fault === null || isPageFault(fault)) return pages.fetch(request, fault)
    const response = await pages.fetch(request, null)
    pending.set(response, fault)
    return response
  }

  const server = await listen(handler, async (response, incoming, outgoing) => {
    const fault = pending.get(response)
    if (fault === undefined) return sendWhole(response, incoming, outgoing)
    if (fault.kind === 'refuse') return server.refuse(fault.forMs)
    if (fault.kind !== 'status') return sendWithFault(response, outgoing, fault)
  })

  return {
    url: server.url,
    close: server.close,
    refuse: server.refuse,
    [Symbol.asyncDispose]: server.close,
    faultCounts,
    get requestCount() {
      return requestCount
    },
  }
}

/** An error in the format of each provider. */
function statusAnswer(request: Request, status: number, retryAfter: string | undefined): Response {
  const isBird = new URL(request.url).pathname.startsWith('/workspaces/')
  const body = isBird
    ? { code: 'ScheduledFault', message: `A scheduled ${status}` }
    : { code: 20000 + status, message: `A scheduled ${status}`, more_info: '', status }
  return Response.json(body, {
    status,
    ...(retryAfter === undefined ? {} : { headers: { 'retry-after': retryAfter } }),
  })
}
