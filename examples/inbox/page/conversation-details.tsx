import { useEffect, useRef } from 'react'
import { type InboxConversation, type InboxInfo, providerTitle } from '../shared/api.ts'
import { dateOf } from './dates.ts'
import { Attributes, SystemFacts } from './facts.tsx'
import { Badges, titleOf } from './labels.tsx'
import { Participants } from './participants.tsx'
import { When } from './when.tsx'

export interface ConversationDetailsProps {
  conversation: InboxConversation
  consoleUrls: InboxInfo['consoleUrls']
  /** Whether they cover the list. */
  isNarrow: boolean
  onClose(): void
}

export function ConversationDetails(props: ConversationDetailsProps) {
  const { conversation, consoleUrls, isNarrow, onClose } = props
  const pane = useRef<HTMLElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation begins at its heading again
  useEffect(() => {
    pane.current?.scrollTo({ top: 0 })
    if (isNarrow) heading.current?.focus()
  }, [conversation.id, isNarrow])

  const { description, attributes } = conversation
  return (
    <aside className="details-pane" aria-labelledby="details" ref={pane}>
      {isNarrow && (
        <button type="button" className="back" onClick={onClose}>
          <span aria-hidden="true">←</span> All conversations
        </button>
      )}
      <header>
        <Badges conversation={conversation} />
        <h2 id="details" tabIndex={-1} ref={heading}>
          <bdi>{titleOf(conversation)}</bdi>
        </h2>
        {description && (
          <p>
            <bdi>{description}</bdi>
          </p>
        )}
        <ConsoleLink conversation={conversation} consoleUrls={consoleUrls} />
      </header>
      <LastMessage conversation={conversation} />
      <Participants conversation={conversation} />
      <SystemFacts conversation={conversation} />
      <Attributes attributes={attributes} />
    </aside>
  )
}

function LastMessage({ conversation: { lastMessage } }: { conversation: InboxConversation }) {
  if (lastMessage === null) return null
  const { text, type, sender, createdAt, status } = lastMessage
  return (
    <figure className="last-message">
      <blockquote>
        <bdi>{text ?? `(${type ?? 'message'})`}</bdi>
      </blockquote>
      <figcaption>
        {sender?.name && <bdi>{sender.name}</bdi>}
        <When date={dateOf(createdAt)} />
        {status && <span>{status.replaceAll('_', ' ')}</span>}
      </figcaption>
    </figure>
  )
}

function ConsoleLink({
  conversation: { provider, id, serviceId },
  consoleUrls,
}: Pick<ConversationDetailsProps, 'conversation' | 'consoleUrls'>) {
  const template = consoleUrls[provider]
  if (template === undefined) return null
  const url = template
    .replaceAll('{id}', encodeURIComponent(id))
    .replaceAll('{serviceId}', encodeURIComponent(serviceId ?? ''))
  return (
    <p>
      <a href={url} target="_blank" rel="noreferrer">
        Open in {providerTitle(provider)}
      </a>
    </p>
  )
}
