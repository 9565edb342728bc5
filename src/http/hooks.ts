import * as z from 'zod/mini'
import { ConversationsError } from '../model/errors.ts'
import { withoutPrototype } from '../options/plain-options.ts'
import { anyOptions, callback, optionsSchema, type ShapeOf } from '../options/schemas.ts'

/** What every hook receives. URLs are redacted, and nothing contains a secret. */
export interface RequestInfo {
  /** The provider's name. */
  readonly provider: string
  /** `GET`, or `POST` for an OAuth token and for providers whose search requires it (not Twilio and Bird). */
  readonly method: 'GET' | 'POST'
  /** The URL, with `***` in place of participants and page tokens. */
  readonly url: string
  /** 1 for the first attempt, 2 for the first retry, and so on. */
  readonly attempt: number
  /** The same for every hook call of one request, including its retries: use it to correlate them, or for a span. */
  readonly callId: string
  /** The same for every request of one listing; null outside a listing, and for OAuth tokens, which listings share. */
  readonly listingId: string | null
}

/** What `onResponse` receives. */
export interface ResponseInfo extends RequestInfo {
  /** The HTTP status. */
  readonly status: number
  /** The provider's id of the request, for its support; null if it sent none. */
  readonly requestId: string | null
  /** From the request to the end of the body, in milliseconds. */
  readonly durationMs: number
}

/** What `onRetry` receives. */
export interface RetryInfo extends RequestInfo {
  /** How long the library waits before the next attempt, in milliseconds. */
  readonly delayMs: number
  /** Why the attempt failed. */
  readonly error: ConversationsError
}

/** What `onError` receives. `attempt` is the last attempt that was made. */
export interface ErrorInfo extends RequestInfo {
  /** Why the request failed. Its cursor is null: the listing sets it later. */
  readonly error: ConversationsError
}

/**
 * Functions that are called for each request, for logs and metrics. They are called as methods of the object that contains
 * them. A returned promise is awaited. If a hook throws, the request fails without a retry. Its error becomes the `cause` of the
 * listing's error, which is retryable if the hook's error has `isRetryable: true`, as a rate limiter's may.
 *
 * @example
 * const hooks: HttpHooks = { onError: ({ callId, error }) => log.error({ callId, err: error }, 'request failed') }
 */
export interface HttpHooks {
  /** Before each attempt. */
  onRequest?: ((info: RequestInfo) => unknown) | undefined
  /** After each response, whatever its status. An error response may have arrived without its body. */
  onResponse?: ((info: ResponseInfo) => unknown) | undefined
  /** Before the wait for the next attempt. */
  onRetry?: ((info: RetryInfo) => unknown) | undefined
  /** When a request has failed for good: no retry follows. Not called for an abort by the caller. */
  onError?: ((info: ErrorInfo) => unknown) | undefined
}

const hooksShape: ShapeOf<HttpHooks> = {
  onRequest: z.optional(callback<NonNullable<HttpHooks['onRequest']>>()),
  onResponse: z.optional(callback<NonNullable<HttpHooks['onResponse']>>()),
  onRetry: z.optional(callback<NonNullable<HttpHooks['onRetry']>>()),
  onError: z.optional(callback<NonNullable<HttpHooks['onError']>>()),
}

export const hookNames: readonly string[] = Object.keys(hooksShape)

/** Hooks, bound to the object that holds them. */
export const hooksSchema: z.ZodMiniType<HttpHooks, unknown> = z.pipe(
  z.pipe(anyOptions, z.transform(boundHooks)),
  optionsSchema(hooksShape),
)

/**
 * Hooks are methods of the object that the caller passed. A class instance may have other fields; in a plain object
 * they are misspelled hooks.
 */
function boundHooks(given: object): unknown {
  const copy: Record<string, unknown> = withoutPrototype(Object(given))
  for (const name of hookNames) {
    const hook = copy[name]
    if (typeof hook === 'function') copy[name] = hook.bind(given)
  }
  return isInstance(given) ? Object.fromEntries(hookNames.map((name) => [name, copy[name]])) : copy
}

/** Whether an object has a class between itself and the `Object.prototype` of this or another realm. */
function isInstance(value: unknown): boolean {
  const prototype = Object.getPrototypeOf(value)
  return prototype !== null && Object.getPrototypeOf(prototype) !== null
}

type HookInfo<Name extends keyof HttpHooks> = Parameters<NonNullable<HttpHooks[Name]>>[0]

/** Runs a hook if it is set. The information is collected only then. */
export async function callHook<Name extends keyof HttpHooks>(
  hooks: HttpHooks,
  name: Name,
  provider: string,
  collect: () => HookInfo<Name>,
): Promise<void> {
  // The compiler cannot see that a hook and its information belong together by name.
  const hook = hooks[name] as ((info: HookInfo<Name>) => unknown) | undefined
  if (hook === undefined) return
  const info = collect()
  try {
    await hook(info)
  } catch (cause) {
    // Otherwise the error that the hook received would be lost.
    const before = 'error' in info ? `, after: ${info.error.message}` : ''
    throw new ConversationsError(`hooks.${name} threw an error (see cause)${before}`, { provider, cause })
  }
}
