/** Which requests fail, how often, and how late. */
interface FailureTarget {
  /** Only requests to this provider. Default: whichever is requested first. */
  provider?: 'twilio' | 'bird' | undefined
  /**
   * Only requests for this page; the first page is 1. On Bird, the pages of each channel are counted separately. Default:
   * the next request for any page.
   */
  page?: number | undefined
  /** How many requests fail; `Infinity` means until `reset()`. Default: 1. */
  times?: number | undefined
  /**
   * How long the response takes, in milliseconds, by the global `setTimeout`: fake timers control it. At most
   * 2,147,483,647, or `Infinity`, which means that no response arrives. Default: 0.
   */
  delayMs?: number | undefined
}

/** A response with an error status, in the provider's format. */
export interface StatusFailure extends FailureTarget {
  /** From 400 to 599. */
  status: number
  /**
   * The `Retry-After` header: a whole number of seconds, or an HTTP date as `date.toUTCString()` returns it. Default: not
   * sent.
   */
  retryAfter?: string | number | undefined
  /** Default: the provider's general code for the status, such as 20429 on Twilio or `TooManyRequests` on Bird. */
  code?: string | number | undefined
  /** Default: what the status means, in words. */
  message?: string | undefined
  networkError?: never
  body?: never
}

/** No response at all: `fetch` rejects with the `TypeError` of a broken connection. */
export interface NetworkFailure extends FailureTarget {
  /** The connection breaks. */
  networkError: true
  status?: never
  body?: never
  retryAfter?: never
  code?: never
  message?: never
}

/** A response with status 200 and an unusable body. */
export interface BodyFailure extends FailureTarget {
  /**
   * - `'hangs'`: the first half of the page arrives, then nothing more
   * - `'breaks off'`: the first half of the page arrives, then the connection breaks
   * - `'not JSON'`: a page of HTML, as a proxy or a captive portal sends it
   */
  body: 'hangs' | 'breaks off' | 'not JSON'
  status?: never
  networkError?: never
  retryAfter?: never
  code?: never
  message?: never
}

/** The correct response, too late. */
export interface SlowAnswer extends FailureTarget {
  /** How long the response takes, in milliseconds. */
  delayMs: number
  status?: never
  networkError?: never
  body?: never
  retryAfter?: never
  code?: never
  message?: never
}

/** How a request to a stand-in fails. */
export type StandInFailure = StatusFailure | NetworkFailure | BodyFailure | SlowAnswer
