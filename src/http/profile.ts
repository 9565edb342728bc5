/** What a provider's error body says, as its adapter reads it. */
export interface ErrorBody {
  readonly code: string | number | null
  readonly message: string | null
  readonly details: unknown
}

/** What differs between the providers' HTTP. */
export interface HttpProfile {
  /** The adapter's name, for errors and hooks. */
  readonly provider: string
  /** The provider's name, for sentences. */
  readonly title: string
  /** Response headers that may hold the id of a request, the best first. */
  readonly requestIdHeaders: readonly string[]
  readErrorBody(body: unknown): ErrorBody
  /** What to do about an error, by its code or its status: 401 and 404, and whatever more is known of. */
  readonly advice: ReadonlyMap<unknown, string>
}
