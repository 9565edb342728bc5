import * as z from 'zod/mini'
import type { HttpOptions } from '../../http/http-options.ts'
import type { AnyConversation } from '../../model/conversation.ts'
import type { ParticipantForm, ParticipantRef } from '../../model/participant.ts'
import type { Fetch } from '../../model/platform-types.ts'
import { type OptionsSource, parseOptions } from '../../options/parse-options.ts'
import { boolean, callback, optionsSchema, type ShapeOf, text } from '../../options/schemas.ts'
import type { ConversationProvider } from '../../provider/provider.ts'
import type { PlatformRequest, PlatformResponse } from '../platform-types.ts'
import type { WirePage } from './wire-page.ts'

/** What `testProvider()` needs to know about an adapter and its provider. */
export interface TestProviderOptions<C extends AnyConversation, F extends ParticipantForm> {
  /** The test function of Vitest, Jest, `node:test`, or any other runner that takes a name and an async function. */
  test: (name: string, run: () => Promise<void>) => unknown
  /**
   * Creates the adapter with a `fetch` that all of its requests must go through. Give it fixed credentials, so that
   * every request is for a page. Pass on `http` too, the HTTP options that the suite chooses: time limits and retries are
   * tested only if this function has two parameters: `(fetch, http) => example({ apiKey: 'a-secret-key', fetch, ...http })`.
   * With one, set `retry: { retries: 0 }`, since retries take time.
   */
  createProvider: (fetch: Fetch, http: HttpOptions) => ConversationProvider<C, F>
  /** A participant that the adapter can look up. */
  participant: ParticipantRef<NoInfer<F>>
  /**
   * Returns the page token of a request, or null if it has none. Needed for an adapter that is written by hand. Default: what
   * the adapter's description says.
   */
  readPageToken?: ((request: PlatformRequest) => string | null | Promise<string | null>) | undefined
  /**
   * Whether the provider decides how many conversations a page has, so that requests have no page size. Default: what the
   * adapter's description says; false for an adapter that is written by hand.
   */
  hasFixedPageSize?: boolean | undefined
  /** Returns the provider's response with a page, in its own format. */
  respond: (page: WirePage) => PlatformResponse | Promise<PlatformResponse>
  /** Returns the provider's response with an error status. Default: an empty JSON object. */
  respondError?: ((status: number) => PlatformResponse | Promise<PlatformResponse>) | undefined
  /**
   * Returns the token of a page, from page 2 on. Needed if the provider's tokens cannot be any string, such as page
   * numbers. Default: opaque strings, some of them with characters that must be encoded in URLs.
   */
  pageToken?: ((page: number) => string) | undefined
  /**
   * Returns the id of a conversation, as the adapter yields it; the first conversation is 1. Needed if the provider's ids
   * cannot be any string, such as numbers or UUIDs. `respond()` gets the same id: translate it into the provider's form.
   * Default: `Conversation-01` and so on, some in capital letters.
   */
  conversationId?: ((number: number) => string) | undefined
  /**
   * Another participant that the adapter can look up. Default: the first one with other digits or letters, in several places.
   * If the adapter refuses all of these, whether it tells participants apart is not tested.
   */
  otherParticipant?: ParticipantRef<NoInfer<F>> | undefined
  /**
   * Participants that the adapter cannot look up and must refuse. Default: the participant of another provider, without an
   * address.
   */
  unsupportedParticipants?: readonly ParticipantRef[] | undefined
  /**
   * Strings that must not appear in an error or in the provider, besides the participant, page tokens and headers that are
   * named like credentials, such as `authorization`. Default: none.
   */
  secrets?: readonly string[] | undefined
}

/** The options of `testProvider()` for any adapter. */
export type AnyTestOptions = TestProviderOptions<AnyConversation, ParticipantForm>

/** @throws ConfigurationError that names every invalid option */
export function parseTestOptions(given: AnyTestOptions): AnyTestOptions {
  return parseOptions(testOptions, given, source)
}

const OBJECT = 'must be an object'
const participant = z.custom<ParticipantRef>((value) => typeof value === 'object' && value !== null, OBJECT)

const shape: ShapeOf<AnyTestOptions> = {
  test: callback<AnyTestOptions['test']>(),
  createProvider: callback<AnyTestOptions['createProvider']>(),
  participant,
  readPageToken: z.optional(callback<NonNullable<AnyTestOptions['readPageToken']>>()),
  hasFixedPageSize: z.optional(boolean),
  respond: callback<AnyTestOptions['respond']>(),
  respondError: z.optional(callback<NonNullable<AnyTestOptions['respondError']>>()),
  pageToken: z.optional(callback<NonNullable<AnyTestOptions['pageToken']>>()),
  conversationId: z.optional(callback<NonNullable<AnyTestOptions['conversationId']>>()),
  otherParticipant: z.optional(participant),
  unsupportedParticipants: z.optional(z.array(participant, 'must be an array of participants')),
  secrets: z.optional(z.array(text('must be an array of non-empty strings'), 'must be an array of strings')),
}

const testOptions = optionsSchema<AnyTestOptions>(shape)

/** What the options of the suite come from, for error messages. */
export const source: OptionsSource = {
  call: 'testProvider()',
  secrets: ['secrets'],
  names: Object.keys(shape),
}
