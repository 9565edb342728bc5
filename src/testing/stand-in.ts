import type { Fetch } from '../model/platform-types.ts'
import { birdError, createBird } from './bird.ts'
import { failureAnswer } from './failure-answers.ts'
import type { StandInFailure } from './failure-options.ts'
import { createFailures } from './failures.ts'
import { type AuthorizationScheme, readAuthorization } from './http.ts'
import { type MswHandlers, standInHandlers } from './msw.ts'
import { parseStandInOptions, type StandInOptions } from './stand-in-options.ts'
import { createTwilio, twilioError } from './twilio.ts'

/** Plays one or both providers with the conversations that are passed to it. */
export interface StandIn {
  /**
   * Responds to a request as the provider would. The path of the request decides which provider that is: the host may be
   * the provider's own, one of Twilio's regional hosts, or a server on loopback. Use it in place of the global `fetch`;
   * it needs no `this`. Like `fetch`, it rejects for an invalid request, and with the reason of an aborted signal.
   */
  readonly fetch: Fetch
  /**
   * Handlers for MSW 2 or 3, created on first access. They handle requests to the providers' hosts and leave all others
   * to other handlers.
   *
   * Several stand-ins, such as one for each tenant, can be used side by side: a request with the credentials of another
   * stand-in's account is left to the handlers of that stand-in, and is unhandled if the server does not have them. For
   * credentials that no stand-in knows, the first one returns 401, as the provider would.
   *
   * @throws Error if MSW is not installed or too old; nothing else here needs it
   * @example
   * const server = setupServer(...standIn.handlers)
   * const serverOfAll = setupServer(...tenantA.handlers, ...tenantB.handlers)
   */
  readonly handlers: MswHandlers
  /**
   * Makes the next request for a page fail, or the next request for a given page. Several failures are used up in the
   * order in which they were added. A request that the provider would refuse anyway uses up none, and neither does a
   * request for an OAuth token.
   *
   * The library retries what can be retried, after a wait. To see such a failure in a test, turn retries off with
   * `retry: { retries: 0 }`, or make the waits short and the failures many: `times: 4`.
   *
   * @throws ConfigurationError that names every invalid option
   * @example
   * standIn.fail({ status: 429, retryAfter: 1 })
   * standIn.fail({ status: 503, times: 2 })
   * standIn.fail({ provider: 'twilio', page: 3, status: 401 })
   * standIn.fail({ networkError: true })
   * standIn.fail({ delayMs: 60_000 }) // the correct response, after a minute
   * standIn.fail({ delayMs: Infinity }) // no response
   * standIn.fail({ body: 'hangs' }) // or 'breaks off', or 'not JSON'
   */
  fail(failure: StandInFailure): void
  /** All requests so far, in the order of their responses. */
  readonly requests: readonly StandInRequest[]
  /**
   * Forgets the requests, which pages they were for, and the failures that have not been used up. Call it between two
   * tests.
   */
  reset(): void
}

/** A request that a stand-in has handled. */
export interface StandInRequest {
  /** The HTTP method. */
  readonly method: string
  /** The whole URL, with the participant and the page token. */
  readonly url: string
  /** The HTTP status of the response; 0 if there was none, because of a network error or an abort. */
  readonly status: number
  /** The scheme without the credentials; `none` stands for any other scheme too. */
  readonly authorization: AuthorizationScheme
}

/**
 * Creates a stand-in for the providers, for tests and for development without an account. It checks credentials and
 * parameters, returns pages, and fails as the providers' API documents say. A participant without conversations gets an
 * empty list.
 *
 * @throws ConfigurationError that names every invalid option
 * @example
 * const standIn = createStandIn({
 *   twilio: { accountSid, authToken, conversations: sampleTwilioConversations({ address, count: 120 }) },
 * })
 * const provider = twilio({ accountSid, authToken, fetch: standIn.fetch })
 */
export function createStandIn(options: StandInOptions): StandIn {
  const { twilio, bird } = parseStandInOptions(options)
  const accounts = { twilio: twilio && createTwilio(twilio), bird: bird && createBird(bird) }
  const requests: StandInRequest[] = []
  const failures = createFailures()
  let handlers: MswHandlers | undefined

  function providerFor({ pathname, hostname }: URL): 'twilio' | 'bird' {
    if (/^\/workspaces(\/|$)/.test(pathname) || /\bbird\.com$/.test(hostname)) return 'bird'
    return !twilio && bird && !/\btwilio\.com$/.test(hostname) ? 'bird' : 'twilio'
  }

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url)
    const name = providerFor(url)
    const account = accounts[name]
    if (account === undefined) return notPlayed(name)
    return account.answer(request, url, (page, rightAnswer) => {
      const failure = failures.take(name, page)
      return failure ? failureAnswer(name, failure, rightAnswer, request.signal) : rightAnswer
    })
  }

  async function fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const request = new Request(input, init)
    request.signal.throwIfAborted()
    const { method, url, headers } = request
    const authorization = readAuthorization(headers).scheme
    let status = 0
    try {
      const response = await answer(request)
      status = response.status
      request.signal.throwIfAborted()
      return response
    } finally {
      requests.push({ method, url, status, authorization })
    }
  }

  return {
    fetch,
    get handlers() {
      handlers ??= standInHandlers({
        fetch,
        accounts: Object.values(accounts).filter((account) => account !== undefined),
      })
      return handlers
    },
    fail: failures.add,
    requests,
    reset() {
      requests.length = 0
      failures.clear()
      accounts.twilio?.forgetPages()
      accounts.bird?.forgetPages()
    },
  }
}

function notPlayed(provider: 'twilio' | 'bird'): Response {
  const message = `This stand-in was created without the option "${provider}"`
  return provider === 'bird' ? birdError(404, 'NotFound', message) : twilioError(404, 20404, message)
}
