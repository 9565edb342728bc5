import { capitalize } from './labels.tsx'
import { STATUS_FILTERS, type StatusFilter as Value } from './search.ts'

export function StatusFilter({ value, onChange }: { value: Value; onChange(value: Value): void }) {
  return (
    <fieldset className="status-filter">
      <legend className="visually-hidden">Status</legend>
      {STATUS_FILTERS.map((status) => (
        <label key={status}>
          <input type="radio" name="status" checked={status === value} onChange={() => onChange(status)} />
          <span>{capitalize(status)}</span>
        </label>
      ))}
    </fieldset>
  )
}
