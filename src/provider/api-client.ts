import type { ErrorBody } from '../http/api-profile.ts'
import { type Authorization, createAuthorizer } from '../http/authorization.ts'
import { parseBaseUrl } from '../http/base-url.ts'
import { type Call, createCall } from '../http/call.ts'
import { createJsonClient, type JsonResponse } from '../http/client.ts'
import { tokenProfile } from '../http/client-credentials.ts'
import { callHook } from '../http/hooks.ts'
import {
  type HttpOptions,
  httpNames,
  httpSchema,
  httpSettings,
  lowerCaseNames,
} from '../http/http-options.ts'
import type { ResponseHead } from '../http/transport/transport.ts'
import { HIDDEN, joinPath, type QueryValue, queryString } from '../http/url.ts'
import { asConversationsError } from '../model/error-cursor.ts'
import { UnsupportedParticipantError } from '../model/errors.ts'
import type { Signal } from '../model/platform-types.ts'
import { type OptionsSource, optionsError, parseOptions } from '../options/parse-options.ts'
import { problemOfOptions, withoutPrototype } from '../options/plain-options.ts'
import type { PageRequest } from './description.ts'
import type { ListingInfo } from './provider.ts'

/** An API: where it is, how requests authenticate, and how it reports errors. Each property is one of a description. */
export interface ApiDescription {
  /** The adapter's name, for errors and hooks. */
  readonly name: string
  /** The provider's name in sentences. Default: `name`. */
  readonly title?: string | undefined
  /** The URL of the API, without the path of a request. The HTTP option `baseUrl` replaces it. */
  readonly baseUrl: string
  /** The adapter's options that `baseUrl` is made of, for error messages. Default: none. */
  readonly hostOptions?: readonly string[] | undefined
  /** The HTTP options, as the user passed them. Other properties are ignored. */
  readonly http?: HttpOptions | undefined
  /** What authenticates the requests. */
  readonly authorization: Authorization
  /** Reads the body of an error, parsed from JSON; null if it is not JSON. Default: nothing is read. */
  readonly readError?: ((body: unknown, response: ResponseHead) => ErrorBody) | undefined
  /**
   * The status of an error that the API sends with the status of a success, such as `{ "ok": false }`; null for a success.
   * Default: there are none.
   */
  readonly errorStatus?: ((body: unknown, response: ResponseHead) => number | null) | undefined
  /** What to do about an error, as a sentence, by the provider's own code or by HTTP status. */
  readonly advice?: Readonly<Record<string | number, string>> | undefined
  /** The response headers that may hold the request id, in order of preference. Default: `x-request-id` and `request-id`. */
  readonly requestIdHeaders?: readonly string[] | undefined
}

/** What a request is made for. */
export interface RequestPurpose {
  /** Aborts the request and its retries. */
  readonly signal: Signal
  /** The listing that the page belongs to. */
  readonly listing?: ListingInfo | undefined
  /** What must not be shown, besides the credentials and what `hidden()` marks: values in a body. Default: nothing. */
  readonly secrets?: readonly string[] | undefined
  /** The same request without what must not be shown. Default: the request with `***` for what `hidden()` marks. */
  readonly redacted?: (() => PageRequest) | undefined
}

/**
 * Sends a request for JSON, with the time limits, retries, transports, hooks, redaction and typed errors of the built-in
 * providers, and returns what `read` makes of the response. An error in `read` counts as one of the request.
 */
export type ApiClient = <T>(
  request: PageRequest,
  purpose: RequestPurpose,
  /** Receives the URL that was requested, too, without its query. */
  read: (response: JsonResponse, url: string) => T,
) => Promise<T>

/**
 * Creates a client for an API, for a provider that is written by hand. `defineProvider()` uses it too.
 *
 * @throws ConfigurationError for invalid HTTP options, including `baseUrl`, and for an invalid `tokenUrl` or invalid
 * credentials
 * @example
 * const request = createApiClient({
 *   name: 'example',
 *   baseUrl: 'https://api.example.com',
 *   authorization: bearer('an-access-token'),
 * })
 */
