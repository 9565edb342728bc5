import * as z from 'zod/mini'
import type { FetchFunction } from '../model/platform-types.ts'
import { describeInstance, problemOfOptions } from '../options/plain-options.ts'
import {
  boolean,
  callback,
  notPromise,
  objectWith,
  optionsSchema,
  type ShapeOf,
  text,
  wholeNumber,
} from '../options/schemas.ts'
import type { Schema } from '../options/standard-schema.ts'
import { parseBaseUrl } from './base-url.ts'
import { type HttpHooks, hookNames, hooksSchema } from './hooks.ts'

/** An undici dispatcher (`Agent`, `ProxyAgent`, `Pool`, …) of any version. */
export interface Dispatcher {
  /** Sends a request. undici calls it. */
  dispatch(options: never, handler: never): boolean
}

/**
 * When and how often a request is retried: after 408, 429, 500, 502, 503, 504, a timeout or a network fault. Untrusted
 * certificates, and requests that a mock does not expect, fail at once.
 */
export interface RetryOptions {
  /** How often a request is retried; 0 means never. Default: 3. */
  retries?: number | undefined
  /**
   * The first retry waits for a random time from 0 to this, in milliseconds. The limit doubles for each further retry.
   * Default: 500.
   */
  minDelayMs?: number | undefined
  /** The highest limit of that random time, in milliseconds. `Retry-After` is waited for in full first. Default: 8,000. */
  maxDelayMs?: number | undefined
  /**
   * The longest `Retry-After` that is waited for, in milliseconds. A longer one fails at once; the error has it as
   * `retryAfterMs`. Default: 60,000.
   */
  maxRetryAfterMs?: number | undefined
}

/** How an adapter talks to its provider. */
export interface HttpOptions {
  /** Another origin, with or without a path. `https`, or `http` on loopback. Default: the provider's own. */
  baseUrl?: string | undefined
  /** Allows a `baseUrl` with plain `http` to another machine. Credentials then cross the network unencrypted. */
  allowInsecureHttp?: boolean | undefined
  /**
   * Sends every request with this function. Cannot be combined with `dispatcher`. Default: undici, or the global `fetch`
   * if it, or the global undici dispatcher, has been replaced.
   */
  fetch?: FetchFunction | undefined
  /**
   * Sends every request through this undici dispatcher, of any version: for proxies, TLS, and more or fewer connections.
   * Default: the library's own agent with at most 50 requests per origin at a time, which uses the proxy from `HTTPS_PROXY`,
   * `HTTP_PROXY` and `NO_PROXY`, except for loopback.
   *
   * MSW, nock and stubs of `fetch` do not see these requests. Omit the option in tests, or pass a `MockAgent`.
   */
  dispatcher?: Dispatcher | undefined
  /** The time limit of one attempt, including the body, in milliseconds. Default: 30,000. */
  timeoutMs?: number | undefined
  /** When and how often a request is retried. */
  retry?: RetryOptions | undefined
  /** The largest response that is read, in bytes, after decompression. Default: 16 MiB. */
  maxResponseBytes?: number | undefined
  /**
   * Additional headers for each request to the provider. The library adds its own product to `user-agent`:
   * `my-app/1.2` becomes `my-app/1.2 participant-conversations/0.1.0`.
   */
  headers?: Readonly<Record<string, string>> | undefined
  /** Functions that are called for each request, for logs and metrics. Default: none. */
  hooks?: HttpHooks | undefined
}

/** The same, checked and with defaults. */
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

const HEADERS = `must be an object of header names and printable ASCII values, without ${RESERVED_HEADERS.join(', ')}`

const header = z.object({
  name: z.string().check(
    z.regex(/^[!#$%&'*+.^_`|~\w-]+$/),
    z.refine((name) => !RESERVED_HEADERS.includes(name.toLowerCase())),
  ),
  value: z.string().check(z.regex(/^[\t\x20-\x7e]*$/)),
})

/** One message for all headers: their names may be as secret as their values. */
const headers = z.pipe(
  notPromise,
  z.custom<Readonly<Record<string, string>>>(
    (given) => {
      if (problemOfOptions(given) !== null) return false
      return Object.entries(Object(given)).every(
        ([name, value]) => z.safeParse(header, { name, value }).success,
      )
    },
    {
      error: ({ input }) => (describeInstance(input) !== null && problemOfOptions(input)) || HEADERS,
    },
  ),
)

const retryShape: ShapeOf<RetryOptions> = {
  retries: z.optional(wholeNumber(0)),
  minDelayMs: z.optional(wholeNumber(0, MAX_TIMER_MS)),
  maxDelayMs: z.optional(wholeNumber(0, MAX_TIMER_MS)),
  maxRetryAfterMs: z.optional(wholeNumber(0, MAX_TIMER_MS)),
}

/** The part of an adapter's options that is the same for all. `baseUrl` is checked further where it is parsed. */
const httpShape: ShapeOf<HttpOptions> = {
  baseUrl: z.optional(text('must be an absolute URL')),
  allowInsecureHttp: z.optional(boolean),
  fetch: z.optional(callback<FetchFunction>()),
  dispatcher: z.optional(objectWith<Dispatcher>('must be an undici dispatcher', 'dispatch')),
  timeoutMs: z.optional(wholeNumber(1, MAX_TIMER_MS)),
  retry: z.optional(optionsSchema(retryShape)),
  maxResponseBytes: z.optional(wholeNumber(1, MAX_TEXT_BYTES)),
  headers: z.optional(headers),
  hooks: z.optional(hooksSchema),
}

export const httpNames: readonly string[] = Object.keys(httpShape)

/** The paths of all options, to suggest one in place of an unknown one. */
export const httpPaths: readonly string[] = [
  ...httpNames,
  ...Object.keys(retryShape).map((name) => `retry.${name}`),
  ...hookNames.map((name) => `hooks.${name}`),
]

/** All HTTP options. Whether `baseUrl` may be plain `http` depends on `allowInsecureHttp`. */
export const httpSchema: Schema<unknown, HttpOptions> = optionsSchema(httpShape).check(
  z.superRefine((options, context) => {
    const { problem } = parseBaseUrl(options.baseUrl ?? 'https://localhost', options)
    if (problem !== undefined) context.addIssue({ code: 'custom', path: ['baseUrl'], message: problem })
    if (options.fetch !== undefined && options.dispatcher !== undefined) {
      const message = 'must not be combined with fetch, which does not use a dispatcher'
      context.addIssue({ code: 'custom', path: ['dispatcher'], message })
    }
  }),
)

/** No options, not even inherited ones. */
const NOTHING: RetryOptions & HttpHooks = /* @__PURE__ */ Object.create(null)

/** Fills in the defaults. Copies what the caller might change later. */
export function httpSettings({
  fetch,
  dispatcher,
  timeoutMs = 30_000,
  retry: { retries = 3, minDelayMs = 500, maxDelayMs = 8_000, maxRetryAfterMs = 60_000 } = NOTHING,
  maxResponseBytes = 16 * 1024 * 1024,
  headers = {},
  hooks = NOTHING,
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

/** Lowercases header names, so that none is sent twice. */
export function lowerCaseNames(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
