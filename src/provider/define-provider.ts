import { createAuthorizer } from '../http/authorization.ts'
import { parseBaseUrl } from '../http/base-url.ts'
import { createJsonClient, failedRequestOf, type JsonResponse } from '../http/client.ts'
import { tokenProfile } from '../http/client-credentials.ts'
import { callHook, type RequestInfo } from '../http/hooks.ts'
import {
  type HttpOptions,
  httpNames,
  httpSchema,
  httpSettings,
  lowerCaseNames,
} from '../http/http-options.ts'
import { type Hidden, joinPath, queryString } from '../http/url.ts'
import type { AnyConversation } from '../model/conversation.ts'
import { asConversationsError } from '../model/error-cursor.ts'
import { UnsupportedParticipantError } from '../model/errors.ts'
import { lazyId } from '../model/lazy-id.ts'
import type { ParticipantRef } from '../model/participant.ts'
import { recordOrNull } from '../model/read.ts'
import { ownProperties } from '../options/own-properties.ts'
import { type OptionsSource, optionsError, parseOptions } from '../options/parse-options.ts'
import type { Schema } from '../options/standard-schema.ts'
import { checkAnswer } from './check-answer.ts'
import { markAsDescribed } from './check-provider.ts'
import type { PageRequest, ProviderDescription } from './description.ts'
import type { ConversationProvider } from './provider.ts'

/**
 * Creates a provider from a description. It has the time limits, retries, transports, hooks, redaction, typed errors and
 * cursors of the built-in providers.
 *
 * @throws ConfigurationError for invalid HTTP options, including `baseUrl`, and for an invalid `tokenUrl` or invalid
 * credentials
 * @example
 * const provider: ConversationProvider<AnyConversation, IdRef> = defineProvider({
 *   name: 'example',
 *   scope: projectId,
 *   capabilities: { maxPageSize: 100, statusFilter: 'none', statuses: ['active', 'closed'] },
 *   baseUrl: 'https://api.example.com',
 *   http: options,
 *   authorization: bearer(options.accessToken),
 *   request: ({ participant, pageSize, pageToken }) => ({
 *     path: ['v1', 'contacts', hidden(participant.id), 'conversations'],
 *     query: { limit: pageSize, after: hidden(pageToken) },
 *   }),
 *   page: z.object({ items: z.array(z.object({ id: z.string() })), after: z.nullish(z.string()) }),
 *   read: (page) => ({ items: page.items.map(normalize), nextPageToken: page.after }),
 * })
 */
export function defineProvider<C extends AnyConversation, P extends ParticipantRef, S extends Schema>(
  description: ProviderDescription<C, P, S>,
): ConversationProvider<C, P> {
  const own = ownProperties(description)
  const {
    name,
    title = name,
    scope,
    capabilities,
    authorization,
    page,
    participantKey,
    pageTokenIdentity,
  } = own
  const source: OptionsSource = { call: `${name}()`, provider: name, secrets: ['headers', 'dispatcher'] }
  const options = parseHttpOptions(own.http, source)
  const baseUrl = checkedUrl('baseUrl', options.baseUrl ?? own.baseUrl, options, source)
  const { credentials, option = 'accessToken', tokenUrl } = authorization
  if (tokenUrl !== undefined) checkedUrl('tokenUrl', tokenUrl, options, source)
  if (typeof credentials === 'string' && !/^[!-~]+( +[!-~]+)*$/.test(credentials)) {
    const message = `${option} must be visible ASCII characters, with spaces only between them`
    throw optionsError(source, [{ option, message }])
  }

  const http = httpSettings(options)
  const profile = {
    provider: name,
    title,
    requestIdHeaders: own.requestIdHeaders ?? ['x-request-id', 'request-id'],
    readError: own.readError ?? (() => ({})),
    advice: own.advice ?? {},
  }
  const requestJson = createJsonClient(http, profile)
  // Custom headers are for the API, and a token may come from another server.
  const requestToken = createJsonClient(
    { ...http, headers: {} },
    tokenUrl === undefined ? profile : tokenProfile(profile),
  )
  const authorize = createAuthorizer(authorization, name, requestToken)

  return {
    name,
    scope,
    capabilities,
    ...(participantKey && { participantKey }),
    ...(pageTokenIdentity && { pageTokenIdentity }),

    async listPage(request) {
      // Without Object.prototype, at a tenth of the cost of ownProperties().
      const sent: PageRequest = Object.assign(Object.create(null), description.request(request))
      const { path, query = {}, headers } = sent
      const endpoint = baseUrl + pathOrRefusal(path, name)
      const { signal, listingId } = request
      const callId = lazyId()
      let response: JsonResponse | undefined
      const redactedUrl = (): string => baseUrl + joinPath(path, true) + queryString(query, true)
      try {
        response = await authorize(signal, ({ header, secrets }, attemptsBefore) =>
          requestJson({
            url: endpoint + queryString(query),
            redactedUrl,
            headers: { ...(headers && lowerCaseNames(headers)), authorization: header },
            secrets,
            signal,
            attemptsBefore,
            callId,
            listingId,
          }),
        )
        const { answer, invalidConversations } = checkAnswer(page, response.body, name, title)
        const {
          items,
          nextPageToken = null,
          nextPageError,
          total = null,
          endsSource,
        } = description.read(answer, { endpoint, request, invalidCount: invalidConversations.length })
        return markAsDescribed({
          items,
          nextPageToken,
          nextPageError,
          invalidConversations,
          requestId: response.requestId,
          total,
          endsSource,
        })
      } catch (cause) {
        if (signal.aborted) throw cause
        const error = asConversationsError(cause, name)
        const own = (): RequestInfo => ({
          provider: name,
          method: 'GET',
          url: redactedUrl(),
          attempt: response?.attempts ?? 1,
          callId: callId(),
          listingId: null,
        })
        // The request that failed may have been one for a token, which belongs to no listing.
        await callHook(http.hooks, 'onError', name, () => ({
          ...(failedRequestOf(error) ?? own()),
          listingId: listingId?.() ?? null,
          error,
        }))
        throw error
      }
    },
  }
}

/** The HTTP options among those of an adapter. */
function parseHttpOptions(given: HttpOptions = {}, source: OptionsSource): HttpOptions {
  const own: Readonly<Record<string, unknown>> = Object(ownProperties(given))
  const http = Object.fromEntries(httpNames.map((name) => [name, own[name]]))
  return parseOptions(httpSchema, recordOrNull(given) === null ? given : http, source)
}

function checkedUrl(name: string, value: string, options: HttpOptions, source: OptionsSource): string {
  const { url, problem } = parseBaseUrl(value, options)
  if (problem === undefined) return url
  throw optionsError(source, [{ option: name, message: `${name} ${problem}` }])
}

/** An invalid path segment comes from the participant, since all others are the adapter's. */
function pathOrRefusal(path: readonly (string | Hidden)[], provider: string): string {
  try {
    return joinPath(path)
  } catch (cause) {
    const message = `${provider}: participant cannot be looked up, because it cannot be part of a URL`
    throw new UnsupportedParticipantError(message, { provider, cause })
  }
}
