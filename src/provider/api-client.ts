import { createAuthorizer } from '../http/authorization.ts'
import { type Call, createCall } from '../http/call.ts'
import { createJsonClient, type JsonResponse } from '../http/client.ts'
import { tokenProfile } from '../http/client-credentials.ts'
import { callHook, type RequestInfo } from '../http/hooks.ts'
import { lowerCaseNames } from '../http/http-options.ts'
import { HIDDEN, joinPath, type QueryValue, queryString } from '../http/url.ts'
import { asConversationsError } from '../model/error-cursor.ts'
import { UnsupportedParticipantError } from '../model/errors.ts'
import { lazy } from '../model/lazy.ts'
import type { Signal } from '../model/platform-types.ts'
import type { ApiDescription, PageRequest } from './api.ts'
import { checkApi } from './check-api.ts'
import type { ListingInfo } from './provider.ts'

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
  const { baseUrl, http } = checkApi(api)
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
  const keyParameter = authorization.place.query
  const hiddenKey = keyParameter === undefined ? {} : { [keyParameter]: HIDDEN }

  return async (request, { signal, listing, secrets = [], redacted }, read) => {
    const { path, query = {}, body, headers = {} } = request
    const method = body === undefined ? 'GET' : 'POST'
    const url = baseUrl + pathOrRefusal(path, name)
    const redactedUrl = lazy(() => {
      const shown = redacted?.() ?? request
      return baseUrl + joinPath(shown.path, true) + queryString({ ...shown.query, ...hiddenKey }, true)
    })
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
      await callHook(http.hooks, 'onError', name, () => ({
        ...lastAttempt(call, name, method, redactedUrl),
        error,
      }))
      throw error
    }
  }
}

/** Describes the request that failed. It may have been one for a token, which belongs to no listing. */
function lastAttempt(
  call: Call,
  provider: string,
  method: RequestInfo['method'],
  redactedUrl: () => string,
): RequestInfo {
  const listingId = call.listingId()
  const last = call.lastAttempt?.()
  if (last !== undefined) return { ...last, listingId }
  return { provider, method, url: redactedUrl(), attempt: 1, callId: call.id(), listingId }
}

/** The values that `hidden()` marks. */
function hiddenIn(values: readonly QueryValue[]): string[] {
  return values.flat().flatMap((value) => (typeof value === 'object' && value !== null ? value.hidden : []))
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
