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
  /** A phone number, an e-mail address or the id of a WhatsApp user, as somebody types it. */
  address: string
  /** Default: every status. */
  status?: ConversationStatus | undefined
  /** `nextCursor` of the page before. null is the beginning. */
  cursor: string | null
}

/** The answer to `POST /api/conversations`. */
export interface InboxPage {
  conversations: InboxConversation[]
  /** null on the last page. */
  nextCursor: string | null
  /** The providers that failed on this page. It goes on with the providers after them. */
  failures: readonly ProviderFailure[]
}

/** Why conversations of a provider are missing. */
export interface ProviderFailure {
  provider: string
  /** What it did, as a predicate: "does not answer". */
  problem: string
  /** Whether trying again later may help by itself. */
  isRetryable: boolean
  /** Where to try again, so that nothing is missing. null is the beginning. */
  cursor: string | null
  /** How many conversations of the page come before that. */
  before: number
}

/** The body of an answer with an error status. */
export interface ApiProblem {
  error: { code: ProblemCode; message: string }
}

export type ProblemCode =
  | 'invalid_request'
  | 'invalid_address'
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
}

export interface Customer {
  name: string
  address: string
  /** What there is to see. */
  note: string
}

/** The names that people know the providers by. */
export const providerTitle = (name: string): string => TITLES.get(name) ?? name

const TITLES = new Map([
  ['twilio', 'Twilio'],
  ['bird', 'Bird'],
])
