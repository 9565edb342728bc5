import type { HttpOptions } from '../../http/http-options.ts'
import type { ListOptions } from '../../listing/list-options.ts'
import {
  type ConversationList,
  listParticipantConversations,
} from '../../listing/list-participant-conversations.ts'
import type { AnyConversation } from '../../model/conversation.ts'
import { describedPagesOf } from '../../provider/described-pages.ts'
import type { ConversationProvider } from '../../provider/provider.ts'
import type { Manner } from './manner.ts'
import type { AnyTestOptions } from './options.ts'
import { SetupError } from './problems.ts'
import { createProvider, unusedProvider } from './setup.ts'
import { firstSourceOf } from './source.ts'
import { createWireServer, type WireServer, type WireServerOptions } from './wire-server.ts'

/** What a case of the suite can use. */
export interface CaseContext {
  readonly options: AnyTestOptions
  /** How the provider pages. */
  readonly manner: Manner
  /** Whether the adapter's description says that a page may omit its list; null for an adapter that is written by hand. */
  readonly isListOptional: boolean | null
  /** Creates a provider that returns these pages, for this one case. */
  serve(pages: WireServerOptions['pages'], more?: Partial<WireServerOptions>): WireServer
  /** Creates the adapter. Its HTTP options apply if `createProvider` passes them on. */
  create(server: WireServer, http?: HttpOptions): ConversationProvider
  /** Lists the first of the adapter's lists. */
  list(provider: ConversationProvider, more?: Partial<ListOptions>): ConversationList<AnyConversation>
  /** Lists all of them. */
  listAll(provider: ConversationProvider): ConversationList<AnyConversation>
}

/** One statement about an adapter. `run` throws if it does not hold. */
export interface ConformanceCase {
  readonly name: string
  /** Whether it says anything about an adapter. Default: it does about every one. */
  appliesTo?(manner: Manner, options: AnyTestOptions): boolean
  run(context: CaseContext): Promise<void>
}

/** Runs one case. A problem that the wire server has found is reported first, since it caused the others. */
export async function runCase(
  options: AnyTestOptions,
  manner: Manner,
  { run }: ConformanceCase,
): Promise<void> {
  const servers: WireServer[] = []
  const provider = unusedProvider(options)
  const context: CaseContext = {
    options,
    manner,
    isListOptional: describedPagesOf(provider)?.isListOptional ?? null,
    serve(pages, more) {
      const server = createWireServer({ pages, manner, ...options, ...more })
      servers.push(server)
      return server
    },
    create: (server, http) => createProvider(options, server.fetch, http),
    listAll: (listed) => listParticipantConversations({ provider: listed, participant: options.participant }),
    list: (listed, more) =>
      listParticipantConversations({
        provider: firstSourceOf(listed),
        participant: options.participant,
        ...(manner.by === 'slice' && !manner.isFixed && { pageSize: manner.size }),
        ...more,
      }),
  }
  const problemOf = (error: unknown): unknown => servers.flatMap(({ problems }) => problems).at(0) ?? error
  // The first case reports a provider without a name.
  const report = (problem: unknown): Error => {
    const blamed = problem instanceof SetupError ? 'testProvider()' : String(provider.name)
    const message = problem instanceof Error ? problem.message : String(problem)
    return new Error(`${blamed}: ${message}`, { cause: problem })
  }
  try {
    await run(context)
  } catch (error) {
    throw report(problemOf(error))
  }
  const problem = problemOf(undefined)
  if (problem !== undefined) throw report(problem)
}
