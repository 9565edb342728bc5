import { memo } from 'react'
import type { InboxConversation } from '../shared/api.ts'
import { Badges, titleOf } from './labels.tsx'
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
        <span className="row-message">
          <LastMessage conversation={conversation} />
        </span>
        <Badges conversation={conversation} />
      </button>
    </li>
  )
})

/** Twilio's listing has no messages: who wrote to whom is what it tells. */
function LastMessage({ conversation }: { conversation: InboxConversation }) {
  const { lastMessage, participant, channel } = conversation
  if (lastMessage === null) {
    const from = participant?.address ?? participant?.identity ?? 'Unknown'
    return <bdi>{channel.businessAddress === null ? from : `${from} to ${channel.businessAddress}`}</bdi>
  }
  const { sender, text, type } = lastMessage
  return (
    <>
      {sender?.name && (
        <>
          <bdi>{sender.name}</bdi>:{' '}
        </>
      )}
      {text ? <bdi>{text}</bdi> : <em>{type ?? 'message'}</em>}
    </>
  )
}
