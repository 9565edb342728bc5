import type { PageSize, Paging, Place } from './description.ts'

/** How an adapter pages, as its description says: for `testProvider()`, which plays the provider. */
export interface DescribedPaging {
  readonly by: Paging<unknown>['by']
  /** Where a request has its page token, number or offset. */
  readonly place: Place
  /** The number of the first page. */
  readonly first: number
  readonly pageSize: PageSize | undefined
}

/** The same for every copy of this library: the testing entry may be another one than the adapter's. */
const KEY = Symbol.for('participant-conversations.described-paging')

/** Keeps how an adapter pages with its provider, without showing it. */
export function rememberPaging<P extends object, Page>(
  provider: P,
  paging: Paging<Page>,
  pageSize: PageSize | undefined,
): P {
  const { by, query, body, first = 1 }: AnyPaging = paging
  const value: DescribedPaging = { by, place: { query: [query].flat()[0], body }, first, pageSize }
  return Object.defineProperty(provider, KEY, { value })
}

/** What the kinds of paging have in common. */
interface AnyPaging {
  readonly by: DescribedPaging['by']
  readonly query?: string | readonly string[] | undefined
  readonly body?: string | undefined
  readonly first?: number | undefined
}

/** How an adapter pages; null for a provider that is written by hand. */
export function pagingOf(provider: object): DescribedPaging | null {
  const { [KEY]: paging }: { readonly [KEY]?: DescribedPaging } = provider
  return paging ?? null
}
