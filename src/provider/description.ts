import type { ConversationInput } from '../model/complete.ts'
import type { ConversationStatus } from '../model/conversation.ts'
import type { ParticipantForm } from '../model/participant.ts'
import type { Schema } from '../options/standard-schema.ts'
import type { ApiDescription, PageRequest } from './api.ts'
import type { PageSize, Paging, Read } from './paging/paging.ts'
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
export interface ProviderDescription<N extends string, F extends ParticipantForm, Raw, Page, O extends object>
  extends ApiDescription {
  /** The adapter's name, as in `conversation.provider` and `providerOptions`. Its factory has the same name. */
  readonly name: N
  /** What cursors are bound to, such as the account and the region. Never a secret. */
  readonly scope: string
  /**
   * The forms of participants that can be looked up: `{ id: true, phone: ['sms'], address: ['phone', 'email'] }`. All others are
   * refused. If the participant of a conversation has several, the first one here is looked up.
   */
  readonly participants: { readonly [Form in F]?: ParticipantFormRules[Form] }
  /**
   * Returns the key of a lookup. Lookups with the same key are listed once, and cursors are bound to the key. Needed if several
   * forms of participants lead to the same request. Default: the form and the value.
   */
  readonly lookupKey?: ((lookup: ParticipantLookup<F>) => string) | undefined
  /**
   * What a 404 for a first page means. `'empty'`: the provider may not know the participant, so in a listing of several
   * sources, this source has no conversations. `'error'`, the default: the source has failed.
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
  /** Returns the request for the conversations of a participant. The library adds the page size and the page token to it. */
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
   * A schema of the page, for the functions here that read it; it also gives their argument its type. Any Standard Schema
   * works: zod, valibot, … An error names the wrong place and the kind of value there, or shows the schema's message if it begins
   * with "is". The functions receive what the provider sent, not what the schema returns. Default: a page may be anything.
   */
  readonly page?: Schema<Page> | undefined
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
  /** Whose conversations to list: `lookup.form` tells what `lookup.value` is. Errors, hooks and logs do not show it. */
  readonly lookup: ParticipantLookup<F>
  /** The one status to filter by; null for all, and always null without `statuses.filter`. */
  readonly status: ConversationStatus | null
  /** Which list to read: one of those that `lists()` has returned; '' without `lists()`. */
  readonly list: string
  /** The listing's `providerOptions` for this adapter, as `listOptions` returns them. */
  readonly options: O
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
  /** A schema of a conversation; it also gives `raw` its type. Default: a conversation may be anything that has an id. */
  readonly schema?: Schema<Raw> | undefined
  /** Maps a conversation to the model. It receives what the provider sent, not what the schema returns. */
  readonly normalize: (raw: Raw, context: RequestContext<F, O>) => ConversationInput
}

/** Requires `id` unless the type of a row has a property `id`. A row without a type may have any property. */
type IdUnlessKnown<Raw> = unknown extends Raw
  ? unknown
  : Raw extends { readonly id?: string | number | null | undefined }
    ? unknown
    : { readonly id: unknown } // its type is that of Rows
