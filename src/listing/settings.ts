import type { AnyConversation, ConversationStatus } from '../model/conversation.ts'
import type { ConversationsError } from '../model/errors.ts'
import { isListedParticipant } from '../model/participant.ts'
import { formOf } from '../provider/participant-forms.ts'
import type { ConversationProvider, InvalidConversation } from '../provider/provider.ts'
import { type CursorQuery, decodeCursor, encodeCursor } from './cursor.ts'
import { type Decision, decider } from './decisions.ts'
import type { CheckedListOptions } from './list-options.ts'
import { type Position, startOfSource } from './position.ts'
import { createCursorSealer } from './sealed-cursor.ts'
import { type FailedSource, type Source, sourcesOf } from './sources.ts'

/** What a listing is made of. */
export interface ListingSettings {
  /** Read one after the other; none if no conversation can match. */
  readonly sources: readonly Source[]
  /** The name of the first provider, for a page without a source. */
  readonly provider: string
  /** What the caller wants; null for all. */
  readonly filter: ((conversation: AnyConversation) => boolean | null | undefined) | null
  readonly limit: number
  /** undefined is the maximum of each provider. */
  readonly pageSize: number | undefined
  readonly prefetch: boolean
  readonly concurrency: number
  readonly signal: AbortSignal | undefined
  /** Where it starts. @throws InvalidCursorError */
  start(): Promise<Position>
  encodeCursor(position: Position): string | Promise<string>
  /** @throws ConversationsError if the caller cannot decide */
  decideOnSource(error: ConversationsError, source: Source): Decision
  /** @throws ConversationsError if the caller cannot decide */
  decideOnInvalid(invalid: InvalidConversation): Decision
}

const DEFAULT_CONCURRENCY = 4

/** @throws UnsupportedParticipantError */
export function createSettings(options: CheckedListOptions): ListingSettings {
  const { providers, participants, optionsOf } = options
  const statuses = sortedStatuses(options.status)
  const decideOnSource = decider('onSourceError', options.onSourceError)
  const sources = sourcesOf({
    providers,
    participants,
    statuses,
    optionsOf,
    isSkipped: (error, provider) => decideOnSource(error, { provider, form: null, list: null }) === 'skip',
  })
  const query: CursorQuery = {
    provider: [...new Set(providers.map(({ name }) => name))].join('+'),
    sourceCount: sources.length,
    scope: [
      sources.map(({ provider, list, options }) => [provider.name, provider.scope, list, options]),
      statuses,
    ],
    lookups: sources.map(({ lookup }) => lookup.key),
  }
  return {
    sources,
    provider: providers[0]?.name ?? '',
    filter: options.filter ?? null,
    limit: options.limit ?? Number.POSITIVE_INFINITY,
    pageSize: options.pageSize,
    prefetch: options.prefetch ?? false,
    concurrency: options.concurrency ?? DEFAULT_CONCURRENCY,
    signal: options.signal,
    ...createCursors(query, options),
    decideOnSource: (error, source) => decideOnSource(error, describeSource(source)),
    decideOnInvalid: decider('onInvalidConversation', options.onInvalidConversation),
  }
}

/** How a listing creates cursors, and where its own cursor points. */
function createCursors(
  query: CursorQuery,
  { cursor, cursorSecret }: CheckedListOptions,
): Pick<ListingSettings, 'start' | 'encodeCursor'> {
  const { encode, decode } =
    cursorSecret === undefined
      ? {
          encode: (position: Position) => encodeCursor(query, position),
          decode: (text: string) => decodeCursor(query, text),
        }
      : createCursorSealer(query, [cursorSecret].flat())
  return { start: async () => (cursor == null ? startOfSource(0) : decode(cursor)), encodeCursor: encode }
}

/** Sorted, so that the same statuses in another order are the same query. null lets all pass. */
function sortedStatuses(
  status: ConversationStatus | readonly ConversationStatus[] | undefined,
): readonly ConversationStatus[] | null {
  return status === undefined ? null : [...new Set([status].flat())].sort()
}

function describeSource({ provider, participant, list }: Source): FailedSource<ConversationProvider> {
  return { provider, form: isListedParticipant(participant) ? null : (formOf(participant) ?? null), list }
}
