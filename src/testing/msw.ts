import { type HttpHandler, http } from 'msw'
import type { StandIn } from './stand-in.ts'

/**
 * MSW handlers that send every request to the providers' hosts, Twilio's regional ones included, to a
 * stand-in. `msw` has to be installed.
 *
 * @example
 * const server = setupServer(...standInHandlers(createStandIn({ bird: { … } })))
 */
export function standInHandlers(standIn: Pick<StandIn, 'fetch'>): HttpHandler[] {
  // MSW itself rejects a request that is aborted; a handler that rejects too would print an error of its own.
  return providerHosts.map((host) =>
    http.all(host, ({ request }) => standIn.fetch(request, { signal: null })),
  )
}

const providerHosts = [
  /^https:\/\/conversations\.([\w-]+\.[\w-]+\.)?twilio\.com\//,
  /^https:\/\/oauth\.twilio\.com\//,
  /^https:\/\/api\.bird\.com\//,
]
