import type { ReactNode } from 'react'

/** A state of the list as a whole, where conversations would be. */
export function Notice({
  title,
  children,
  action,
}: {
  title: string
  children?: ReactNode
  action?: { label: string; onClick(): void }
}) {
  return (
    <div className="notice">
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action && (
        <button type="button" onClick={action.onClick}>
          {action.label}
        </button>
      )}
    </div>
  )
}
