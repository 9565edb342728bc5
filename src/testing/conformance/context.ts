import type { ListOptions } from '../../listing/list-options.ts'
import {
  type ConversationList,
  listParticipantConversations,
} from '../../listing/list-participant-conversations.ts'
import type { AnyConversation } from '../../model/conversation.ts'
import type { ParticipantRef } from '../../model/participant.ts'
import type { Fetch } from '../../model/platform-types.ts'
import type { ConversationProvider } from '../../provider/provider.ts'
import type { PlatformRequest, PlatformResponse } from '../platform-types.ts'
import {
  createWireServer,
  type WireConversation,
  type WireServer,
  type WireServerOptions,
} from './wire-server.ts'

/** A page as an adapter's provider is to answer it. */
export interface WirePage {
  /** In this order. The status is the model's: put it into the provider's words. */
  readonly conversations: readonly WireConversation[]
  /** null on the last page: leave the token out, or do what the provider does. */
  readonly nextPageToken: string | null
  /** What is answered, for a provider whose answer repeats a part of it. */
  readonly request: PlatformRequest
}

/** What `testProvider()` needs to know of an adapter and its provider. */
export interface TestProviderOptions<C extends AnyConversation, P extends ParticipantRef> {
  /** The test runner's: of Vitest, Jest, `node:test`, or any other that takes a name and an async function. */
  test: (name: string, run: () => Promise<void>) => unknown
  /**
   * Makes the adapter, with a `fetch` that every request must go through. Give it fixed credentials, so that each
   * request is for a page, and no retries, which would only take time.
   */
  createProvider: (fetch: Fetch) => ConversationProvider<C, P>
  /** Somebody whom the adapter can look up. */
  participant: NoInfer<P>
  /** The page token that a request carries; null where there is none. */
  readPageToken: (request: PlatformRequest) => string | null | Promise<string | null>
  /** The provider's answer with a page, in its own format. */
  respond: (page: WirePage) => PlatformResponse
  /** The provider's answer with an error status. Default: an empty JSON object. */
  respondError?: ((status: number) => PlatformResponse) | undefined
  /**
   * The token of a page, from page 2 on, where the provider's tokens cannot be just any text, such as numbers of pages.
   * Default: opaque texts, some of them with characters that have to be encoded in URLs.
   */
  pageToken?: ((page: number) => string) | undefined
  /** Participants that the adapter cannot look up, and has to refuse. Default: none. */
  unsupportedParticipants?: readonly ParticipantRef[] | undefined
  /**
   * Texts that must not be found in an error or in the provider: credentials as they are and as they are sent, such as
   * in Base64, and the participant's address. Default: none.
   */
  secrets?: readonly string[] | undefined
}

/** What a case of the suite has at hand. */
export interface CaseContext {
  readonly name: string
  readonly options: TestProviderOptions<AnyConversation, ParticipantRef>
  /** A provider that answers from these pages, for this one case. */
  serve(pages: WireServerOptions['pages'], more?: Partial<WireServerOptions>): WireServer
  create(server: WireServer): ConversationProvider
  list(provider: ConversationProvider, more?: Partial<ListOptions>): ConversationList<AnyConversation>
}

/** One statement about an adapter. It throws where that does not hold. */
export interface ConformanceCase {
  readonly name: string
  run(context: CaseContext): Promise<void>
}

/** Runs one case. What the wire server has found comes first: it is why the rest went wrong. */
export async function runCase(
  options: TestProviderOptions<AnyConversation, ParticipantRef>,
  { run }: ConformanceCase,
): Promise<void> {
  const servers: WireServer[] = []
  const context: CaseContext = {
    // A provider without a name is what the first case finds.
    name: String(options.createProvider(() => Promise.reject(new Error('not for requests'))).name),
    options,
    serve(pages, more) {
      const server = createWireServer({ pages, ...options, ...more })
      servers.push(server)
      return server
    },
    create: (server) => options.createProvider(server.fetch),
    list: (provider, more) =>
      listParticipantConversations({ provider, participant: options.participant, ...more }),
  }
  try {
    await run(context)
  } catch (error) {
    const problem = servers.flatMap((server) => server.problems).at(0)
    const message = problem ?? (error instanceof Error ? error.message : String(error))
    throw new Error(`${context.name}: ${message}`, { cause: error })
  }
  const problem = servers.flatMap((server) => server.problems).at(0)
  if (problem !== undefined) throw new Error(`${context.name}: ${problem}`)
}
