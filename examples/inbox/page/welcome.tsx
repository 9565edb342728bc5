import type { Customer } from '../shared/api.ts'
import { Notice } from './notice.tsx'
import { writeAddresses } from './search.ts'

/** Before anybody is searched for. The stand-in's customers are a click away. */
export function Welcome({
  customers,
  onChoose,
}: {
  customers: readonly Customer[] | null
  onChoose(addresses: readonly string[]): void
}) {
  return (
    <>
      <Notice title="Whose conversations?">
        Search for a phone number with its country code, or for an e-mail address.
      </Notice>
      {customers && (
        <section className="customers" aria-labelledby="customers">
          <h2 id="customers">Customers of the stand-in</h2>
          <ul>
            {customers.map(({ name, addresses, note }) => (
              <li key={name}>
                <button type="button" onClick={() => onChoose(addresses)}>
                  <strong>{name}</strong>
                  <span>{writeAddresses(addresses)}</span>
                  <small>{note}</small>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
