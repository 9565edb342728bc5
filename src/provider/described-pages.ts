import type { PageSize, Paging, Place } from './paging/paging.ts'

/** What the description of an adapter says about its pages: for `testProvider()`, which plays the provider. */
export interface DescribedPages {
  readonly by: Paging<unknown>['by']
  /** Where a request has its page token, number or offset. */
  readonly place: Place
  /** The number of the first page. */
  readonly first: number
  readonly pageSize: PageSize | undefined
  /** Whether a page without its list has no conversations. */
  readonly isListOptional: boolean
}

/** The same for every copy of this library: the testing entry may be another one than the adapter's. */
const KEY = Symbol.for('participant-conversations.described-pages')

/** The parts of a description that are about pages. */
interface DescriptionOfPages<Page> {
  readonly paging: Paging<Page>
  readonly pageSize?: PageSize | undefined
  readonly rows: { readonly optional?: boolean | undefined }
}

/** Keeps what a description says about pages with the provider, without showing it. */
export function rememberPages<P extends object, Page>(
  provider: P,
  { paging, pageSize, rows }: DescriptionOfPages<Page>,
): P {
  const { by, query, body, first = 1 }: AnyPaging = paging
  const value: DescribedPages = {
    by,
    place: { query: [query].flat()[0], body },
    first,
    pageSize,
    isListOptional: rows.optional === true,
  }
  return Object.defineProperty(provider, KEY, { value })
}

/** What the kinds of paging have in common. */
interface AnyPaging {
  readonly by: DescribedPages['by']
  readonly query?: string | readonly string[] | undefined
  readonly body?: string | undefined
  readonly first?: number | undefined
}

/** What an adapter's description says about its pages; null for a provider that is written by hand. */
export function describedPagesOf(provider: object): DescribedPages | null {
  const { [KEY]: pages }: { readonly [KEY]?: DescribedPages } = provider
  return pages ?? null
}
