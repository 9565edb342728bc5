import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { fetchInfo } from './api-client.ts'
import { ConversationDetails } from './conversation-details.tsx'
import { ConversationList } from './conversation-list.tsx'
import { Header } from './header.tsx'
import type { Search } from './search.ts'
import { SearchForm } from './search-form.tsx'
import { StatusFilter } from './status-filter.tsx'
import { useIsNarrow } from './use-is-narrow.ts'
import { useSelection } from './use-selection.ts'
import { Welcome } from './welcome.tsx'

export function App() {
  const [search, setSearch] = useState<Search>({ address: '', status: 'all' })
  const { data: info } = useQuery({ queryKey: ['inbox'], queryFn: ({ signal }) => fetchInfo(signal) })
  const isNarrow = useIsNarrow()
  const { selected, select, close } = useSelection(isNarrow)
  const scroller = useRef<HTMLElement>(null)
  const isCovered = isNarrow && selected !== null

  const searchFor = (changes: Partial<Search>): void => {
    setSearch({ ...search, ...changes })
    if (selected) close()
    scroller.current?.scrollTo({ top: 0 })
  }

  return (
    <div className="inbox">
      <main className="list-pane" ref={scroller} inert={isCovered}>
        <Header info={info} />
        <div className="controls">
          <SearchForm address={search.address} onSearch={(address) => searchFor({ address })} />
          <StatusFilter value={search.status} onChange={(status) => searchFor({ status })} />
        </div>
        {search.address === '' ? (
          <Welcome customers={info?.customers ?? null} onChoose={(address) => searchFor({ address })} />
        ) : (
          <ConversationList
            key={`${search.address} ${search.status}`}
            search={search}
            providers={info?.providers ?? []}
            scroller={scroller}
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
