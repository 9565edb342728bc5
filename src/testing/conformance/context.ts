import type { ListOptions } from '../../listing/list-options.ts'
import {
  type ConversationList,
  listParticipantConversations,
} from '../../listing/list-participant-conversations.ts'
import type { AnyConversation } from '../../model/conversation.ts'
import type { ConversationProvider } from '../../provider/provider.ts'
import type { Manner } from './manner.ts'
import type { AnyTestOptions } from './options.ts'
import { createWireServer, type WireServer, type WireServerOptions } from './wire-server.ts'

/** What a case of the suite can use. */
export interface CaseContext {
  readonly name: string
  readonly options: AnyTestOptions
  /** How the provider pages. */
  readonly manner: Manner
  /** Creates a provider that returns these pages, for this one case. */
  serve(pages: WireServerOptions['pages'], more?: Partial<WireServerOptions>): WireServer
  create(server: WireServer): ConversationProvider
  list(provider: ConversationProvider, more?: Partial<ListOptions>): ConversationList<AnyConversation>
}

/** One statement about an adapter. `run` throws if it does not hold. */
export interface ConformanceCase {
  readonly name: string
  /** Whether it says anything about a provider that pages in this manner. Default: it does about every one. */
  appliesTo?(manner: Manner): boolean
  run(context: CaseContext): Promise<void>
}

/** Runs one case. A problem that the wire server has found is reported first, since it caused the others. */
export async function runCase(
  options: AnyTestOptions,
  manner: Manner,
  { run }: ConformanceCase,
): Promise<void> {
  const servers: WireServer[] = []
  const context: CaseContext = {
    // The first case reports a provider without a name.
    name: String(options.createProvider(() => Promise.reject(new Error('not for requests'))).name),
    options,
    manner,
    serve(pages, more) {
      const server = createWireServer({ pages, manner, ...options, ...more })
      servers.push(server)
      return server
    },
    create: (server) => options.createProvider(server.fetch),
    list: (provider, more) =>
      listParticipantConversations({
        provider,
        participant: options.participant,
        ...(manner.by === 'slice' && !manner.isFixed && { pageSize: manner.size }),
        ...more,
      }),
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
