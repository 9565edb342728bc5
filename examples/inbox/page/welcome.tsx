import type { Customer } from '../shared/api.ts'
import { Notice } from './notice.tsx'
import { plainAddress } from './search.ts'

export interface WelcomeProps {
  /** The customers of the stand-in, which are a click away. */
  customers: readonly Customer[] | null
  /** Why the server cannot tell. */
  error: Error | null
  onChoose(addresses: readonly string[]): void
}

/** Before anybody is searched for. */
export function Welcome({ customers, error, onChoose }: WelcomeProps) {
  return (
    <div className="welcome">
      <Notice title="Whose conversations?">
        Search for a phone number with its country code, or for an e-mail address. Several addresses of one
        person go together, with a comma between them.
      </Notice>
      {error && <p role="alert">{error.message}</p>}
      {customers && (
        <section className="customers" aria-labelledby="customers">
          <h2 id="customers">Customers of the stand-in</h2>
          <ul>
            {customers.map(({ name, addresses, note }) => (
              <li key={name}>
                <button type="button" onClick={() => onChoose(addresses)}>
                  <strong>{name}</strong>
                  <span>
                    {addresses.map((address) => (
                      <span key={address}>{plainAddress(address)}</span>
                    ))}
                  </span>
                  <small>{note}</small>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
