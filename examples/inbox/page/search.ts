import type { ConversationStatus } from 'participant-conversations'

/** What the agent looks for. */
export interface Search {
  /** One person's, as they were typed. Empty: nobody yet. */
  readonly addresses: readonly string[]
  readonly status: StatusFilter
}

export type StatusFilter = ConversationStatus | 'all'

/** Those that an agent chooses from. `unknown` is shown, but nothing to look for. */
export function statusFilters(statuses: readonly ConversationStatus[]): StatusFilter[] {
  return ['all', ...statuses.filter((status) => status !== 'unknown')]
}

/** The addresses of one person, with commas between them. */
export function readAddresses(typed: string): string[] {
  const addresses = typed.split(/[,;\n]/).map((address) => address.trim())
  return [...new Set(addresses)].filter((address) => address !== '')
}

export function writeAddresses(addresses: readonly string[]): string {
  return addresses.join(', ')
}

/** Without the prefix that says that it is an identity. */
export function plainAddress(address: string): string {
  return address.replace(/^identity:/, '')
}
