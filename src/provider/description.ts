import type { ErrorBody } from '../http/api-profile.ts'
import type { Authorization } from '../http/authorization.ts'
import type { HttpOptions } from '../http/http-options.ts'
import type { ResponseHead } from '../http/transport/transport.ts'
import type { Hidden, QueryValue } from '../http/url.ts'
import type { ConversationInput } from '../model/complete.ts'
import type { ConversationStatus } from '../model/conversation.ts'
import type { ParticipantForm } from '../model/participant.ts'
import type { Schema } from '../options/standard-schema.ts'
import type { ParticipantFormRules, ParticipantLookup } from './participant-rules.ts'

/**
 * Describes an adapter: its API, and how the API's conversations map to the model. `defineProvider()` turns it into a
 * provider.
 *
 * @typeParam N - its name
 * @typeParam F - the forms of participants it can look up
 * @typeParam Raw - a conversation, as the provider sends it
 * @typeParam Page - a page, as the provider sends it
 * @typeParam O - its options for one listing
 */
export interface ProviderDescription<
  N extends string,
  F extends ParticipantForm,
  Raw,
  Page,
  O extends object,
> {
  /** The adapter's name, as in `conversation.provider` and `providerOptions`. Its factory has the same name. */
  readonly name: N
  /** The provider's name in sentences. Default: `name`. */
  readonly title?: string | undefined
  /** What cursors are bound to: account, workspace, region. Never a secret. */
  readonly scope: string
  /** The URL of the API, without the path of a request. The HTTP option `baseUrl` replaces it. */
  readonly baseUrl: string
  /**
   * The adapter's options that `baseUrl` is made of, such as a region. If the host cannot be reached, the error says to check
   * them, besides the HTTP option `baseUrl`. Default: none.
   */
  readonly hostOptions?: readonly string[] | undefined
  /** The HTTP options, as the user passed them. Other properties are ignored, such as the adapter's own options. */
  readonly http?: HttpOptions | undefined
  /** What authenticates the requests: `basic()`, `bearer()`, `apiKey()`, `clientCredentials()` or `none()`. */
  readonly authorization: Authorization
  /**
   * The forms of participants that can be looked up: `{ id: true, phone: ['sms'], address: ['phone', 'email'] }`. Of several
   * that the participant of a conversation has, the first one here counts. All others are refused.
   */
  readonly participants: { readonly [Form in F]?: ParticipantFormRules[Form] }
  /**
   * Tells lookups apart: what has the same key is looked up once, and cursors are bound to it. It is needed if several forms of
   * participants lead to the same request. Default: the form and the value.
   */
  readonly lookupKey?: ((lookup: ParticipantLookup<F>) => string) | undefined
  /**
   * What a 404 for a first page means. `'empty'`: perhaps that the provider does not know the participant, so that in a
   * listing of several sources this one has no conversations. Default: `'error'`.
   */
  readonly notFound?: 'empty' | 'error' | undefined
  /** The statuses of conversations. */
  readonly statuses: Statuses
  /**
   * Checks the listing's `providerOptions` for this adapter, which are `{}` if they are omitted, and fills in defaults.
   * What it returns must be plain data, since cursors are bound to it. Default: no options.
   */
  readonly listOptions?: Schema<unknown, O> | undefined
  /** The lists to read for each lookup, one after the other, such as one for each channel. Default: one. */
  readonly lists?: ((options: O) => readonly string[]) | undefined
  /** The request for the conversations of a participant. Page size and page token are added to it. */
  readonly request: (context: RequestContext<F, O>) => PageRequest
  /** Where the page size goes, and the largest one. Default: the provider decides. */
  readonly pageSize?: PageSize | undefined
  /** How one page leads to the next. */
  readonly paging: Paging<Page>
  /** Where a page has its conversations, and how each of them is read. */
  readonly rows: Rows<F, Raw, Page, O> & IdUnlessKnown<NoInfer<Raw>>
  /** The total number of conversations of a list, if the provider reports it. */
  readonly total?: Read<Page, number> | undefined
  /**
   * What a page must have for the functions here that read it; it also types them. Any Standard Schema: zod, valibot, … An
   * error names the wrong place and the kind of value there, or shows the schema's message if it begins with "is". The
   * functions receive what the provider sent, not what the schema returns. Default: a page may be anything.
   */
  readonly page?: Schema<Page> | undefined
  /** Reads the body of an error, parsed from JSON; null if it is not JSON. Default: nothing is read. */
  readonly readError?: ((body: unknown, response: ResponseHead) => ErrorBody) | undefined
  /**
   * The status of an error that the API sends with the status of a success, such as `{ "ok": false }`; null for a success.
   * Default: there are none.
   */
  readonly errorStatus?: ((body: unknown, response: ResponseHead) => number | null) | undefined
  /** What to do about an error, as a sentence, by the provider's own code or by HTTP status. */
  readonly advice?: Readonly<Record<string | number, string>> | undefined
  /** The response headers that may hold the request id, in order of preference. Default: `x-request-id` and `request-id`. */
  readonly requestIdHeaders?: readonly string[] | undefined
}

/** The statuses that conversations can have at a provider. */
export interface Statuses {
  /** All of them. Others match nothing and are not requested. */
  readonly all: readonly ConversationStatus[]
  /** Whether a request can filter by one status. Default: `'none'`. */
  readonly filter?: 'one' | 'none' | undefined
}

