import { boolean, callback, type OptionsShape, objectWith, text, wholeNumber } from '../check.ts'
import type { ConversationsError } from '../errors.ts'
import type { FetchFunction } from '../platform-types.ts'

/** An undici dispatcher (`Agent`, `ProxyAgent`, `Pool`, …), of whatever version. */
export interface Dispatcher {
  dispatch(options: never, handler: never): boolean
}

/** What each hook is told. URLs come without what they say of the participant, and nothing holds a secret. */
export interface RequestInfo {
  readonly provider: string
  readonly method: 'GET' | 'POST'
  readonly url: string
  /** 1 for the first request, 2 for the first repetition, and so on. */
  readonly attempt: number
}

/** What `onResponse` is told. */
export interface ResponseInfo extends RequestInfo {
  readonly status: number
  readonly requestId: string | null
  /** From the request to the end of the body, in milliseconds. */
  readonly durationMs: number
}

/** What `onRetry` is told. */
export interface RetryInfo extends RequestInfo {
  /** How long the library waits before it asks again, in milliseconds. */
  readonly delayMs: number
  /** Why it asks again. */
  readonly error: ConversationsError
}

/** For logs and metrics. A promise is waited for. What a hook throws, or rejects with, ends the listing. */
export interface HttpHooks {
  onRequest?: ((info: RequestInfo) => unknown) | undefined
  /** For each answer, whatever its status; one with an error status may have come without its body. */
  onResponse?: ((info: ResponseInfo) => unknown) | undefined
  /** Before the wait for a repetition. */
  onRetry?: ((info: RetryInfo) => unknown) | undefined
}

/** When and how often a request is repeated: after 408, 429, 500, 502, 503, 504, and after network faults. */
export interface RetryOptions {
  /** How often a request is repeated; 0 means never. Default: 3. */
  retries?: number | undefined
  /** The upper bound of the first wait, doubled for each further one, in milliseconds. Default: 500. */
  minDelayMs?: number | undefined
  /** The upper bound of every wait, in milliseconds. Default: 8,000. */
  maxDelayMs?: number | undefined
  /**
   * The longest `Retry-After` that is waited for, in milliseconds. A longer one is thrown at once, with its
   * length as `retryAfterMs` of the error. Default: 60,000.
   */
  maxRetryAfterMs?: number | undefined
}

/** How an adapter talks to its provider. */
export interface HttpOptions {
  /** Another origin, with or without a path. `https`, or `http` on loopback. Default: the provider's own. */
  baseUrl?: string | undefined
  /** Allows a `baseUrl` with plain `http` to another machine. Credentials then cross the network unencrypted. */
  allowInsecureHttp?: boolean | undefined
  /** Sends every request through this function, as it is. Default: undici, or the global `fetch`. */
  fetch?: FetchFunction | undefined
  /** Sends every request through this undici dispatcher: for proxies, pools and TLS. */
  dispatcher?: Dispatcher | undefined
  /** The time limit of one attempt, its body included, in milliseconds. Default: 30,000. */
  timeoutMs?: number | undefined
  retry?: RetryOptions | undefined
  /** The largest answer that is read, in bytes, after decompression. Default: 16 MiB. */
  maxResponseBytes?: number | undefined
  /** Further headers for each request to the provider. */
  headers?: Readonly<Record<string, string>> | undefined
  hooks?: HttpHooks | undefined
}

/** The same, checked and with its defaults. */
export interface HttpSettings {
  readonly fetch: FetchFunction | undefined
  readonly dispatcher: Dispatcher | undefined
  readonly timeoutMs: number
  readonly retry: Required<{ [K in keyof RetryOptions]: number }>
  readonly maxResponseBytes: number
  readonly headers: Readonly<Record<string, string>>
  readonly hooks: HttpHooks
}

/** Longer ones overflow a timer, which then fires at once. */
const MAX_TIMER_MS = 2_147_483_647

/** A longer text does not fit into a string. */
const MAX_TEXT_BYTES = 512 * 1024 * 1024

/** Set by the library or by the transport. */
const RESERVED_HEADERS = [
  'authorization',
  'accept-encoding',
  'connection',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
]

const isHeaders = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  // Headers and Map have entries that are no properties.
  !(Symbol.iterator in value) &&
  Object.entries(value).every(
    ([name, content]) =>
      /^[!#$%&'*+.^_`|~\w-]+$/.test(name) &&
      !RESERVED_HEADERS.includes(name.toLowerCase()) &&
      typeof content === 'string' &&
      /^[\t\x20-\x7e]*$/.test(content),
  )

/** The part of an adapter's options that is the same for all. `baseUrl` is checked where it is parsed. */
export const httpOptions: OptionsShape<HttpOptions> = {
  baseUrl: text('must be an absolute URL'),
  allowInsecureHttp: boolean,
  fetch: callback,
  dispatcher: objectWith('must be an undici dispatcher', 'dispatch'),
  timeoutMs: wholeNumber(1, MAX_TIMER_MS),
  retry: {
    retries: wholeNumber(0),
    minDelayMs: wholeNumber(0, MAX_TIMER_MS),
    maxDelayMs: wholeNumber(0, MAX_TIMER_MS),
    maxRetryAfterMs: wholeNumber(0, MAX_TIMER_MS),
  },
  maxResponseBytes: wholeNumber(1, MAX_TEXT_BYTES),
  headers: [
    `must be an object of header names and printable ASCII values, without ${RESERVED_HEADERS.join(', ')}`,
    isHeaders,
  ],
  hooks: { onRequest: callback, onResponse: callback, onRetry: callback },
}

/** Fills in the defaults. Copies what the caller might change later. */
export function httpSettings({
  fetch,
  dispatcher,
  timeoutMs = 30_000,
  retry: { retries = 3, minDelayMs = 500, maxDelayMs = 8_000, maxRetryAfterMs = 60_000 } = {},
  maxResponseBytes = 16 * 1024 * 1024,
  headers = {},
  hooks = {},
}: HttpOptions): HttpSettings {
  return {
    fetch,
    dispatcher,
    timeoutMs,
    retry: { retries, minDelayMs, maxDelayMs, maxRetryAfterMs },
    maxResponseBytes,
    headers: lowerCaseNames(headers),
    hooks,
  }
}

/** One spelling, so that a header of the caller's does not stand beside one of ours. */
function lowerCaseNames(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
