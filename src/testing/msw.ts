import { networkError } from './failure-answers.ts'

/**
 * MSW's handlers, for `setupServer()`, `setupWorker()` and `use()`. The type is `never[]` because that fits the handlers
 * of MSW 2 and 3 alike, and needs neither to be installed.
 */
export type MswHandlers = never[]

/** What the handlers need of a stand-in. */
export interface HandledStandIn {
  readonly fetch: (request: Request, init?: RequestInit) => Promise<Response>
  /** The accounts that it plays. */
  readonly accountIds: readonly string[]
  /** The one of them whose credentials a request has. */
  accountOf(request: Request, url: URL): Promise<string | undefined>
}

/**
 * The stand-ins that have handlers, by account. A later one for the same account takes its place. Whether their server
 * still listens cannot be told, so one that is here may only decide who does not answer a request.
 */
const standIns = new Map<string, HandledStandIn>()

/**
 * Creates MSW handlers that send requests to the providers' hosts, Twilio's regional hosts included, to a stand-in.
 * MSW is loaded by the first call.
 *
 * @throws Error if MSW is not installed or too old, and if the runtime cannot load it by name
 */
export function standInHandlers(standIn: HandledStandIn): MswHandlers {
  const http = loadHttp()
  for (const id of standIn.accountIds) standIns.set(id, standIn)
  return providerHosts.map((host) => {
    const handler = http.all(host, async ({ request }) => {
      const { aborted } = request.signal
      try {
        return await standIn.fetch(request, aborted ? { signal: null } : {})
      } catch (error) {
        // MSW itself rejects a request that is aborted. In all other cases, this response makes `fetch` reject.
        const isNetworkError = error instanceof Error && error.message === networkError().message
        if (isNetworkError || request.signal.aborted) return Response.error()
        throw error
      }
    })
    const run = handler.run.bind(handler)
    // null: the handler does not match. MSW then tries the handlers after this one, and a request that none of them
    // matches is unhandled. A handler that matches and returns nothing would send it to the network without a word.
    handler.run = async (info) =>
      host.test(info.request.url) && (await belongsToAnother(info.request, standIn)) ? null : run(info)
    // It is a handler of MSW.
    return handler as never
  })
}

async function belongsToAnother(request: Request, standIn: HandledStandIn): Promise<boolean> {
  const url = new URL(request.url)
  if ((await standIn.accountOf(request, url)) !== undefined) return false
  for (const [id, other] of standIns) {
    if (!standIn.accountIds.includes(id) && (await other.accountOf(request, url)) === id) return true
  }
  return false
}

const providerHosts = [
  /^https:\/\/conversations\.([\w-]+\.[\w-]+\.)?twilio\.com\//,
  /^https:\/\/oauth\.twilio\.com\//,
  /^https:\/\/api\.bird\.com\//,
]

/** The part of MSW that is used, which is the same in MSW 2 and 3. */
interface MswHttp {
  all(path: RegExp, resolver: (info: { request: Request }) => Promise<Response>): MswHandler
}

interface MswHandler {
  run(info: { request: Request }): Promise<unknown>
}

function loadHttp(): MswHttp {
  const { http } = loadMsw()
  // MSW 1 has `rest` in its place, with another interface.
  if (http === undefined)
    throw new Error(
      'standIn.handlers requires MSW 2 or 3, and the installed version is older. Update msw, or pass standIn.fetch to the provider as its fetch option.',
    )
  return http
}

/**
 * Loads the MSW that is installed beside this library, whichever major version it is, on first use: with an import at
 * the top, everything else in this entry would need it. It may be another copy than the one that the tests import,
 * since MSW 2 has one for ESM and one for CommonJS; MSW recognizes handlers by their properties, not by their class.
 */
function loadMsw(): { http?: MswHttp } {
  const nodeModule = globalThis.process?.getBuiltinModule?.('node:module')
  if (nodeModule === undefined)
    throw new Error(`MSW cannot be loaded by name in this runtime. ${ALTERNATIVE}`)
  try {
    // In CommonJS, the build's import.meta.url is the address of the page if there is a document, as in jsdom.
    const here = typeof __filename === 'string' ? __filename : import.meta.url
    // It has no type: this is the one part of MSW's interface that is described above.
    return nodeModule.createRequire(here)('msw')
  } catch (cause) {
    throw new Error(
      `standIn.handlers requires MSW 2 or 3, which cannot be loaded: npm install --save-dev msw. ${ALTERNATIVE}`,
      { cause },
    )
  }
}

const ALTERNATIVE =
  "Without it, pass standIn.fetch to the provider as its fetch option, or write the MSW handlers yourself: http.all('https://conversations.twilio.com/*', ({ request }) => standIn.fetch(request).catch(() => HttpResponse.error()))"
