import { HIDDEN, joinPath } from '../http/url.ts'
import type { DefinedConversation } from '../model/complete.ts'
import type { ParticipantForm } from '../model/participant.ts'
import { countOrNull } from '../model/read.ts'
import type { PageRequest } from './api.ts'
import { createApiClient } from './api-client.ts'
import { checkDescription } from './check-description.ts'
import { checkEnvelope, rowsIn } from './check-response.ts'
import { checkPageRequest, checkRowsPath } from './check-returned.ts'
import { rememberPages } from './described-pages.ts'
import type { ProviderDescription, RequestContext } from './description.ts'
import { bareSchema, NO_OPTIONS } from './listing-options.ts'
import { bodyWith } from './paging/body.ts'
import { createPages } from './paging/pages.ts'
import { valueReader } from './paging/typed-reader.ts'
import { participantLookups } from './participant-lookup.ts'
import type { ParticipantLookup, ParticipantRules } from './participant-rules.ts'
import type { ConversationProvider, ListPageRequest } from './provider.ts'
import { createRowReader } from './read-rows.ts'

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
 *   baseUrl: 'https://api.example.com',
 *   http: options,
 *   authorization: bearer(options.accessToken),
 *   participants: { id: true },
 *   statuses: { all: ['active', 'closed'] },
 *   request: ({ lookup }) => ({ path: ['v1', 'contacts', lookup.value, 'conversations'] }),
 *   pageSize: { query: 'limit', max: 100 },
 *   paging: { by: 'token', query: 'after', next: 'after' },
 *   rows: {
 *     in: 'items',
 *     normalize: (raw: { id: string; isOpen: boolean }) => ({ status: raw.isOpen ? 'active' : 'closed' }),
 *   },
 * })
 */
export function defineProvider<
  const N extends string,
  F extends ParticipantForm,
  // biome-ignore lint/suspicious/noExplicitAny: without a schema or an annotation, a row may be anything.
  Raw = any,
  Page = unknown,
  O extends object = Record<string, never>,
>(
  description: ProviderDescription<N, F, Raw, Page, O>,
): ConversationProvider<DefinedConversation<N, Raw>, F, O> {
  const described = checkDescription(description)
  const { name, title = name, scope, statuses, notFound, listOptions, lists, page, rows } = described
  const owner = { name, title }
  const request = createApiClient(described)
  const pages = createPages(owner, described.paging, described.pageSize)
  const publicUrl = withoutSlash(described.baseUrl)
  const readRows = createRowReader(name, rows, owner)
  const readTotal = described.total === undefined ? null : valueReader(described.total)

  /** The request for a page, with what the description adds by itself. */
  const requestFor = (context: RequestContext<F, O>, token: string | null, size: number): PageRequest => {
    const { path, query, body, headers } = checkPageRequest(description.request(context), name)
    const additions = pages.additionsFor(token, size)
    return {
      path,
      query: Object.assign({}, query, ...additions.map((addition) => addition.query)),
      body: bodyWith(body, additions),
      headers,
    }
  }

  const provider: ConversationProvider<DefinedConversation<N, Raw>, F, O> = {
    name,
    scope,
    capabilities: {
      maxPageSize: pages.maxPageSize,
      statusFilter: statuses.filter ?? 'none',
      statuses: statuses.all,
      notFound,
    },
    listOptions: bareSchema(listOptions ?? NO_OPTIONS),
    ...(lists && { lists }),
    ...(pages.identityOf && { pageTokenIdentity: pages.identityOf }),

    lookups(participant) {
      // A form that is there has its rule.
      const found = participantLookups(name, described.participants as ParticipantRules<F>, participant)
      const { lookupKey } = described
      return lookupKey === undefined ? found : found.map((one) => ({ ...one, key: lookupKey(one) }))
    },

    async listPage(asked: ListPageRequest<ParticipantLookup<F>, O>) {
      const { lookup, list, status, options, pageToken, signal, listing } = asked
      const context: RequestContext<F, O> = { lookup, list: list ?? '', status, options }
      const pageSize = pages.sizeFor(pageToken, asked.pageSize)
      const sent = requestFor(context, pageToken, pageSize)
      const purpose = {
        signal,
        listing,
        secrets: [lookup.value, ...pages.secretsIn(pageToken)],
        redacted: () => requestOrHidden(() => requestFor(redact(context), pageToken, pageSize)),
      }
      return request(sent, purpose, ({ body, requestId, status, header }, url) => {
        const whole = checkEnvelope(page, body, owner)
        const list = rowsIn(body, checkRowsPath(rows.in, whole, name), rows.optional, owner)
        const response = {
          page: whole,
          info: { status, header, pageSize, rowCount: list.rows.length },
          token: pageToken,
          endpoints: [url, publicUrl + joinPath(sent.path)],
        }
        const total = readTotal === null ? null : countOrNull(readTotal(response))
        return { ...pages.next(response), total, ...readRows(list, context), requestId }
      })
    },
  }
  return rememberPages(provider, described)
}

function withoutSlash(url: string): string {
  return url.replace(/(?<!\/)\/+$/, '')
}

/** The same for somebody who is not shown: whatever is made of the participant is then made of `***`. */
function redact<C extends { readonly lookup: object }>(context: C): C {
  const { lookup } = context
  const hidden = { value: HIDDEN, ...('prefixed' in lookup && { prefixed: HIDDEN }) }
  return { ...context, lookup: { ...lookup, ...hidden } }
}

/** A description may fail for a participant that is not one. */
function requestOrHidden(make: () => PageRequest): PageRequest {
  try {
    return make()
  } catch {
    return { path: [HIDDEN] }
  }
}
