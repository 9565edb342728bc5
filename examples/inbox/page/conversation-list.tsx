import { type KeyboardEvent, type RefObject, useRef } from 'react'
import { type InboxConversation, providerTitle } from '../shared/api.ts'
import { ConversationRow } from './conversation-row.tsx'
import { FailureBanner } from './failure-banner.tsx'
import { ListEnd } from './list-end.tsx'
import { EmptyState, ErrorState } from './list-states.tsx'
import type { Search } from './search.ts'
import { keyOf, useConversations } from './use-conversations.ts'

export interface ConversationListProps {
  search: Search
  providers: readonly string[]
  /** What scrolls. */
  scroller: RefObject<HTMLElement | null>
  selected: InboxConversation | null
  onSelect(conversation: InboxConversation): void
  onShowAll(): void
}

export function ConversationList(props: ConversationListProps) {
  const { search, providers, scroller, selected, onSelect, onShowAll } = props
  const list = useConversations(search)
  const { conversations, failures, error, isLoading, hasMore } = list
  const heading = useRef<HTMLHeadingElement>(null)

  /** The button that was pressed goes away. */
  const andFocus = (retry: () => void) => () => {
    heading.current?.focus()
    retry()
  }
  const isSettled = !isLoading && !hasMore
  const isNothingShown = conversations.length === 0
  const selectedKey = selected && keyOf(selected)

  return (
    <section className="list" aria-labelledby="conversations" aria-busy={isLoading}>
      <h2 id="conversations" className="visually-hidden" tabIndex={-1} ref={heading}>
        Conversations of {search.address}
      </h2>
      <p className="summary" role="status">
        {summaryOf(list, providers)}
      </p>
      {failures.length > 0 && !isNothingShown && (
        <FailureBanner
          failures={failures}
          conversations={conversations}
          onRetry={andFocus(list.retryFailed)}
        />
      )}
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
      {isNothingShown && error !== null && <ErrorState error={error} onRetry={andFocus(list.retry)} />}
      {isNothingShown && isSettled && error === null && (
        <EmptyState
          search={search}
          failures={failures}
          onRetry={andFocus(list.retryFailed)}
          onShowAll={onShowAll}
        />
      )}
      <ListEnd list={list} scroller={scroller} onRetry={andFocus(list.retry)} />
    </section>
  )
}

function summaryOf(
  { conversations, isLoading, hasMore, error }: ReturnType<typeof useConversations>,
  providers: readonly string[],
): string {
  const count = conversations.length
  if (count === 0) return isLoading ? `Looking at ${providers.map(providerTitle).join(' and ')} …` : ''
  const noun = count === 1 ? 'conversation' : 'conversations'
  if (error !== null || hasMore || isLoading) return `${count} ${noun} so far`
  return `${count} ${noun}`
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
