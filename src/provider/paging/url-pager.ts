import { hidden } from '../../http/url.ts'
import type { ResponseOwner } from '../check-response.ts'
import { nextPageQuery } from './next-page-url.ts'
import { NOTHING, type Pager } from './pager.ts'
import type { UrlPaging } from './paging.ts'
import { asText, typedReader } from './typed-reader.ts'

/** Of the URL, only these parameters are kept, as a query: credentials go to the configured origin alone. */
export function urlPager<Page>(owner: ResponseOwner, paging: UrlPaging<Page>): Pager<Page> {
  const [parameter = '', ...others] = [paging.query].flat()
  const readNext = typedReader(owner, paging.next, asText)
  return {
    additionsFor(token) {
      if (token === null) return NOTHING
      const { [parameter]: sent = '', ...state } = Object.fromEntries(new URLSearchParams(token))
      const known = Object.entries(state).filter(([name]) => others.includes(name))
      return { query: { ...Object.fromEntries(known), [parameter]: hidden(sent) }, body: {} }
    },
    next(response) {
      const query = nextPageQuery(readNext(response), {
        provider: owner.name,
        property: typeof paging.next === 'string' ? paging.next : 'the URL of the next page',
        parameter,
        endpoints: response.endpoints,
        hosts: paging.hosts,
      })
      if (query === null) return null
      const kept = [parameter, ...others].filter((name) => query.has(name))
      return new URLSearchParams(kept.map((name) => [name, query.get(name) ?? ''])).toString()
    },
    secretsIn: (token) => [new URLSearchParams(token).get(parameter) ?? ''],
    // The other parameters are the state of the provider's client, such as a count of pages.
    identityOf: (token) => new URLSearchParams(token).get(parameter) ?? token,
  }
}