/** What is listed. */
export interface RequestContext<F extends ParticipantForm = ParticipantForm, O extends object = object> {
  /** Whose conversations: `lookup.form` tells what `lookup.value` is. It is not shown in errors, hooks and logs. */
  readonly lookup: ParticipantLookup<F>
  /** The one status to filter by; null for all, and always null without `statuses.filter`. */
  readonly status: ConversationStatus | null
  /** Which list to read: one of those that `lists()` has returned; '' without `lists()`. */
  readonly list: string
  /** The listing's `providerOptions` for this adapter, as `listOptions` returns them. */
  readonly options: O
}

/** A request. It is a `GET`, or a `POST` of JSON if it has a body. Both are retried. */
export interface PageRequest {
  /** The segments of the path. They are encoded; `.`, `..` and '' are refused. */
  readonly path: readonly (string | number | Hidden)[]
  /** The query parameters. They are encoded; an array repeats one, and those that are null or undefined are omitted. */
  readonly query?: Readonly<Record<string, QueryValue>> | undefined
  /** Sent as JSON. */
  readonly body?: object | undefined
  /** Headers of this API, such as a version. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** Where something is in a request: a query parameter, or a path with dots in the body. */
export interface Place {
  /** The name of the query parameter. */
  readonly query?: string | undefined
  /** The path in the body: `pagination.per_page`. */
  readonly body?: string | undefined
}

/** The size of a page: where it goes, or how large pages are if the API does not let clients choose. */
export type PageSize = ChosenPageSize | FixedPageSize

/** A page size that is part of a request. */
export interface ChosenPageSize extends Place {
  /** The most conversations that one request can return. */
  readonly max: number
  readonly fixed?: undefined
}

/** A page size that the provider chooses. */
export interface FixedPageSize {
  /** How many conversations a full page has. */
  readonly fixed: number
  readonly max?: undefined
}

/** A path with dots into the page, or a function that receives the page. */
export type Read<Page, T> = string | ((page: Page, info: PageInfo) => T | null | undefined)

/** What is known of a response besides its page. */
export interface PageInfo extends ResponseHead {
  /** How many conversations were requested. */
  readonly pageSize: number
  /** How many conversations the page has, invalid ones included. */
  readonly rowCount: number
}

/** How one page leads to the next. */
export type Paging<Page> =
  | TokenPaging<Page>
  | UrlPaging<Page>
  | NumberPaging<Page>
  | OffsetPaging<Page>
  | NoPaging

/** Each page has a token that leads to the next one. */
export interface TokenPaging<Page> extends Place {
  /** Which kind of paging it is. */
  readonly by: 'token'
  /** The token of the next page: missing, null or '' on the last page. */
  readonly next: Read<Page, string | number>
}

/** Each page has a URL that leads to the next one. It is not requested: its parameters are added to the request. */
export interface UrlPaging<Page> {
  /** Which kind of paging it is. */
  readonly by: 'url'
  /** The URL of the next page: missing, null or '' on the last page. `linkTo()` reads it from a header. */
  readonly next: Read<Page, string>
  /**
   * The query parameter of the URL that leads to the page, or an array of it and others that are sent along. Only the first one
   * is hidden in errors, hooks and logs.
   */
  readonly query: string | readonly string[]
  /** Other hosts of the provider that may be in the URL. Must match a whole host. Default: that of `baseUrl` alone. */
  readonly hosts?: RegExp | undefined
}

/** Pages have numbers. Without `last` and `more`, the listing ends with the first page that is empty. */
export interface NumberPaging<Page> extends Place {
  /** Which kind of paging it is. */
  readonly by: 'number'
  /** The number of the first page. Default: 1. */
  readonly first?: 0 | 1 | undefined
  /** The number of the last page. */
  readonly last?: Read<Page, number> | undefined
  /** Whether another page follows. */
  readonly more?: Read<Page, boolean> | undefined
}

/** A page begins after so many conversations. Without `total` and `more`, the listing ends with the first page that is empty. */
export interface OffsetPaging<Page> extends Place {
  /** Which kind of paging it is. */
  readonly by: 'offset'
  /** The number of conversations in all. */
  readonly total?: Read<Page, number> | undefined
  /** Whether another page follows. */
  readonly more?: Read<Page, boolean> | undefined
}

/** One response has all conversations. */
export interface NoPaging {
  /** Which kind of paging it is. */
  readonly by: 'none'
}

/** Where a page has its conversations, and how each of them is read. */
export interface Rows<F extends ParticipantForm, Raw, Page, O extends object> {
  /**
   * The path to the list, with dots, or a function that returns it. null in place of an empty list is tolerated. Default: the
   * page itself is the list.
   */
  readonly in?: string | ((page: Page) => string) | undefined
  /** Whether a page without the list has no conversations. Default: it is invalid. */
  readonly optional?: boolean | undefined
  /**
   * The path to the id of a conversation, or a function that returns it: a string that is not empty, or a number. A
   * conversation without one is left to `onInvalidConversation`. Default: `id`.
   */
  readonly id?: string | ((raw: Raw) => string | number | null | undefined) | undefined
  /** What a conversation must have besides its id; it also types `raw`. Default: it may be anything. */
  readonly schema?: Schema<Raw> | undefined
  /** Maps a conversation to the model. It receives what the provider sent, not what the schema returns. */
  readonly normalize: (raw: Raw, context: RequestContext<F, O>) => ConversationInput
}

/** Where the id is must be said unless it is `id`. Without a type of its own, a row may have anything. */
type IdUnlessKnown<Raw> = unknown extends Raw
  ? unknown
  : Raw extends { readonly id?: string | number | null | undefined }
    ? unknown
    : { readonly id: unknown } // its type is that of Rows
