import type { ErrorBody } from '../http/api-profile.ts'
import type { Authorization } from '../http/authorization.ts'
import type { HttpOptions } from '../http/http-options.ts'
import type { Hidden, QueryValue } from '../http/url.ts'
import type { AnyConversation } from '../model/conversation.ts'
import type { ConversationsError } from '../model/errors.ts'
import type { ParticipantForm } from '../model/participant.ts'
import type { InputOf, Schema } from '../options/standard-schema.ts'
import type { ParticipantLookup, ParticipantRules } from './participant-lookup.ts'
import type { ListPageRequest, Lookup, ProviderCapabilities } from './provider.ts'

/**
 * Describes an adapter: its API, and how the API's conversations map to the model. `defineProvider()` turns it into a
 * provider.
 *
 * @typeParam C - the conversations it yields
 * @typeParam F - the forms of participants it can look up
 * @typeParam L - what it looks up
 * @typeParam O - its options for one listing
 * @typeParam S - the schema of a page
 * @typeParam R - the schema of a conversation
 */
export interface ProviderDescription<
  C extends AnyConversation,
  F extends ParticipantForm,
  L extends Lookup,
  O extends object,
  S extends Schema,
  R extends Schema,
> {
  /** The adapter's name, as in `conversation.provider` and `providerOptions`. Its factory has the same name. */
  name: string
  /** The provider's name in sentences. Default: `name`. */
  title?: string | undefined
  /** What cursors are bound to: account, workspace, region. Never a secret. */
  scope: string
  /** What the provider's API can do by itself. */
  capabilities: ProviderCapabilities
  /** The URL of the API, without the path of a request. The HTTP option `baseUrl` replaces it. */
  baseUrl: string
  /** The HTTP options, as the user passed them. Other properties are ignored, such as the adapter's own options. */
  http?: HttpOptions | undefined
  /** What authenticates the requests: `basic()`, `bearer()`, `clientCredentials()`, or another scheme with credentials. */
  authorization: Authorization
  /**
   * The forms of participants that can be looked up: `{ id: true, phone: ['sms'], address: ['phone', 'email'] }`. Of several
   * forms that the participant of a conversation has, the first one here counts. All others are refused.
   */
  participants: ParticipantRules<F>
  /**
   * Turns a form into what is looked up, if that is not the form itself, or into several lookups, which are listed one
   * after the other. Called for each address of a phone number. Throws `UnsupportedParticipantError` for a participant that
   * cannot be looked up.
   */
  lookups?: ((participant: ParticipantLookup<F>) => readonly L[]) | undefined
  /**
   * Checks the listing's `providerOptions` for this adapter, which are `{}` if they are omitted, and fills in defaults.
   * What it returns must be plain data, since cursors are bound to it. Default: no options.
   */
  listOptions?: Schema<unknown, O> | undefined
  /** The lists to read for each lookup, one after the other, such as one for each channel. Default: one. */
  lists?: ((options: O) => readonly string[]) | undefined
  /** The request for one page. */
  request: (request: ListPageRequest<L, O>) => PageRequest
  /**
   * What a page must have besides its list, such as its next token. Any Standard Schema: zod, valibot, … An error names
   * the wrong place and the kind of value there, or shows the schema's message if it begins with "is".
   */
  page: S
  /** The conversations of a page. */
  rows: PageRows<C, L, O, S, R>
  /** Reads what else a page says. It receives what the provider sent, not what the schema returns. */
  read: (page: InputOf<S>, context: PageContext<L, O>) => PageContent
  /** Reads the body of an error, parsed from JSON; null if it is not JSON. Default: nothing is read. */
  readError?: ((body: unknown) => ErrorBody) | undefined
  /** What to do about an error, as a sentence, by the provider's own code or by HTTP status. */
  advice?: Readonly<Record<string | number, string>> | undefined
  /** The response headers that may hold the request id, in order of preference. Default: `x-request-id` and `request-id`. */
  requestIdHeaders?: readonly string[] | undefined
  /**
   * The adapter's options that `baseUrl` is made of, such as a region. If the host cannot be reached, the error says to check
   * them, besides the HTTP option `baseUrl`. Default: none.
   */
  hostOptions?: readonly string[] | undefined
  /** The part of a page token that identifies its page. Default: all of it. */
  pageTokenIdentity?: ((pageToken: string) => string) | undefined
}

/** Where a page has its conversations, and how each of them is read. */
export interface PageRows<C, L extends Lookup, O extends object, S extends Schema, R extends Schema> {
  /**
   * The path to the list, with dots, or a function that returns it; '' if the page itself is the list. null in place of an
   * empty list is tolerated.
   */
  in: string | ((page: InputOf<S>) => string)
  /** Whether a page without the list has no conversations. Default: it is invalid. */
  optional?: boolean | undefined
  /** What each conversation must have: its id. One that does not is left to `onInvalidConversation`. */
  schema: R
  /** Maps one that has passed the schema to the model. It receives what the provider sent, not what the schema returns. */
  normalize: (raw: InputOf<R>, request: ListPageRequest<L, O>) => C
}

/** The request for one page. Values marked by `hidden()` are not shown in errors, hooks and logs. */
export interface PageRequest {
  /** The segments of the path. They are encoded; `.` and `..` are refused. */
  readonly path: readonly (string | Hidden)[]
  /** The query parameters. They are encoded; those that are null or undefined are omitted. */
  readonly query?: Readonly<Record<string, QueryValue>> | undefined
  /** Headers of this API, such as a version. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** The request that returned a page. */
export interface PageContext<L extends Lookup = Lookup, O extends object = object> {
  /** The URL that was requested, without its query. */
  readonly endpoint: string
  /** What `request` was called with. */
  readonly request: ListPageRequest<L, O>
  /** How many conversations the page has, also invalid ones. */
  readonly rowCount: number
}

/** What a page says besides its conversations, as `read` returns it. */
export interface PageContent {
  /** The token of the next page. Missing, null or '' on the last page. */
  readonly nextPageToken?: string | null | undefined
  /** Why the next page cannot be requested, if there is one. Thrown after the conversations of this page. */
  readonly nextPageError?: ConversationsError | undefined
  /** The total number of conversations in this list, if the provider reports it. Past 2^53 it is rounded. */
  readonly total?: number | null | undefined
}
