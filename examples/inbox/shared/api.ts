/** What the server and the page say to each other. */
import type { AnyConversation, ConversationStatus } from 'participant-conversations'

/** A value after JSON: dates are texts. */
export type Json<T> = T extends string
  ? T
  : T extends Date
    ? string
    : T extends object
      ? { [Name in keyof T]: Json<T[Name]> }
      : T

/** A conversation as the library yields it, without the provider's own object. */
export type InboxConversationFields = Omit<AnyConversation, 'raw'>

/** The same after JSON. */
export type InboxConversation = Json<InboxConversationFields>

/** The body of `POST /api/conversations`. */
export interface PageRequest {
  /** A person's phone numbers, e-mail addresses, WhatsApp ids and chat identities, as somebody types them. */
  addresses: readonly string[]
  /** Default: every status. */
  status?: ConversationStatus | undefined
  /** `nextCursor` of the page before. null is the beginning. */
  cursor: string | null
}

/** The answer to `POST /api/conversations`. */
export interface InboxPage {
  /** Provider by provider. The page sorts what it has of all of them. */
  conversations: readonly InboxConversation[]
  /** null on the last page. */
  nextCursor: string | null
  /** The providers that failed on this page, which has the conversations of the others. */
  failures: readonly ProviderFailure[]
  /** The providers that cannot look up any of the addresses. */
  notSearched: readonly string[]
}

/** Why conversations of a provider are missing. */
export interface ProviderFailure {
  provider: string
  /** What it did, as a predicate: "does not answer". */
  problem: string
  /** Where to try again: what follows in the listing includes everything that is missing. null is the beginning. */
  cursor: string | null
}

/** The body of an answer with an error status. */
export interface ApiProblem {
  error: {
    code: ProblemCode
    message: string
    /** For an invalid address: what it is, and what may be meant. */
    address?: string
    suggestion?: string
  }
}

export type ProblemCode =
  | 'invalid_request'
  | 'invalid_address'
  | 'unsupported_address'
  | 'invalid_cursor'
  | 'not_found'
  | 'provider_failed'
  | 'internal'

/** The answer to `GET /api/inbox`. */
export interface InboxInfo {
  /** The names of the providers that are configured, in the order in which they are listed. */
  providers: string[]
  /** Every status that a conversation can have. */
  statuses: readonly ConversationStatus[]
  /** The customers of the stand-in; null with real providers. */
  customers: Customer[] | null
  /** The names that somebody has given to channels, by id. */
  channelNames: Readonly<Record<string, string>>
  /** Where a conversation is in the provider's console, by provider: URLs with `{id}` and perhaps `{serviceId}`. */
  consoleUrls: Readonly<Record<string, string>>
}

export interface Customer {
  name: string
  addresses: readonly string[]
  /** What there is to see. */
  note: string
}

/** The names that people know the providers by. */
export const providerTitle = (name: string): string => TITLES.get(name) ?? name

const TITLES = new Map([
  ['twilio', 'Twilio'],
  ['bird', 'Bird'],
])
