import { belongsToAnother, type RegisteredAccount, registerAccount } from './account-register.ts'
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
  readonly accounts: readonly RegisteredAccount[]
}

/**
 * Creates an MSW handler that sends requests to the providers' hosts, Twilio's regional hosts included, to a stand-in.
 * MSW is loaded by the first call.
 *
 * @throws Error if MSW is not installed or too old, and if the runtime cannot load it by name
 */
export function standInHandlers({ fetch, accounts }: HandledStandIn): MswHandlers {
  const http = loadHttp()
  for (const account of accounts) registerAccount(account)
  const handler = http.all(providerHosts, async ({ request }) => {
    const { aborted } = request.signal
    try {
      return await fetch(request, aborted ? { signal: null } : {})
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
    providerHosts.test(info.request.url) && (await belongsToAnother(info.request, accounts))
      ? null
      : run(info)
  // It is a handler of MSW. There is one for all hosts, since MSW tries the handlers of a server one after the other.
  return [handler as never]
}

const providerHosts =
  /^https:\/\/(conversations\.([\w-]+\.[\w-]+\.)?twilio\.com|oauth\.twilio\.com|api\.bird\.com)\//

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
