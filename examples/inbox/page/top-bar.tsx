import type { ReactNode } from 'react'
import { type InboxInfo, providerTitle } from '../shared/api.ts'

export interface TopBarProps {
  info: InboxInfo
  /** Whether the details cover it. */
  isCovered: boolean
  /** The search. */
  children: ReactNode
}

export function TopBar({ info, isCovered, children }: TopBarProps) {
  return (
    <header className="top-bar" inert={isCovered}>
      <h1>Inbox</h1>
      {children}
      <p>
        {info.providers.map(providerTitle).join(' and ')}
        {info.customers && <span className="tag">Stand-in</span>}
      </p>
    </header>
  )
}
