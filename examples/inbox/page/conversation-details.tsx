import { useEffect, useRef } from 'react'
import type { InboxConversation } from '../shared/api.ts'
import { dateOf } from './dates.ts'
import { Facts } from './facts.tsx'
import { ChannelBadge, ProviderBadge, StatusBadge, titleOf } from './labels.tsx'
import { Participants } from './participants.tsx'
import { When } from './when.tsx'

export interface ConversationDetailsProps {
  conversation: InboxConversation | null
  /** Whether they cover the list. */
  isNarrow: boolean
  onClose(): void
}

export function ConversationDetails({ conversation, isNarrow, onClose }: ConversationDetailsProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation begins at its heading again
  useEffect(() => {
    heading.current?.parentElement?.parentElement?.scrollTo({ top: 0 })
    if (isNarrow) heading.current?.focus()
  }, [conversation, isNarrow])

  if (conversation === null) {
    return isNarrow ? null : (
      <aside className="details-pane is-empty" aria-label="Details">
        <p>Select a conversation to see its details.</p>
      </aside>
    )
  }
  const { provider, status, description, lastMessage } = conversation
  return (
    <aside className="details-pane" aria-labelledby="details">
      {isNarrow && (
        <button type="button" className="back" onClick={onClose}>
          <span aria-hidden="true">←</span> All conversations
        </button>
      )}
      <header>
        <span className="badges">
          <ProviderBadge provider={provider} />
          <ChannelBadge conversation={conversation} />
          <StatusBadge status={status} />
        </span>
        <h2 id="details" tabIndex={-1} ref={heading}>
          <bdi>{titleOf(conversation)}</bdi>
        </h2>
        {description && (
          <p>
            <bdi>{description}</bdi>
          </p>
        )}
      </header>
      {lastMessage && (
        <figure className="last-message">
          <blockquote>
            <bdi>{lastMessage.text ?? `(${lastMessage.type ?? 'message'})`}</bdi>
          </blockquote>
          <figcaption>
            {lastMessage.sender?.name && <bdi>{lastMessage.sender.name}</bdi>}
            <When date={dateOf(lastMessage.createdAt)} />
            {lastMessage.status && <span>{lastMessage.status.replaceAll('_', ' ')}</span>}
          </figcaption>
        </figure>
      )}
      <Facts conversation={conversation} />
      <Participants conversation={conversation} />
    </aside>
  )
}
