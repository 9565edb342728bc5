import { networkError } from './failures.ts'
import type { StandIn } from './stand-in.ts'

/**
 * MSW's handlers, for `setupServer()`, `setupWorker()` and `use()`. The type is `never` because that fits the handlers
 * of MSW 2 and 3 alike, without needing either to be installed.
 */
export type MswHandlers = never[]

/**
 * MSW handlers that send every request to the providers' hosts, Twilio's regional ones included, to a stand-in. MSW is
 * loaded only now.
 *
 * @throws Error where MSW is not installed, and where the runtime cannot load it by name
 * @example
 * const server = setupServer(...standInHandlers(createStandIn({ bird: { … } })))
 */
export function standInHandlers(standIn: Pick<StandIn, 'fetch'>): MswHandlers {
  const { http } = loadMsw()
  return providerHosts.map((host) =>
    http.all(host, async ({ request }) => {
      try {
        // MSW itself rejects a request that is aborted; a handler that rejects too would print an error of its own.
        return await standIn.fetch(request, { signal: null })
      } catch (error) {
        // To MSW, this is the answer that makes `fetch` reject.
        if (error instanceof Error && error.message === networkError().message) return Response.error()
        throw error
      }
    }),
  )
}

const providerHosts = [
  /^https:\/\/conversations\.([\w-]+\.[\w-]+\.)?twilio\.com\//,
  /^https:\/\/oauth\.twilio\.com\//,
  /^https:\/\/api\.bird\.com\//,
]

/** What of MSW is used here: the same in MSW 2 and 3. */
interface Msw {
  http: { all(path: RegExp, resolver: (info: { request: Request }) => Promise<Response>): never }
}

/**
 * Loads the MSW that is installed beside this library, whichever major it is, on first use: an import at the top would
 * make everything else here depend on it. It may be another copy than the one that the tests import, since MSW 2 has
 * one for ESM and one for CommonJS; MSW tells handlers by what they have, not by their class.
 */
function loadMsw(): Msw {
  const nodeModule = globalThis.process?.getBuiltinModule?.('node:module')
  if (nodeModule === undefined)
    throw new Error(`MSW cannot be loaded by name in this runtime. ${ALTERNATIVE}`)
  try {
    // In CommonJS, what stands for import.meta.url is the page's address where there is a document, as in jsdom.
    const here = typeof __filename === 'string' ? __filename : import.meta.url
    // The one part of MSW's interface that is described above.
    return nodeModule.createRequire(here)('msw') as Msw
  } catch (cause) {
    throw new Error(
      `standIn.handlers needs MSW 2 or 3, which cannot be loaded: npm install --save-dev msw. ${ALTERNATIVE}`,
      { cause },
    )
  }
}

const ALTERNATIVE =
  "Without it, pass standIn.fetch to the provider as its option fetch, or give MSW handlers of your own: http.all('https://conversations.twilio.com/*', ({ request }) => standIn.fetch(request))"
