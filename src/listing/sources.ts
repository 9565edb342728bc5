import type { ConversationStatus } from '../model/conversation.ts'
import { type ConversationsError, UnsupportedParticipantError } from '../model/errors.ts'
import type { ParticipantForm, ParticipantRef } from '../model/participant.ts'
import { isFor, listsOf, lookupsOf } from '../provider/lookups.ts'
import type { ConversationProvider, Lookup } from '../provider/provider.ts'

/** What is paged by itself: one lookup in one list of a provider. */
export interface Source {
  readonly provider: ConversationProvider
  readonly participant: ParticipantRef
  readonly lookup: Lookup
  /** Which of the provider's lists it is; null if the provider has no lists. */
  readonly list: string | null
  /** The provider's options for this listing. */
  readonly options: object
  /** The statuses that are listed; null for all. */
  readonly statuses: readonly ConversationStatus[] | null
  /** The status that the provider filters by; null if it does not filter. */
  readonly status: ConversationStatus | null
}

/** The provider, form and list of a source that failed, but not the participant. */
export interface FailedSource<P extends ConversationProvider = ConversationProvider> {
  /** The provider that failed. */
  readonly provider: P
  /**
   * The form of the participant that was looked up. null for the participant of a conversation, and for a provider that can
   * look up none of the participants.
   */
  readonly form: ParticipantForm | null
  /** Which of the provider's lists it is, such as the id of a Bird channel; null if it has none. */
  readonly list: string | null
}

/** What a listing was given. */
export interface SourceOptions {
  readonly providers: readonly ConversationProvider[]
  readonly participants: readonly ParticipantRef[]
  /** null for all. */
  readonly statuses: readonly ConversationStatus[] | null
  /** The options of each provider for this listing. */
  optionsOf(provider: ConversationProvider): object
  /** Whether to leave out a provider that can look up none of the participants. */
  isSkipped(error: ConversationsError, provider: ConversationProvider): boolean
}

/**
 * Turns what a listing was given into sources: for each provider, each participant that it can look up, in each of its
 * lists. They are read in this order.
 *
 * @throws UnsupportedParticipantError for a provider that can look up none of the participants, unless it is skipped, and
 * for a participant that no provider can look up
 */
export function sourcesOf(options: SourceOptions): readonly Source[] {
  const refused = new Map<ParticipantRef, ConversationsError>()
  const found = new Set<ParticipantRef>()
  const sources = options.providers.flatMap((provider) => {
    const lookups: Pick<Source, 'participant' | 'lookup'>[] = []
    let refusal: ConversationsError | undefined
    for (const participant of options.participants) {
      try {
        for (const lookup of lookupsOf(provider, participant)) lookups.push({ participant, lookup })
        found.add(participant)
      } catch (error) {
        if (!(error instanceof UnsupportedParticipantError)) throw error
        refusal ??= error
        // Why the provider that it is for refuses it says more than that it is not for another one.
        if (isFor(provider, participant) || !refused.has(participant)) refused.set(participant, error)
      }
    }
    if (refusal !== undefined && lookups.length === 0 && !options.isSkipped(refusal, provider)) throw refusal
    return sourcesOfProvider(provider, lookups, options)
  })
  for (const [participant, error] of refused) if (!found.has(participant)) throw error
  return withoutRepetitions(sources)
}

function sourcesOfProvider(
  provider: ConversationProvider,
  lookups: readonly Pick<Source, 'participant' | 'lookup'>[],
  { statuses, optionsOf }: SourceOptions,
): Source[] {
  const { capabilities } = provider
  const wanted = statuses?.filter((status) => capabilities.statuses.includes(status)) ?? null
  if (wanted?.length === 0) return []
  const options = optionsOf(provider)
  const common = { provider, options, statuses: wanted, status: statusToRequest(provider, wanted) }
  const lists = listsOf(provider, options)
  return lookups.flatMap((lookup) => lists.map((list) => ({ ...common, ...lookup, list })))
}

/** A provider filters by one status at most, and never by `'unknown'`, which is the model's own. */
function statusToRequest(
  { capabilities }: ConversationProvider,
  statuses: readonly ConversationStatus[] | null,
): ConversationStatus | null {
  const [only = null, ...others] = statuses ?? []
  return capabilities.statusFilter === 'none' || others.length > 0 || only === 'unknown' ? null : only
}

/** Several participants may lead to one lookup, and a provider may be passed twice. */
function withoutRepetitions(sources: readonly Source[]): readonly Source[] {
  const distinct = new Map<string, Source>()
  for (const source of sources) {
    const key = JSON.stringify([groupOf(source), source.lookup.key, source.list])
    if (!distinct.has(key)) distinct.set(key, source)
  }
  return [...distinct.values()]
}

/** The sources of one account have conversations in common: those that are found by several lookups. */
export function groupOf({ provider }: Source): string {
  return JSON.stringify([provider.name, provider.scope])
}

/** Whether the provider returns conversations of a source that may not be wanted, or counts them. */
export function isFilteredHere(
  { statuses, status }: Source,
  { filter }: { readonly filter: unknown },
): boolean {
  return filter !== null || (statuses !== null && status === null)
}
