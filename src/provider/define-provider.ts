import { createAuthorizer } from '../http/authorization.ts'
import { parseBaseUrl } from '../http/base-url.ts'
import { createCall } from '../http/call.ts'
import { createJsonClient } from '../http/client.ts'
import { tokenProfile } from '../http/client-credentials.ts'
import { callHook } from '../http/hooks.ts'
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
import type { ParticipantForm } from '../model/participant.ts'
import { type OptionsSource, optionsError, parseOptions } from '../options/parse-options.ts'
import { problemOfOptions, withoutPrototype } from '../options/plain-options.ts'
import { optionsSchema } from '../options/schemas.ts'
import type { Schema } from '../options/standard-schema.ts'
import { propertiesOf } from './adapter-options.ts'
import {
  checkDescription,
  checkNormalized,
  checkPageContent,
  checkPageRequest,
  checkRowsPath,
} from './check-description.ts'
import { checkEnvelope, readRows, rowsIn } from './check-response.ts'
import type { ProviderDescription } from './description.ts'
import { checkLookups } from './lookups.ts'
import { type ParticipantLookup, participantLookups } from './participant-lookup.ts'
import type { ConversationProvider, ListPageRequest, Lookup } from './provider.ts'

/**
 * Creates a provider from a description. It has the time limits, retries, transports, hooks, redaction, typed errors and
 * cursors of the built-in providers.
 *
 * @throws ConfigurationError for an invalid description, for invalid HTTP options, including `baseUrl`, and for an invalid
 * `tokenUrl` or invalid credentials
 * @example
 * const provider = defineProvider({
 *   name: 'example',
 *   scope: projectId,
 *   capabilities: { maxPageSize: 100, statusFilter: 'none', statuses: ['active', 'closed'] },
 *   baseUrl: 'https://api.example.com',
 *   http: options,
 *   authorization: bearer(options.accessToken),
 *   participants: { id: true },
 *   request: ({ lookup, pageSize, pageToken }) => ({
 *     path: ['v1', 'contacts', hidden(lookup.value), 'conversations'],
 *     query: { limit: pageSize, after: hidden(pageToken) },
 *   }),
 *   page: z.object({ after: z.nullish(z.string()) }),
 *   rows: { in: 'items', schema: z.object({ id: z.string() }), normalize },
 *   read: (page) => ({ nextPageToken: page.after }),
 * })
 */
export function defineProvider<
  C extends AnyConversation,
  F extends ParticipantForm,
  S extends Schema,
  R extends Schema,
  L extends Lookup = ParticipantLookup<F>,
  O extends object = Record<string, never>,
>(description: ProviderDescription<C, F, L, O, S, R>): ConversationProvider<C, F, O> {
  const described = checkDescription(description)
  const { name, title = name, scope, capabilities, authorization, participants, page, rows } = described
  const { listOptions, lists, pageTokenIdentity } = described
  const source: OptionsSource = { call: `${name}()`, provider: name, secrets: ['headers', 'dispatcher'] }
  const options = parseHttpOptions(described.http, source)
  const baseUrl = checkedUrl('baseUrl', options.baseUrl ?? described.baseUrl, options, source)
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
    requestIdHeaders: described.requestIdHeaders ?? ['x-request-id', 'request-id'],
    hostOptions: ['baseUrl', ...(described.hostOptions ?? [])],
    readError: described.readError ?? (() => ({})),
    advice: described.advice ?? {},
  }
  const requestJson = createJsonClient(http, profile)
  // Custom headers are for the API, and a token may come from another server.
  const requestToken = createJsonClient(
    { ...http, headers: {} },
    tokenUrl === undefined ? profile : tokenProfile(profile),
  )
  const authorize = createAuthorizer(authorization, name, requestToken)
  const owner = { name, title }

  return {
    name,
    scope,
    capabilities,
    listOptions: bareSchema(listOptions ?? NO_OPTIONS),
    ...(lists && { lists }),
    ...(pageTokenIdentity && { pageTokenIdentity }),

    lookups(participant) {
      const found = participantLookups(name, participants, participant)
      const { lookups } = described
      return lookups === undefined ? found : found.flatMap((one) => checkLookups(lookups(one), name))
    },

    async listPage(request: ListPageRequest<L, O>) {
      const { path, query = {}, headers } = checkPageRequest(description.request(request), name)
      const endpoint = baseUrl + pathOrRefusal(path, name)
      const redactedUrl = (): string => baseUrl + joinPath(path, true) + queryString(query, true)
      const { signal } = request
      const call = createCall(request.listing)
      try {
        const { body, requestId } = await authorize(signal, call, ({ header, secrets }) =>
          requestJson({
            url: endpoint + queryString(query),
            redactedUrl,
            headers: { ...(headers && lowerCaseNames(headers)), authorization: header },
            secrets,
            signal,
            call,
          }),
        )
        const sent = checkEnvelope(page, body, owner)
        const listPath = typeof rows.in === 'string' ? rows.in : checkRowsPath(rows.in(sent), name)
        const list = rowsIn(body, listPath, rows.optional === true, owner)
        const rowCount = list.rows.length
        const content = checkPageContent(description.read(sent, { endpoint, request, rowCount }), name)
        const read = readRows(list, rows.schema, (raw) => rows.normalize(raw, request), owner)
        checkNormalized(read.items, name)
        return { ...content, ...read, requestId }
      } catch (cause) {
        if (signal.aborted) throw cause
        const error = asConversationsError(cause, name)
        // The request that failed may have been one for a token, which belongs to no listing.
        await callHook(http.hooks, 'onError', name, () => ({
          ...(call.lastAttempt?.() ?? {
            provider: name,
            method: 'GET',
            url: redactedUrl(),
            attempt: 1,
            callId: call.id(),
          }),
          listingId: call.listingId(),
          error,
        }))
        throw error
      }
    },
  }
}

/** The listing options of an adapter that has none. */
const NO_OPTIONS: Schema<unknown, never> = optionsSchema<never>({} as never)

/**
 * How a schema checks, and the names of its properties, without its insides: providers are logged and inspected, which
 * some schemas do not survive.
 */
function bareSchema<O>(schema: Schema<unknown, O>): Schema<unknown, O> & { readonly shape: object } {
  const { version, vendor, validate } = schema['~standard']
  const names = propertiesOf(schema)
  return {
    '~standard': { version, vendor, validate: (value) => validate(value) },
    shape: Object.fromEntries(names.map((name) => [name, {}])),
  }
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
function pathOrRefusal(path: readonly (string | Hidden)[], provider: string): string {
  try {
    return joinPath(path)
  } catch (cause) {
    const message = `${provider}: participant cannot be looked up, because it cannot be part of a URL`
    throw new UnsupportedParticipantError(message, { provider, cause })
  }
}
