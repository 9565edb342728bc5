import type { AnyConversation, ConversationStatus } from '../model/conversation.ts'
import { asConversationsError } from '../model/error-cursor.ts'
import { type ConversationsError, InvalidCursorError } from '../model/errors.ts'
import type { ParticipantRef } from '../model/participant.ts'
import { checkPage, markAsDescribed } from './check-provider.ts'
import { type CombineOptions, parseCombineOptions, type Source } from './combine-options.ts'
import type { CheckedSources, CombinedProvider, CombineSource } from './combine-types.ts'
import { participantKeysOf } from './participants.ts'
import type { ConversationProvider, ListPageRequest, ListPageResult } from './provider.ts'
import { joinSourceToken, type SourcePage, splitSourceToken } from './source-token.ts'

/**
 * Combines several providers into one. It lists them one after the other, in this order; limits, filters, cursors and
 * `prefetch` work across them. A cursor is bound to the same sources in the same order.
 *
 * Each source must be able to look up the participant of the listing. For a person who has another address on one of
 * them, pass that source as `{ provider, participant }`.
 *
 * @throws ConfigurationError for invalid options, UnsupportedParticipantError for a source that cannot look up its own
 * participant
 * @example
 * const missing: string[] = []
 * const provider = combine([twilio(), { provider: bird(), participant: { address: 'ada@example.com' } }], {
 *   onSourceError(error, { name }) {
 *     missing.push(name)
 *     return 'skip'
 *   },
 * })
 */
export function combine<const S extends readonly CombineSource[]>(
  sources: S & CheckedSources<S>,
  options?: CombineOptions,
): CombinedProvider<S[number]>
export function combine(given: readonly CombineSource[], options: CombineOptions = {}): ConversationProvider {
  const { sources, onSourceError } = parseCombineOptions(given, options)
  const providers = sources.map(({ provider }) => provider)
  const capabilities = providers.map((provider) => provider.capabilities)
  const statusFilters = unique(capabilities.map(({ statusFilter }) => statusFilter))
  const sourceNames = unique(providers.flatMap((provider) => provider.sourceNames ?? [provider.name]))
  const name = sourceNames.join('+')
  const split = (token: string | null): SourcePage => splitSourceToken(token, sources.length, name)
  /** The first source from an index on that can have conversations with the status, or -1. */
  const sourceFrom = (from: number, status: ConversationStatus | null): number =>
    capabilities.findIndex(
      ({ statuses }, index) => index >= from && (status === null || statuses.includes(status)),
    )
  const placeOf = ({ pageToken, status }: PlaceInSources): SourcePage => {
    const place = split(pageToken)
    return place.pageToken === null ? { index: sourceFrom(place.index, status), pageToken: null } : place
  }
  const startOfNext = (index: number, status: ConversationStatus | null): string | null => {
    const next = sourceFrom(index + 1, status)
    return next < 0 ? null : joinSourceToken({ index: next, pageToken: null })
  }
  // Awaited for callers without types, whose rejection would otherwise be unhandled.
  const isSkipped = async (
    error: ConversationsError,
    { provider }: Source,
    index: number,
  ): Promise<boolean> => (await onSourceError?.(error, provider, index)) === 'skip'
  // A source's own participant that cannot be looked up is refused here, rather than in each listing.
  for (const { provider, participant } of sources) if (participant) participantKeysOf(provider, participant)

  return {
    name,
    sourceNames,
    scope: JSON.stringify(providers.map((provider) => [provider.name, provider.scope])),
    capabilities: {
      maxPageSize: Math.max(...capabilities.map(({ maxPageSize }) => maxPageSize)),
      statusFilter: statusFilters.length === 1 ? (statusFilters[0] ?? 'some') : 'some',
      statuses: unique(capabilities.flatMap(({ statuses }) => statuses)),
    },
    participantKey: (shared) =>
      sources.flatMap(({ provider, participant = shared }) => participantKeysOf(provider, participant)),
    pageTokenIdentity(token) {
      const { index, pageToken } = split(token)
      const own = pageToken && providers[index]?.pageTokenIdentity?.(pageToken)
      return joinSourceToken({ index, pageToken: own ?? pageToken })
    },
    async tokenAfterDeadEnd(error, request) {
      const { index, pageToken } = placeOf(request)
      const source = sources[index]
      if (source === undefined) return undefined
      // A source may be combined itself.
      const own = await source.provider.tokenAfterDeadEnd?.(error, { pageToken, status: request.status })
      if (own) return joinSourceToken({ index, pageToken: own })
      if (own === undefined && !(await isSkipped(error, source, index))) return undefined
      return startOfNext(index, request.status)
    },
    async listPage(request) {
      const { index, pageToken } = placeOf(request)
      const source = sources[index]
      if (source === undefined) return EMPTY_PAGE
      const { provider } = source

      const page = await pageOf(source, { ...request, pageToken }, (error) => isSkipped(error, source, index))
      const own = page.nextPageToken || null
      return markAsDescribed({
        ...page,
        nextPageToken:
          own === null ? startOfNext(index, request.status) : joinSourceToken({ index, pageToken: own }),
        provider: page.provider ?? provider.name,
        endsSource: page.endsSource === true || own === null,
        // The total of one source is not the total of all.
        total: sources.length === 1 ? page.total : null,
      })
    },
  }
}

const EMPTY_PAGE: ListPageResult<AnyConversation> = {
  items: [],
  nextPageToken: null,
  requestId: null,
  total: null,
}

type PlaceInSources = Pick<ListPageRequest<ParticipantRef>, 'pageToken' | 'status'>

/** A page of one source, or an empty last page if its failure is skipped. */
async function pageOf(
  { provider, participant }: Source,
  request: ListPageRequest<ParticipantRef>,
  isSkipped: (error: ConversationsError) => Promise<boolean>,
): Promise<ListPageResult<AnyConversation>> {
  const { maxPageSize, statusFilter } = provider.capabilities
  let page: ListPageResult<AnyConversation>
  try {
    const answer = await provider.listPage({
      ...request,
      participant: participant ?? request.participant,
      pageSize: Math.min(request.pageSize, maxPageSize),
      status: statusFilter === 'none' ? null : request.status,
    })
    page = checkPage(answer, provider.name)
  } catch (cause) {
    // The source is not to blame for the caller's abort or a tampered cursor.
    if (request.signal.aborted || cause instanceof InvalidCursorError) throw cause
    const error = asConversationsError(cause, provider.name)
    if (!(await isSkipped(error))) throw error
    return EMPTY_PAGE
  }
  if (page.nextPageError === undefined || request.signal.aborted) return page
  if (!(await isSkipped(page.nextPageError))) return page
  return { ...page, nextPageToken: null, nextPageError: undefined }
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)]
}
