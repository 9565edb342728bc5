import { createAuthorizer } from '../http/authorization.ts'
import { parseBaseUrl } from '../http/base-url.ts'
import { createJsonClient } from '../http/client.ts'
import { callHook } from '../http/hooks.ts'
import { type HttpOptions, httpNames, httpSchema, httpSettings } from '../http/http-options.ts'
import { type Hidden, joinPath, queryString } from '../http/url.ts'
import type { AnyConversation } from '../model/conversation.ts'
import { ConversationsError, ResponseValidationError, UnsupportedParticipantError } from '../model/errors.ts'
import { lazyId } from '../model/lazy-id.ts'
import type { ParticipantRef } from '../model/participant.ts'
import { describeKind } from '../options/describe-value.ts'
import { type OptionsSource, optionsError, parseOptions } from '../options/parse-options.ts'
import { pathOf, type Schema, validate, valueAt } from '../options/standard-schema.ts'
import { markAsDescribed } from './check-provider.ts'
import type { ProviderDescription } from './description.ts'
import type { ConversationProvider } from './provider.ts'

/**
 * Makes a provider of a description. It has the time limits, retries, transports, hooks, redaction, typed errors and
 * cursors of the built-in ones.
 *
 * @throws ConfigurationError for a wrong description, and for wrong HTTP options
 * @example
 * const provider = defineProvider({
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
 *   read: (page) => ({ items: page.items.map(normalise), nextPageToken: page.after }),
 * })
 */
export function defineProvider<C extends AnyConversation, P extends ParticipantRef, S extends Schema>(
  description: ProviderDescription<C, P, S>,
): ConversationProvider<C, P> {
  const { name, title = name, scope, capabilities, authorization, page } = description
  const { participantKey, pageTokenIdentity } = description
  const source: OptionsSource = { call: `${name}()`, provider: name, secrets: ['headers', 'dispatcher'] }
  const options = parseHttpOptions(description.http, source)
  const baseUrl = checkedUrl('baseUrl', options.baseUrl ?? description.baseUrl, options, source)
  if (authorization.tokenUrl !== undefined) checkedUrl('tokenUrl', authorization.tokenUrl, options, source)

  const http = httpSettings(options)
  const profile = {
    provider: name,
    title,
    requestIdHeaders: description.requestIdHeaders ?? ['x-request-id', 'request-id'],
    readError: description.readError ?? (() => ({})),
    advice: description.advice ?? {},
  }
  const requestJson = createJsonClient(http, profile)
  // The caller's own headers are for the API, and a token may come from elsewhere.
  const authorize = createAuthorizer(authorization, name, createJsonClient({ ...http, headers: {} }, profile))

  return {
    name,
    scope,
    capabilities,
    ...(participantKey && { participantKey }),
    ...(pageTokenIdentity && { pageTokenIdentity }),

    async listPage(request) {
      const { path, query = {}, headers } = description.request(request)
      const endpoint = baseUrl + pathOrRefusal(path, name)
      const { signal, listingId } = request
      const callId = lazyId()
      const redactedUrl = (): string => baseUrl + joinPath(path, true) + queryString(query, true)
      try {
        const { body, requestId } = await authorize(signal, ({ header, secrets }, attemptsBefore) =>
          requestJson({
            url: endpoint + queryString(query),
            redactedUrl,
            headers: { ...headers, authorization: header },
            secrets,
            signal,
            attemptsBefore,
            callId,
            listingId,
          }),
        )
        checkAnswer(page, body, name, title)
        const {
          nextPageToken = null,
          total = null,
          ...content
        } = description.read(body, { endpoint, request })
        return markAsDescribed({ ...content, nextPageToken, requestId, total })
      } catch (error) {
        if (http.hooks.onError && !signal.aborted && error instanceof ConversationsError) {
          await callHook(http.hooks, 'onError', name, () => ({
            provider: name,
            method: 'GET',
            url: redactedUrl(),
            attempt: attemptsOf(error),
            callId: callId(),
            listingId: listingId?.() ?? null,
            error,
          }))
        }
        throw error
      }
    },
  }
}

/** How many attempts an error is about: one, if it does not say. */
function attemptsOf(error: ConversationsError): number {
  const attempts: unknown = Reflect.get(error, 'attempts')
  return typeof attempts === 'number' ? attempts : 1
}

/** The HTTP options among those of an adapter. */
function parseHttpOptions(given: HttpOptions | undefined, source: OptionsSource): HttpOptions {
  const entries = httpNames.map((name) => [name, Reflect.get(given ?? {}, name)])
  return parseOptions(httpSchema, Object.fromEntries(entries), source)
}

function checkedUrl(name: string, value: string, options: HttpOptions, source: OptionsSource): string {
  const { url, problem } = parseBaseUrl(value, options)
  if (problem === undefined) return url
  throw optionsError(source, [{ option: name, message: `${name} ${problem}` }])
}

/** A segment that no path can hold comes from the participant: the others are the adapter's own. */
function pathOrRefusal(path: readonly (string | Hidden)[], provider: string): string {
  try {
    return joinPath(path)
  } catch (cause) {
    const message = `${provider}: participant cannot be looked up: no URL can hold it`
    throw new UnsupportedParticipantError(message, { provider, cause })
  }
}

/** Names the place that is wrong, and what is there; not the value, which may be anybody's data. */
function checkAnswer<Input>(
  schema: Schema<Input>,
  body: unknown,
  provider: string,
  title: string,
): asserts body is Input {
  const [issue] = validate(schema, body).issues ?? []
  if (issue === undefined) return
  const path = pathOf(issue)
  const problem = issue.message.startsWith('is ') ? issue.message : `is ${describeKind(valueAt(body, path))}`
  throw new ResponseValidationError(
    `${title}'s answer is not as documented: ${path.join('.') || 'the body'} ${problem}. Check baseUrl; if it is right, report it to the provider.`,
    { provider },
  )
}
