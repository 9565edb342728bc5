import type { ResponseHead } from './transport/transport.ts'

/** What an error body says, as the adapter reads it. A value of another type than said here is ignored. */
export interface ErrorBody {
  /** The provider's own code for the error: a string or a number. */
  readonly code?: unknown
  /** What went wrong, in the provider's words: a string. */
  readonly message?: unknown
  /** Whatever else the provider says about the error. */
  readonly details?: unknown
  /** The provider's id of the request: a string. Default: that of the response's headers. */
  readonly requestId?: unknown
  /** How long to wait before the next attempt: a number of milliseconds. Default: what `Retry-After` says. */
  readonly retryAfterMs?: unknown
}

/** How one provider's API differs from others, for the HTTP layer. */
export interface ApiProfile {
  /** The adapter's name, for errors and hooks. */
  readonly provider: string
  /** The provider's name, for sentences. */
  readonly title: string
  /** The response headers that may hold the request id, in order of preference. */
  readonly requestIdHeaders: readonly string[]
  /** The options that decide which host is requested. */
  readonly hostOptions: readonly string[]
  readonly readError: (body: unknown, response: ResponseHead) => ErrorBody
  /** The status of an error that arrives with the status of a success; null for a success. */
  readonly errorStatus?: ((body: unknown, response: ResponseHead) => number | null) | undefined
  /** What to do about an error, by the provider's code or by HTTP status. */
  readonly advice: Readonly<Record<string | number, string>>
}
