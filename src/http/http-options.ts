import * as z from 'zod/mini'
import type { ConversationsError } from '../model/errors.ts'
import type { FetchFunction } from '../model/platform-types.ts'
import { recordOrNull } from '../model/read.ts'
import {
  boolean,
  callback,
  objectWith,
  optionsSchema,
  type ShapeOf,
  text,
  wholeNumber,
} from '../options/schemas.ts'
import type { Schema } from '../options/standard-schema.ts'
import { parseBaseUrl } from './base-url.ts'

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

const HEADERS = `must be an object of header names and printable ASCII values, without ${RESERVED_HEADERS.join(', ')}`

const header = z.object({
  name: z.string().check(
    z.regex(/^[!#$%&'*+.^_`|~\w-]+$/),
    z.refine((name) => !RESERVED_HEADERS.includes(name.toLowerCase())),
  ),
  value: z.string().check(z.regex(/^[\t\x20-\x7e]*$/)),
})

/** One message for all headers: their names may be as secret as their values. */
const headers = z.custom<Readonly<Record<string, string>>>((given) => {
  // Headers and Map have entries that are not properties.
  if (recordOrNull(given) === null || Symbol.iterator in Object(given)) return false
  return Object.entries(Object(given)).every(([name, value]) => z.safeParse(header, { name, value }).success)
}, HEADERS)

const retryShape: ShapeOf<RetryOptions> = {
  retries: z.optional(wholeNumber(0)),
  minDelayMs: z.optional(wholeNumber(0, MAX_TIMER_MS)),
  maxDelayMs: z.optional(wholeNumber(0, MAX_TIMER_MS)),
  maxRetryAfterMs: z.optional(wholeNumber(0, MAX_TIMER_MS)),
}

const hooksShape: ShapeOf<HttpHooks> = {
  onRequest: z.optional(callback<NonNullable<HttpHooks['onRequest']>>()),
  onResponse: z.optional(callback<NonNullable<HttpHooks['onResponse']>>()),
  onRetry: z.optional(callback<NonNullable<HttpHooks['onRetry']>>()),
}

/** The part of an adapter's options that is the same for all. `baseUrl` is checked further where it is parsed. */
export const httpShape: ShapeOf<HttpOptions> = {
  baseUrl: z.optional(text('must be an absolute URL')),
  allowInsecureHttp: z.optional(boolean),
  fetch: z.optional(callback<FetchFunction>()),
  dispatcher: z.optional(objectWith<Dispatcher>('must be an undici dispatcher', 'dispatch')),
  timeoutMs: z.optional(wholeNumber(1, MAX_TIMER_MS)),
  retry: z.optional(optionsSchema(retryShape)),
  maxResponseBytes: z.optional(wholeNumber(1, MAX_TEXT_BYTES)),
  headers: z.optional(headers),
  hooks: z.optional(optionsSchema(hooksShape)),
}

export const httpNames: readonly string[] = Object.keys(httpShape)

/** The paths of all options, to suggest one in place of an unknown one. */
export const httpPaths: readonly string[] = [
  ...httpNames,
  ...Object.keys(retryShape).map((name) => `retry.${name}`),
  ...Object.keys(hooksShape).map((name) => `hooks.${name}`),
]

/** All HTTP options. Whether `baseUrl` may be plain `http` depends on `allowInsecureHttp`. */
export const httpSchema: Schema<unknown, HttpOptions> = optionsSchema(httpShape).check(
  z.superRefine((options, context) => {
    const { problem } = parseBaseUrl(options.baseUrl ?? 'https://localhost', options)
    if (problem !== undefined) context.addIssue({ code: 'custom', path: ['baseUrl'], message: problem })
  }),
)

/** No options, and none that are inherited. */
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

/** One spelling, so that a header of the caller's does not stand beside one of ours. */
function lowerCaseNames(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
