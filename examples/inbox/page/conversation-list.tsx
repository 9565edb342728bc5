import { type FocusEvent, type KeyboardEvent, useCallback, useState } from 'react'
import { type InboxConversation, providerTitle } from '../shared/api.ts'
import { ConversationRow } from './conversation-row.tsx'
import { ListEnd } from './list-end.tsx'
import { EmptyState, ErrorState } from './list-states.tsx'
import { focusFirst, focusLast, moveFocus } from './rows.ts'
import type { Search } from './search.ts'
import { type Conversations, keyOf } from './use-conversations.ts'

export interface ConversationListProps {
  list: Conversations
  search: Search
  providers: readonly string[]
  selected: InboxConversation | null
  onSelect(conversation: InboxConversation): void
  onSearch(addresses: readonly string[]): void
  onShowAll(): void
}

export function ConversationList(props: ConversationListProps) {
  const { list, search, providers, selected, onSelect, onSearch, onShowAll } = props
  const { conversations, error, isLoading, hasMore } = list
  const isEmpty = conversations.length === 0
  const selectedKey = selected && keyOf(selected)
  const [tabStop, setTabStop] = useTabStop(conversations, selectedKey)

  return (
    <section className="list" aria-label="Conversations" aria-busy={isLoading}>
      <p className="summary" role="status">
        {summaryOf(list, providers)}
      </p>
      <ul onKeyDown={(event) => moveByKey(event, selected !== null)} onFocus={setTabStop}>
        {conversations.map((conversation) => {
          const key = keyOf(conversation)
          return (
            <ConversationRow
              key={key}
              conversation={conversation}
              isSelected={key === selectedKey}
              isTabStop={key === tabStop}
              onSelect={onSelect}
            />
          )
        })}
      </ul>
      {isEmpty && error !== null && (
        <ErrorState error={error} search={search} onRetry={list.retry} onSearch={onSearch} />
      )}
      {isEmpty && error === null && !isLoading && !hasMore && (
        <EmptyState list={list} search={search} onShowAll={onShowAll} />
      )}
      <ListEnd list={list} />
    </section>
  )
}

/** The list is one stop of the Tab key: the row that had the focus, else the selected one, else the first. */
function useTabStop(conversations: readonly InboxConversation[], selectedKey: string | null) {
  const [focused, setFocused] = useState<string>()
  const keys = conversations.map(keyOf)
  const tabStop = [focused, selectedKey].find((key) => key && keys.includes(key)) ?? keys[0]
  const onFocus = useCallback(({ target }: FocusEvent<HTMLElement>) => setFocused(target.dataset.key), [])
  return [tabStop, onFocus] as const
}

/** A live region: read out when it changes. */
function summaryOf(list: Conversations, providers: readonly string[]): string {
  const { conversations, failures, isLoading, hasMore, error } = list
  const count = conversations.length
  if (count === 0) return isLoading ? loadingFrom(providers) : ''
  const counted = `${count} ${count === 1 ? 'conversation' : 'conversations'}`
  if (isLoading) return `${counted} so far`
  if (hasMore || error !== null) return `The first ${counted}, newest first`
  return `${counted}${failures.length === 0 ? '' : ' so far'}, newest first`
}

function loadingFrom(providers: readonly string[]): string {
  // After a reload, the list may be requested before the server has said which providers there are.
  return providers.length === 0 ? 'Loading…' : `Loading from ${providers.map(providerTitle).join(' and ')}…`
}

/** The arrow keys, Home and End go from row to row. */
function moveByKey(event: KeyboardEvent<HTMLUListElement>, isOpen: boolean): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const moves: Record<string, () => void> = {
    ArrowDown: () => moveFocus(1, isOpen),
    ArrowUp: () => moveFocus(-1, isOpen),
    Home: () => focusFirst(isOpen),
    End: () => focusLast(isOpen),
  }
  const move = moves[event.key]
  if (move === undefined) return
  event.preventDefault()
  move()
}
