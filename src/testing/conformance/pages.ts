import type { ConversationStatus } from '../../model/conversation.ts'
import type { ConversationProvider } from '../../provider/provider.ts'
import type { CaseContext } from './context.ts'
import type { WireConversation } from './wire-server.ts'

/** Conversations in pages of these sizes, numbered through, in every status of the adapter in turn. */
export function pagesOf(context: CaseContext, sizes: readonly number[]): WireConversation[][] {
  const statuses = statusesOf(context)
  let number = 0
  return sizes.map((size) =>
    Array.from({ length: size }, () => {
      number += 1
      return {
        id: `conversation-${String(number).padStart(2, '0')}`,
        status: statuses[(number - 1) % statuses.length] ?? 'active',
      }
    }),
  )
}

/** The statuses that can be put on the wire: not the model's own word for all others. */
export function statusesOf({ options }: CaseContext): readonly ConversationStatus[] {
  const { capabilities } = options.createProvider(() => Promise.reject(new Error('not for requests')))
  const statuses = capabilities.statuses.filter((status) => status !== 'unknown')
  return statuses.length === 0 ? ['unknown'] : statuses
}

/** The names that its conversations and errors may have. */
export function namesOf({ name, sourceNames = [name] }: ConversationProvider): readonly string[] {
  return sourceNames
}
