import type { KeyboardEvent, RefObject } from 'react'
import { type InboxConversation, providerTitle } from '../shared/api.ts'
import { ConversationRow } from './conversation-row.tsx'
import { ListEnd } from './list-end.tsx'
import { EmptyState, ErrorState } from './list-states.tsx'
import type { Search } from './search.ts'
import { type Conversations, keyOf } from './use-conversations.ts'

export interface ConversationListProps {
  list: Conversations
  search: Search
  providers: readonly string[]
  /** What scrolls. */
  scroller: RefObject<HTMLElement | null>
  heading: RefObject<HTMLHeadingElement | null>
  selected: InboxConversation | null
  onSelect(conversation: InboxConversation): void
  onShowAll(): void
}

export function ConversationList(props: ConversationListProps) {
  const { list, search, providers, scroller, heading, selected, onSelect, onShowAll } = props
  const { conversations, failures, error, isLoading, hasMore } = list
  const isEmpty = conversations.length === 0
  const selectedKey = selected && keyOf(selected)

  return (
    <section className="list" aria-labelledby="conversations" aria-busy={isLoading}>
      <h2 id="conversations" className="visually-hidden" tabIndex={-1} ref={heading}>
        Conversations of {search.address}
      </h2>
      <p className="summary" role="status">
        {summaryOf(list, providers)}
      </p>
      <ul onKeyDown={moveFocus}>
        {conversations.map((conversation) => {
          const key = keyOf(conversation)
          return (
            <ConversationRow
              key={key}
              conversation={conversation}
              isSelected={key === selectedKey}
              onSelect={onSelect}
            />
          )
        })}
      </ul>
      {isEmpty && error !== null && <ErrorState error={error} onRetry={list.retry} />}
      {isEmpty && error === null && !isLoading && !hasMore && (
        <EmptyState search={search} failures={failures} onRetry={list.retryFailed} onShowAll={onShowAll} />
      )}
      <ListEnd list={list} scroller={scroller} />
    </section>
  )
}

/** A live region: read out when it changes. */
function summaryOf(list: Conversations, providers: readonly string[]): string {
  const { conversations, failures, isLoading, hasMore, error } = list
  const count = conversations.length
  if (count === 0) return isLoading ? `Loading from ${providers.map(providerTitle).join(' and ')}…` : ''
  const counted = `${count} ${count === 1 ? 'conversation' : 'conversations'}`
  const isComplete = !isLoading && !hasMore && error === null && failures.length === 0
  return `${counted}${isComplete ? '' : ' so far'}${providers.length > 1 ? ', provider by provider' : ''}`
}

/** The arrow keys, Home and End go from row to row. */
function moveFocus(event: KeyboardEvent<HTMLUListElement>): void {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('.row')]
  const index = rows.findIndex((row) => row.contains(document.activeElement))
  const targets: Record<string, number> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    Home: 0,
    End: rows.length - 1,
  }
  const target = rows[targets[event.key] ?? -1]
  if (index < 0 || target === undefined) return
  event.preventDefault()
  target.focus()
}
