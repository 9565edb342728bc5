import { memo } from 'react'
import type { InboxConversation } from '../shared/api.ts'
import { ChannelBadge, ProviderBadge, StatusBadge, titleOf } from './labels.tsx'
import { lastActivity } from './newest-first.ts'
import { keyOf } from './use-conversations.ts'
import { When } from './when.tsx'

export interface ConversationRowProps {
  conversation: InboxConversation
  isSelected: boolean
  isTabStop: boolean
  onSelect(conversation: InboxConversation): void
}

/** `bdi` keeps text that is written from right to left, or pretends to be, from turning what stands beside it. */
export const ConversationRow = memo(function ConversationRow({
  conversation,
  isSelected,
  isTabStop,
  onSelect,
}: ConversationRowProps) {
  const { provider, status } = conversation
  return (
    <li>
      <button
        type="button"
        className="row"
        data-key={keyOf(conversation)}
        tabIndex={isTabStop ? 0 : -1}
        aria-current={isSelected ? 'true' : undefined}
        onClick={() => onSelect(conversation)}
      >
        <span className="row-head">
          <bdi className="row-title">{titleOf(conversation)}</bdi>
          <When date={lastActivity(conversation)} />
        </span>
        <LastMessage conversation={conversation} />
        <span className="badges">
          <ProviderBadge provider={provider} />
          <ChannelBadge conversation={conversation} />
          <StatusBadge status={status} />
        </span>
      </button>
    </li>
  )
})

function LastMessage({ conversation: { lastMessage } }: { conversation: InboxConversation }) {
  if (lastMessage === null) return null
  const { sender, text, type } = lastMessage
  return (
    <span className="row-message">
      {sender?.name && (
        <>
          <bdi>{sender.name}</bdi>:{' '}
        </>
      )}
      {text ? <bdi>{text}</bdi> : <em>{type ?? 'message'}</em>}
    </span>
  )
}
