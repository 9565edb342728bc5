import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { fetchInfo } from './api-client.ts'
import { ConversationDetails } from './conversation-details.tsx'
import { ConversationList } from './conversation-list.tsx'
import { FailureBanner } from './failure-banner.tsx'
import { Header } from './header.tsx'
import type { Search } from './search.ts'
import { SearchForm } from './search-form.tsx'
import { StatusFilter } from './status-filter.tsx'
import { useConversations } from './use-conversations.ts'
import { useIsNarrow } from './use-is-narrow.ts'
import { useSelection } from './use-selection.ts'
import { Welcome } from './welcome.tsx'

export function App() {
  const [search, setSearch] = useState<Search>({ address: '', status: 'all', round: 0 })
  const { data: info } = useQuery({ queryKey: ['inbox'], queryFn: ({ signal }) => fetchInfo(signal) })
  const list = useConversations(search)
  const isNarrow = useIsNarrow()
  const { selected, select, close, forget } = useSelection(isNarrow)
  const scroller = useRef<HTMLElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)

  const searchFor = (changes: Partial<Search>): void => {
    setSearch({ ...search, ...changes, round: search.round + 1 })
    forget()
    scroller.current?.scrollTo({ top: 0 })
  }
  /** The button that was pressed goes away, and the focus must not go with it. */
  const fromHeading = (retry: () => void) => () => {
    heading.current?.focus({ preventScroll: true })
    retry()
  }

  return (
    <div className="inbox">
      <main className="list-pane" ref={scroller} inert={isNarrow && selected !== null}>
        <Header info={info} />
        <div className="controls">
          <SearchForm address={search.address} onSearch={(address) => searchFor({ address })} />
          <StatusFilter
            statuses={info?.statuses ?? []}
            value={search.status}
            onChange={(status) => searchFor({ status })}
          />
          <FailureBanner list={list} onRetry={fromHeading(list.retryFailed)} />
        </div>
        {search.address === '' ? (
          <Welcome customers={info?.customers ?? null} onChoose={(address) => searchFor({ address })} />
        ) : (
          <ConversationList
            list={{ ...list, retry: fromHeading(list.retry), retryFailed: fromHeading(list.retryFailed) }}
            search={search}
            providers={info?.providers ?? []}
            scroller={scroller}
            heading={heading}
            selected={selected}
            onSelect={select}
            onShowAll={() => searchFor({ status: 'all' })}
          />
        )}
      </main>
      <ConversationDetails conversation={selected} isNarrow={isNarrow} onClose={close} />
    </div>
  )
}
