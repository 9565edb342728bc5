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

  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    onSearch(readAddresses(input.current?.value ?? ''))
  }

  return (
    <search>
      <form className="search" onSubmit={submit}>
        <label htmlFor="address">Customer</label>
        <div className="search-field">
          <input
            id="address"
            ref={input}
            type="search"
            placeholder="Phone number or e-mail address"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            aria-invalid={isRefused}
          />
          <button type="submit">Search</button>
        </div>
      </form>
    </search>
  )
}
