import { createAuthorizer } from '../http/authorization.ts'
import { parseBaseUrl } from '../http/base-url.ts'
import { createJsonClient } from '../http/client.ts'
import { type HttpOptions, httpNames, httpSchema, httpSettings } from '../http/http-options.ts'
import { type Hidden, joinPath, queryString } from '../http/url.ts'
import type { AnyConversation } from '../model/conversation.ts'
import { ResponseValidationError, UnsupportedParticipantError } from '../model/errors.ts'
import type { ParticipantRef } from '../model/participant.ts'
import { recordOrNull } from '../model/read.ts'
import { describeKind } from '../options/describe-value.ts'
import { ownProperties } from '../options/own-properties.ts'
import { type OptionsSource, optionsError, parseOptions } from '../options/parse-options.ts'
import { pathOf, type Schema, validate, valueAt } from '../options/standard-schema.ts'
import { markAsDescribed } from './check-provider.ts'
import type { ProviderDescription } from './description.ts'
import type { ConversationProvider } from './provider.ts'

/**
 * Makes a provider from a description. It has the time limits, retries, transports, hooks, redaction, typed errors and
 * cursors of the built-in providers.
 *
 * @throws ConfigurationError for wrong HTTP options, a wrong `baseUrl` and a wrong `tokenUrl`
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
  if (authorization.tokenUrl !== undefined) checkedUrl('tokenUrl', authorization.tokenUrl, options, source)

  const http = httpSettings(options)
  const profile = {
    provider: name,
    title,
    requestIdHeaders: own.requestIdHeaders ?? ['x-request-id', 'request-id'],
    readError: own.readError ?? (() => ({})),
    advice: own.advice ?? {},
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
      const { path, query = {}, headers } = ownProperties(description.request(request))
      const endpoint = baseUrl + pathOrRefusal(path, name)
      const { body, requestId } = await authorize(request.signal, ({ header, secrets }, attemptsBefore) =>
        requestJson({
          url: endpoint + queryString(query),
          redactedUrl: () => baseUrl + joinPath(path, true) + queryString(query, true),
          headers: { ...headers, authorization: header },
          secrets,
          signal: request.signal,
          attemptsBefore,
        }),
      )
      checkAnswer(page, body, name, title)
      const { nextPageToken = null, total = null, ...content } = description.read(body, { endpoint, request })
      return markAsDescribed({ ...content, nextPageToken, requestId, total })
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

/** A segment that a path cannot hold comes from the participant: all others are the adapter's. */
function pathOrRefusal(path: readonly (string | Hidden)[], provider: string): string {
  try {
    return joinPath(path)
  } catch (cause) {
    const message = `${provider}: participant cannot be looked up, because no URL can hold it`
    throw new UnsupportedParticipantError(message, { provider, cause })
  }
}

/** The error names the wrong place and the kind of value there; not the value, which may be personal data. */
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
    `${title}'s answer is not as documented: ${path.join('.') || 'the body'} ${problem}. Check baseUrl; if it is right, report this to the provider.`,
    { provider },
  )
}
