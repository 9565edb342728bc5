/** What an error body says, as the adapter reads it. */
export interface ErrorBody {
  /** The provider's own code for the error. */
  readonly code?: string | number | null | undefined
  /** What went wrong, in the provider's words. */
  readonly message?: string | null | undefined
  /** Whatever else the provider says about the error. */
  readonly details?: unknown
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
  readonly readError: (body: unknown) => ErrorBody
  /** What to do about an error, by the provider's code or by HTTP status. */
  readonly advice: Readonly<Record<string | number, string>>
}