export function createApiClient(api: ApiDescription): ApiClient {
  const { name, title = name, authorization } = api
  const { hooks, baseUrl, http } = checkApi(api)
  const profile = {
    provider: name,
    title,
    requestIdHeaders: api.requestIdHeaders ?? ['x-request-id', 'request-id'],
    hostOptions: ['baseUrl', ...(api.hostOptions ?? [])],
    readError: api.readError ?? (() => ({})),
    errorStatus: api.errorStatus,
    advice: api.advice ?? {},
  }
  const requestJson = createJsonClient(http, profile)
  // Custom headers are for the API, and a token may come from another server.
  const requestToken = createJsonClient(
    { ...http, headers: {} },
    authorization.tokenUrl === undefined ? profile : tokenProfile(profile),
  )
  const authorize = createAuthorizer(authorization, name, requestToken)

  return async (request, { signal, listing, secrets = [], redacted }, read) => {
    const { path, query = {}, body, headers = {} } = request
    const method = body === undefined ? 'GET' : 'POST'
    const url = baseUrl + pathOrRefusal(path, name)
    const hiddenKey = Object.fromEntries([authorization.place.query ?? []].flat().map((key) => [key, HIDDEN]))
    const redactedUrl = (): string => {
      const shown = redacted?.() ?? request
      return baseUrl + joinPath(shown.path, true) + queryString({ ...shown.query, ...hiddenKey }, true)
    }
    const call = createCall(listing)
    try {
      const response = await authorize(signal, call, (credentials) =>
        requestJson({
          method,
          url: url + queryString({ ...query, ...credentials.query }),
          redactedUrl,
          headers: {
            ...(body && { 'content-type': 'application/json' }),
            ...lowerCaseNames(headers),
            ...credentials.headers,
          },
          body: body && JSON.stringify(body),
          secrets: [
            ...credentials.secrets,
            ...secrets,
            ...hiddenIn([...path, ...Object.values(query)]),
            ...Object.values(headers),
          ],
          signal,
          call,
        }),
      )
      return read(response, url)
    } catch (cause) {
      if (signal.aborted) throw cause
      const error = asConversationsError(cause, name)
      await callHook(hooks, 'onError', name, () => ({
        ...lastAttempt(call, name, method, redactedUrl),
        error,
      }))
      throw error
    }
  }
}

/** The request that failed may have been one for a token, which belongs to no listing. */
function lastAttempt(call: Call, provider: string, method: 'GET' | 'POST', redactedUrl: () => string) {
  const listingId = call.listingId()
  const info = { provider, method, url: redactedUrl(), attempt: 1, callId: call.id() }
  return { ...(call.lastAttempt?.() ?? info), listingId }
}

/** The values that `hidden()` marks. */
function hiddenIn(values: readonly QueryValue[]): string[] {
  return values.flat().flatMap((value) => (typeof value === 'object' && value !== null ? value.hidden : []))
}

interface CheckedApi {
  readonly baseUrl: string
  readonly http: ReturnType<typeof httpSettings>
  readonly hooks: ReturnType<typeof httpSettings>['hooks']
}

function checkApi({ name, baseUrl, http: given, authorization }: ApiDescription): CheckedApi {
  const source: OptionsSource = { call: `${name}()`, provider: name, secrets: ['headers', 'dispatcher'] }
  const options = parseHttpOptions(given, source)
  const { credentials, option = 'accessToken', tokenUrl } = authorization
  const checkedBaseUrl = checkedUrl('baseUrl', options.baseUrl ?? baseUrl, options, source)
  if (tokenUrl !== undefined) checkedUrl('tokenUrl', tokenUrl, options, source)
  if (typeof credentials === 'string' && !/^[!-~]+( +[!-~]+)*$/.test(credentials)) {
    const message = `${option} must be visible ASCII characters, with spaces only between them`
    throw optionsError(source, [{ option, message }])
  }
  const http = httpSettings(options)
  return { baseUrl: checkedBaseUrl, http, hooks: http.hooks }
}

/** The HTTP options among those of an adapter. */
function parseHttpOptions(given: HttpOptions = {}, source: OptionsSource): HttpOptions {
  if (problemOfOptions(given) !== null) return parseOptions(httpSchema, given, source)
  const all: Readonly<Record<string, unknown>> = Object(withoutPrototype(given))
  return parseOptions(httpSchema, Object.fromEntries(httpNames.map((name) => [name, all[name]])), source)
}

function checkedUrl(name: string, value: string, options: HttpOptions, source: OptionsSource): string {
  const { url, problem } = parseBaseUrl(value, options)
  if (problem === undefined) return url
  throw optionsError(source, [{ option: name, message: `${name} ${problem}` }])
}

/** An invalid path segment comes from the participant, since all others are the adapter's. */
function pathOrRefusal(path: PageRequest['path'], provider: string): string {
  try {
    return joinPath(path)
  } catch (cause) {
    const message = `${provider}: participant cannot be looked up, because it cannot be part of a URL`
    throw new UnsupportedParticipantError(message, { provider, cause })
  }
}
