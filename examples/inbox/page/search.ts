import type { ConversationStatus } from 'participant-conversations'

/** What the agent looks for. */
export interface Search {
  /** As it was typed. Empty: nobody yet. */
  readonly address: string
  readonly status: StatusFilter
  /** Counts the searches: the same one again lists again. */
  readonly round: number
}

export type StatusFilter = ConversationStatus | 'all'

/** Those that an agent chooses from. `unknown` is shown, but nothing to look for. */
export function statusFilters(statuses: readonly ConversationStatus[]): StatusFilter[] {
  return ['all', ...statuses.filter((status) => status !== 'unknown')]
}
