import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { flushSync } from 'react-dom'
import { isRefused } from './api-client.ts'
import { ConversationList } from './conversation-list.tsx'
import { Customer } from './customer.tsx'
import { DetailsPane } from './details-pane.tsx'
import { FailureBanner } from './failure-banner.tsx'
import { ChannelNames } from './labels.tsx'
import { moveFocus } from './rows.ts'
import type { StatusFilter as Status } from './search.ts'
import { SearchForm } from './search-form.tsx'
import { StatusFilter } from './status-filter.tsx'
import { TopBar } from './top-bar.tsx'
import { forgetConversations, useConversations } from './use-conversations.ts'
import { useInfo } from './use-info.ts'
import { useIsNarrow } from './use-is-narrow.ts'
import { useSelection } from './use-selection.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { pushView, replaceView, START, useView } from './view.ts'
import { Welcome } from './welcome.tsx'

export function App() {
  const queryClient = useQueryClient()
  const view = useView()
  const { info, infoError } = useInfo()
  const list = useConversations(view)
  // What is open is counted whatever the list is filtered by. Without a filter the two are one.
  const all = useConversations({ addresses: view.addresses, status: 'all' })
  const isNarrow = useIsNarrow()
  const { selected, select, close } = useSelection(view, list.conversations, isNarrow)
  const scroller = useRef<HTMLElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const input = useRef<HTMLInputElement>(null)

  const { error } = list
  useEffect(() => {
    if (isRefused(error)) focusOn(input.current)
  }, [error])

  const isOpen = selected !== null
  useShortcuts({
    '/': () => focusOn(input.current),
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
  const retry = fromHeading(() => {
    list.retry()
    retryCounted()
  })
  const retryFailed = fromHeading(() => {
    list.retryFailed()
    retryCounted()
  })
  /** Without a filter, what is counted is the list, which is already tried again. */
  function retryCounted(): void {
    if (view.status === 'all') return
    if (all.error !== null) all.retry()
    else if (all.failures.length > 0) all.retryFailed()
  }

  const isStart = view.addresses.length === 0
  const isEmpty = list.conversations.length === 0
  // One column where there is nothing to select, unless another filter may change that.
  const isSingle = isStart || (isEmpty && !list.isLoading && view.status === 'all')
  return (
    <ChannelNames value={info.channelNames}>
      <div className={isSingle ? 'inbox is-single' : 'inbox'}>
        <TopBar info={info} isCovered={isNarrow && isOpen}>
          <SearchForm
            addresses={view.addresses}
            input={input}
            isRefused={isRefused(error)}
            onSearch={searchFor}
          />
        </TopBar>
        <main className="list-pane" ref={scroller} inert={isNarrow && isOpen}>
          {isStart ? (
            <Welcome customers={info.customers} error={infoError} onChoose={searchFor} />
          ) : (
            <>
              {!isRefused(error) && (
                <>
                  <Customer
                    addresses={view.addresses}
                    all={all}
                    providers={info.providers}
                    heading={heading}
                  />
                  {!isSingle && (
                    <div className="controls">
                      <StatusFilter statuses={info.statuses} value={view.status} onChange={filterBy} />
                      <FailureBanner list={list} onRetry={retryFailed} />
                    </div>
                  )}
                </>
              )}
              <ConversationList
                list={{
                  ...list,
                  loadMore: fromHeading(list.loadMore),
                  retry,
                  retryFailed,
                }}
                search={view}
                providers={info.providers}
                selected={selected}
                onSelect={select}
                onSearch={searchFor}
                onShowAll={fromHeading(() => filterBy('all'))}
              />
            </>
          )}
        </main>
        {!isSingle && (
          <DetailsPane
            conversation={selected}
            canSelect={!isEmpty}
            consoleUrls={info.consoleUrls}
            isNarrow={isNarrow}
            onClose={close}
          />
        )}
      </div>
    </ChannelNames>
  )
}

/** What is typed next replaces what is there. */
function focusOn(input: HTMLInputElement | null): void {
  input?.focus()
  input?.select()
}
