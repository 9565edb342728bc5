import type { Customer } from '../shared/api.ts'
import { Notice } from './notice.tsx'

/** Before anybody is searched for. The stand-in's customers are a click away. */
export function Welcome({
  customers,
  onChoose,
}: {
  customers: readonly Customer[] | null
  onChoose(address: string): void
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
            {customers.map(({ name, address, note }) => (
              <li key={address}>
                <button type="button" onClick={() => onChoose(address)}>
                  <strong>{name}</strong>
                  <span>{address}</span>
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
