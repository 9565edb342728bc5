import type { ConversationStatus } from '../../model/conversation.ts'
import type { CaseContext } from './context.ts'
import type { WireConversation } from './wire-page.ts'

/** Creates pages of these sizes. Their conversations are numbered and have the adapter's statuses in turn. */
export function pagesOf(context: CaseContext, sizes: readonly number[]): WireConversation[][] {
  const statuses = statusesOf(context)
  const { options, manner } = context
  const { conversationId = defaultId } = options
  // Where the provider decides, its full pages take the place of those of three conversations.
  const scale = manner.by === 'slice' && manner.isFixed ? manner.size / 3 : 1
  let number = 0
  return sizes.map((size) =>
    Array.from({ length: Math.ceil(size * scale) }, () => {
      number += 1
      return {
        id: conversationId(number),
        status: statuses[(number - 1) % statuses.length] ?? 'active',
      }
    }),
  )
}

const defaultId = (number: number): string => `conversation-${String(number).padStart(2, '0')}`

/** The statuses that a provider can send: all but the model's word for unknown ones. */
export function statusesOf({ options }: CaseContext): readonly ConversationStatus[] {
  const { capabilities } = options.createProvider(() => Promise.reject(new Error('not for requests')))
  const statuses = capabilities.statuses.filter((status) => status !== 'unknown')
  return statuses.length === 0 ? ['unknown'] : statuses
}
