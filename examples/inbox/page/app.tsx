import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { flushSync } from 'react-dom'
import { fetchInfo, isRefused } from './api-client.ts'
import { ConversationDetails } from './conversation-details.tsx'
import { ConversationList } from './conversation-list.tsx'
import { FailureBanner } from './failure-banner.tsx'
import { Header } from './header.tsx'
import { moveFocus } from './rows.ts'
import type { StatusFilter as Status } from './search.ts'
import { SearchForm } from './search-form.tsx'
import { StatusFilter } from './status-filter.tsx'
import { forgetConversations, useConversations } from './use-conversations.ts'
import { useIsNarrow } from './use-is-narrow.ts'
import { useSelection } from './use-selection.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { pushView, replaceView, START, useView } from './view.ts'
import { Welcome } from './welcome.tsx'

export function App() {
  const queryClient = useQueryClient()
  const view = useView()
  const { data: info } = useQuery({ queryKey: ['inbox'], queryFn: ({ signal }) => fetchInfo(signal) })
  const list = useConversations(view)
  const isNarrow = useIsNarrow()
  const { selected, select, close } = useSelection(view, list.conversations, isNarrow)
  const scroller = useRef<HTMLElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const input = useRef<HTMLInputElement>(null)

  const { error } = list
  useEffect(() => {
    if (isRefused(error)) input.current?.select()
  }, [error])

  const isOpen = selected !== null
  useShortcuts({
    '/': () => input.current?.select(),
    j: () => moveFocus(1, isOpen),
    k: () => moveFocus(-1, isOpen),
    Escape: () => isOpen && close(),
  })

  function searchFor(addresses: readonly string[]): void {
    forgetConversations(queryClient, addresses)
    const isAgain = addresses.join() === view.addresses.join()
    const show = isAgain ? replaceView : pushView
    // At once: the heading of what is found gets the focus.
    flushSync(() => show({ ...START, addresses, status: isAgain ? view.status : 'all' }))
    heading.current?.focus()
    scroller.current?.scrollTo({ top: 0 })
  }
  function filterBy(status: Status): void {
    pushView({ status, selected: null, isStep: false })
    scroller.current?.scrollTo({ top: 0 })
  }
  /** The button that was pressed goes away, and the focus must not go with it. */
  const fromHeading = (action: () => void) => () => {
    heading.current?.focus({ preventScroll: true })
    action()
  }

  return (
    <div className="inbox">
      <main className="list-pane" ref={scroller} inert={isNarrow && isOpen}>
        <Header info={info} />
        <div className="controls">
          <SearchForm
            addresses={view.addresses}
            input={input}
            isRefused={isRefused(error)}
            onSearch={searchFor}
          />
          <StatusFilter statuses={info?.statuses ?? []} value={view.status} onChange={filterBy} />
          <FailureBanner list={list} onRetry={fromHeading(list.retryFailed)} />
        </div>
        {view.addresses.length === 0 ? (
          <Welcome customers={info?.customers ?? null} onChoose={searchFor} />
        ) : (
          <ConversationList
            list={{
              ...list,
              loadMore: fromHeading(list.loadMore),
              retry: fromHeading(list.retry),
              retryFailed: fromHeading(list.retryFailed),
            }}
            search={view}
            providers={info?.providers ?? []}
            heading={heading}
            selected={selected}
            onSelect={select}
            onSearch={searchFor}
            onShowAll={() => filterBy('all')}
          />
        )}
      </main>
      <ConversationDetails conversation={selected} isNarrow={isNarrow} onClose={close} />
    </div>
  )
}
