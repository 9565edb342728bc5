import type { ErrorBody } from '../http/api-profile.ts'
import type { Authorization } from '../http/authorization.ts'
import type { HttpOptions } from '../http/http-options.ts'
import type { Hidden, QueryValue } from '../http/url.ts'
import type { AnyConversation } from '../model/conversation.ts'
import type { ConversationsError } from '../model/errors.ts'
import type { ParticipantRef } from '../model/participant.ts'
import type { InputOf, Schema } from '../options/standard-schema.ts'
import type { ListPageRequest, ProviderCapabilities } from './provider.ts'

/**
 * Describes an adapter: its API, and how the API's conversations map to the model. `defineProvider()` turns it into a
 * provider.
 *
 * @typeParam C - the conversations it yields
 * @typeParam P - the participants it can look up
 * @typeParam S - the schema of a page
 */
export interface ProviderDescription<C extends AnyConversation, P extends ParticipantRef, S extends Schema> {
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
   * What the provider looks up for a participant, as a string. Cursors are bound to it. Throws `UnsupportedParticipantError` for a
   * participant that cannot be looked up. Default: all of the participant.
   */
  participantKey?: ((participant: P) => string) | undefined
  /** The request for one page. */
  request: (request: ListPageRequest<P>) => PageRequest
  /**
   * What a page must have: its list, an id in each entry, and its next token. Any Standard Schema: zod, valibot, … An
   * error names the wrong place and the kind of value there, or shows the schema's message if it begins with "is".
   */
  page: S
  /**
   * Reads a page that has passed the schema. It receives what the provider sent, not what the schema returns, and without
   * the conversations that are invalid.
   */
  read: (page: InputOf<S>, context: PageContext<P>) => PageContent<C>
  /** Reads the body of an error, parsed from JSON; null if it is not JSON. Default: nothing is read. */
  readError?: ((body: unknown) => ErrorBody) | undefined
  /** What to do about an error, as a sentence, by the provider's own code or by HTTP status. */
  advice?: Readonly<Record<string | number, string>> | undefined
  /** The response headers that may hold the request id, in order of preference. Default: `x-request-id` and `request-id`. */
  requestIdHeaders?: readonly string[] | undefined
  /** The part of a page token that identifies its page. Default: all of it. */
  pageTokenIdentity?: ((pageToken: string) => string) | undefined
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
export interface PageContext<P> {
  /** The URL that was requested, without its query. */
  readonly endpoint: string
  /** What `request` was called with. */
  readonly request: ListPageRequest<P>
  /** How many conversations were removed from the page as invalid. Add it to count what the provider sent. */
  readonly invalidCount: number
}

/** One page, as `read` returns it. */
export interface PageContent<C> {
  /** In the provider's order, normalized. */
  readonly items: readonly C[]
  /** The token of the next page. Missing, null or '' on the last page. */
  readonly nextPageToken?: string | null | undefined
  /** Why the next page cannot be requested, if there is one. Thrown after the conversations of this page. */
  readonly nextPageError?: ConversationsError | undefined
  /** The total number of conversations, if the provider reports it. Past 2^53 it is rounded. */
  readonly total?: number | null | undefined
  /** Whether the next page begins another list, such as another channel's: a cursor then looks for its place here only. */
  readonly endsSource?: boolean | undefined
}
