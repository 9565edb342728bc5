import type { ReactNode } from 'react'

export interface NoticeProps {
  title: string
  children?: ReactNode
  action?: { label: string; onClick(): void }
  /** Whether it is read out when it appears. */
  isAlert?: boolean
}

/** A state of the list as a whole, where conversations would be. */
export function Notice({ title, children, action, isAlert = false }: NoticeProps) {
  return (
    <div className="notice" role={isAlert ? 'alert' : undefined}>
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action && (
        <button type="button" className="primary" onClick={action.onClick}>
          {action.label}
        </button>
      )}
    </div>
  )
}
