import type { Fetch } from '../model/platform-types.ts'
import { type BirdStandInOptions, birdError, createBird } from './bird.ts'
import { failureAnswer } from './failure-answers.ts'
import { createFailures, networkError, type StandInFailure } from './failures.ts'
import { type AuthorizationScheme, type FailAt, readAuthorization } from './http.ts'
import { type MswHandlers, standInHandlers } from './msw.ts'
import { createTwilio, type TwilioStandInOptions, twilioError } from './twilio.ts'

/** Plays both providers, or one of them, from the conversations it is given. */
export interface StandIn {
  /**
   * Answers a request as the provider that it is meant for would. The path decides, so that any host does: the
   * providers' own, Twilio's regional ones, and a server on loopback. Takes the place of the global `fetch`; it
   * needs no `this`. It rejects where `fetch` does before anything is sent: for what is no valid request, and,
   * with the signal's reason, when the signal is aborted.
   */
  readonly fetch: Fetch
  /**
   * Handlers for MSW 2 or 3, made when they are first asked for. They answer for the providers' hosts, and leave
   * every other request to the handlers beside them.
   *
   * @throws Error where MSW cannot be loaded; nothing else here needs it
   * @example
   * const server = setupServer(...standIn.handlers)
   */
  readonly handlers: MswHandlers
  /**
   * Makes the next request for a page fail, or the next one for a given page, as the provider's documents say. Several
   * failures are met in the order in which they were asked for. A request that the provider would refuse anyway does
   * not meet one, and neither does one for an OAuth token.
   *
   * The library repeats what may be repeated, after a while. To see such a failure in a test, switch that off with
   * `retry: { retries: 0 }`, or make the waits short and the failures many: `times: 4`.
   *
   * @throws ConfigurationError for an option that is unknown or wrong
   * @example
   * standIn.fail({ status: 429, retryAfter: 1 })
   * standIn.fail({ status: 503, times: 2 })
   * standIn.fail({ provider: 'twilio', page: 3, status: 401 })
   * standIn.fail({ networkError: true })
   */
  fail(failure: StandInFailure): void
  /** What was asked so far, in the order of the answers. */
  readonly requests: readonly StandInRequest[]
  /** Forgets the requests, and the failures that have not been met. For between two tests. */
  reset(): void
}

/** A request that a stand-in has answered. */
export interface StandInRequest {
  readonly method: string
  readonly url: string
  /** The HTTP status of the answer; 0 where there was none, after `fail({ networkError: true })`. */
  readonly status: number
  /** The scheme only; `none` stands for another scheme too. */
  readonly authorization: AuthorizationScheme
}

/**
 * Creates a stand-in for the providers, for tests and for development without an account. It checks
 * credentials and parameters, pages, and fails as the two API documents say.
 *
 * A participant that nobody has conversations with gets an empty list. A provider that is left out answers
 * everything with 404.
 *
 * @example
 * const standIn = createStandIn({
 *   twilio: { accountSid, authToken, conversations: sampleTwilioConversations({ address, count: 120 }) },
 * })
 * const provider = twilio({ accountSid, authToken, fetch: standIn.fetch })
 */
export function createStandIn(options: {
  twilio?: TwilioStandInOptions
  bird?: BirdStandInOptions
}): StandIn {
  const requests: StandInRequest[] = []
  const failures = createFailures()
  const failAt: FailAt = (provider, page) => {
    const failure = failures.take(provider, page)
    return failure && failureAnswer(provider, failure)
  }
  const twilio = options.twilio
    ? createTwilio(options.twilio)
    : () => twilioError(404, 20404, 'This stand-in was created without the option `twilio`')
  const bird = options.bird
    ? createBird(options.bird)
    : () => birdError(404, 'NotFound', 'This stand-in was created without the option `bird`')
  let handlers: MswHandlers | undefined

  function isForBird(url: URL): boolean {
    if (/^\/workspaces(\/|$)/.test(url.pathname) || /\bbird\.com$/.test(url.hostname)) return true
    return !options.twilio && options.bird !== undefined && !/\btwilio\.com$/.test(url.hostname)
  }

  async function fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const request = new Request(input, init)
    request.signal.throwIfAborted()
    const url = new URL(request.url)
    const response = await (isForBird(url) ? bird : twilio)(request, url, failAt)
    requests.push({
      method: request.method,
      url: request.url,
      status: response.status,
      authorization: readAuthorization(request.headers).scheme,
    })
    request.signal.throwIfAborted()
    if (response.type === 'error') throw networkError()
    return response
  }

  return {
    fetch,
    get handlers() {
      handlers ??= standInHandlers({ fetch })
      return handlers
    },
    fail: failures.add,
    requests,
    reset() {
      requests.length = 0
      failures.clear()
    },
  }
}
