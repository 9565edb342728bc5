import type { ErrorBody } from '../http/api-profile.ts'
import type { Authorization } from '../http/authorization.ts'
import type { HttpOptions } from '../http/http-options.ts'
import type { ResponseHead } from '../http/transport/transport.ts'
import type { Hidden, QueryValue } from '../http/url.ts'

/** An API: where it is, how requests authenticate, and how it reports errors. */
export interface ApiDescription {
  /** The adapter's name, for errors and hooks. */
  readonly name: string
  /** The provider's name in sentences. Default: `name`. */
  readonly title?: string | undefined
  /** The URL of the API, without the path of a request. The HTTP option `baseUrl` replaces it. */
  readonly baseUrl: string
  /**
   * The adapter's options that `baseUrl` is made of, such as a region. If the host cannot be reached, the error says to check
   * them, besides the HTTP option `baseUrl`. Default: none.
   */
  readonly hostOptions?: readonly string[] | undefined
  /** The HTTP options, as the user passed them. Other properties are ignored, such as the adapter's own options. */
  readonly http?: HttpOptions | undefined
  /** What authenticates the requests: `basic()`, `bearer()`, `apiKey()`, `clientCredentials()` or `none()`. */
  readonly authorization: Authorization
  /**
   * Returns what the body of an error response says. `body` is parsed from JSON, and null if it is not JSON. Default: nothing
   * is read.
   */
  readonly readError?: ((body: unknown, response: ResponseHead) => ErrorBody) | undefined
  /**
   * Returns the status of an error that the API sends with a success status, such as `{ "ok": false }`; null for a success.
   * Default: every response with a success status is a success.
   */
  readonly errorStatus?: ((body: unknown, response: ResponseHead) => number | null) | undefined
  /** What to do about an error, as a sentence, by the provider's own code or by HTTP status. */
  readonly advice?: Readonly<Record<string | number, string>> | undefined
  /** The response headers that may hold the request id, in order of preference. Default: `x-request-id` and `request-id`. */
  readonly requestIdHeaders?: readonly string[] | undefined
}

/** A request. It is a `GET`, or a `POST` of JSON if it has a body. Both are retried. */
export interface PageRequest {
  /** The segments of the path. They are encoded; `.`, `..` and '' are refused. */
  readonly path: readonly (string | number | Hidden)[]
  /** The query parameters. They are encoded; an array repeats one, and those that are null or undefined are omitted. */
  readonly query?: Readonly<Record<string, QueryValue>> | undefined
  /** Sent as JSON. */
  readonly body?: object | undefined
  /** Headers of this API, such as a version. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}
