import { type SubmitEvent, useEffect, useRef } from 'react'

export interface SearchFormProps {
  /** Whose conversations are shown; empty for nobody's. */
  address: string
  onSearch(address: string): void
}

export function SearchForm({ address, onSearch }: SearchFormProps) {
  const input = useRef<HTMLInputElement>(null)

  // A customer may have been chosen elsewhere.
  useEffect(() => {
    if (input.current && address !== '') input.current.value = address
  }, [address])

  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    onSearch(input.current?.value.trim() ?? '')
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
            maxLength={320}
          />
          <button type="submit">Search</button>
        </div>
      </form>
    </search>
  )
}
