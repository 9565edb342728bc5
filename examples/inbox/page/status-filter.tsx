import type { ConversationStatus } from 'participant-conversations'
import { capitalize } from './labels.tsx'
import { statusFilters, type StatusFilter as Value } from './search.ts'

export interface StatusFilterProps {
  statuses: readonly ConversationStatus[]
  value: Value
  onChange(value: Value): void
}

export function StatusFilter({ statuses, value, onChange }: StatusFilterProps) {
  return (
    <fieldset className="status-filter">
      <legend className="visually-hidden">Status</legend>
      {statusFilters(statuses).map((status) => (
        <label key={status}>
          <input type="radio" name="status" checked={status === value} onChange={() => onChange(status)} />
          <span>{capitalize(status)}</span>
        </label>
      ))}
    </fieldset>
  )
}
