import { type BirdStandInOptions, birdError, createBird } from './bird.ts'
import { type AuthorizationScheme, readAuthorization } from './http.ts'
import { createTwilio, type TwilioStandInOptions, twilioError } from './twilio.ts'

/** Plays both providers, or one of them, from the conversations it is given. */
export interface StandIn {
  /**
   * Answers a request as the provider that it is meant for would. The path decides, so that any host does: the
   * providers' own, Twilio's regional ones, and a server on loopback. Takes the place of the global `fetch`; it
   * needs no `this`. It rejects where `fetch` does before anything is sent: for what is no valid request, and,
   * with the signal's reason, when the signal is aborted.
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>
  /** What was asked so far, in the order of the answers. */
  readonly requests: readonly StandInRequest[]
}

export interface StandInRequest {
  readonly method: string
  readonly url: string
  /** The HTTP status of the answer. */
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
  const twilio = options.twilio
    ? createTwilio(options.twilio)
    : () => twilioError(404, 20404, 'This stand-in was created without the option `twilio`')
  const bird = options.bird
    ? createBird(options.bird)
    : () => birdError(404, 'NotFound', 'This stand-in was created without the option `bird`')

  function isForBird(url: URL): boolean {
    if (/^\/workspaces(\/|$)/.test(url.pathname) || /\bbird\.com$/.test(url.hostname)) return true
    return !options.twilio && options.bird !== undefined && !/\btwilio\.com$/.test(url.hostname)
  }

  return {
    requests,
    async fetch(input, init) {
      const request = new Request(input, init)
      request.signal.throwIfAborted()
      const url = new URL(request.url)
      const response = await (isForBird(url) ? bird(request, url) : twilio(request, url))
      requests.push({
        method: request.method,
        url: request.url,
        status: response.status,
        authorization: readAuthorization(request.headers).scheme,
      })
      request.signal.throwIfAborted()
      return response
    },
  }
}
