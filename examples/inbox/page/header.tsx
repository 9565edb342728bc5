import { type InboxInfo, providerTitle } from '../shared/api.ts'

export function Header({ info }: { info: InboxInfo | undefined }) {
  return (
    <header className="header">
      <h1>Inbox</h1>
      {info && (
        <p>
          {info.providers.map(providerTitle).join(' and ')}
          {info.customers && <span className="tag">Stand-in</span>}
        </p>
      )}
    </header>
  )
}
