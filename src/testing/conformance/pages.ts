import type { ConversationStatus } from '../../model/conversation.ts'
import type { CaseContext } from './context.ts'
import { distinctTexts, unusedProvider } from './setup.ts'
import type { WireConversation } from './wire-page.ts'

/** Creates pages of these sizes. Their conversations are numbered and have the adapter's statuses in turn. */
export function pagesOf(context: CaseContext, sizes: readonly number[]): WireConversation[][] {
  const statuses = statusesOf(context)
  const { options, manner } = context
  const { conversationId = defaultId } = options
  // Where the provider decides, its full pages take the place of those of three conversations.
  const scale = manner.by === 'slice' && manner.isFixed ? manner.size / 3 : 1
  const counts = sizes.map((size) => Math.ceil(size * scale))
  const total = counts.reduce((sum, count) => sum + count, 0)
  const ids = distinctTexts(
    'conversationId',
    Array.from({ length: total }, (_, index) => conversationId(index + 1)),
  )
  const all = ids.map((id, index) => ({ id, status: statuses[index % statuses.length] ?? 'active' }))
  return counts.map((count) => all.splice(0, count))
}

const defaultId = (number: number): string => {
  const id = `Conversation-${String(number).padStart(2, '0')}`
  return number % 4 === 0 ? id.toUpperCase() : id
}

/** The statuses that a provider can send: all but the model's word for unknown ones. */
export function statusesOf({ options }: CaseContext): readonly ConversationStatus[] {
  const { capabilities } = unusedProvider(options)
  const statuses = capabilities.statuses.filter((status) => status !== 'unknown')
  return statuses.length === 0 ? ['unknown'] : statuses
}
