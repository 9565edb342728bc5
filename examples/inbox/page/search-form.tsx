import { type RefObject, type SubmitEvent, useEffect } from 'react'
import { readAddresses, writeAddresses } from './search.ts'

export interface SearchFormProps {
  /** Whose conversations are shown; empty for nobody's. */
  addresses: readonly string[]
  input: RefObject<HTMLInputElement | null>
  /** Whether what was searched for is not an address. */
  isRefused: boolean
  onSearch(addresses: readonly string[]): void
}

export function SearchForm({ addresses, input, isRefused, onSearch }: SearchFormProps) {
  // A customer may have been chosen elsewhere.
  useEffect(() => {
    if (input.current) input.current.value = writeAddresses(addresses)
  }, [addresses, input])

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    onSearch(readAddresses(input.current?.value ?? ''))
  }
  function clear(): void {
    if (input.current) input.current.value = ''
    onSearch([])
    input.current?.focus()
  }
  return (
    <search>
      <form onSubmit={submit}>
        <div className="search-field">
          <input
            aria-label="Customer"
            aria-invalid={isRefused}
            aria-keyshortcuts="/"
            ref={input}
            type="search"
            placeholder="Phone number or e-mail"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
          {/* Shown while there is something to clear. */}
          <button type="button" className="clear" aria-label="Clear" onClick={clear} />
        </div>
        <button type="submit" className="primary">
          Search
        </button>
      </form>
    </search>
  )
}
