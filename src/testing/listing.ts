import type { PageTokenForm } from './page-tokens.ts'

/** Everything that matches one query, in order, with a page token for each position. */
export interface Listing<T> {
  readonly items: readonly T[]
  /** null at the start and at the end, where no token is needed. */
  tokenAt(position: number): string | null
  /** undefined for a token of another listing. */
  positionOf(token: string): number | undefined
  /** The number of the page that begins at a position. Pages are counted as they are requested, whatever their sizes. */
  countPage(position: number, size: number): number
  /** Forgets the pages that were requested. Page tokens stay valid. */
  forgetPages(): void
}

/** The listings of all queries. */
export interface Listings<T> {
  of(query: string, select: () => readonly T[]): Listing<T>
  forgetPages(): void
}

/**
 * Keeps the listing of each query, so that every page costs the same, however long the listing is. `query` must name
 * everything that decides what is selected: it also binds a token to its query.
 */
export function createListings<T>(form: PageTokenForm): Listings<T> {
  const listings = new Map<string, Listing<T>>()
  return {
    of(query, select) {
      const known = listings.get(query)
      if (known) return known
      const listing = createListing(select(), (position) => form(query, position))
      listings.set(query, listing)
      return listing
    },
    forgetPages() {
      for (const listing of listings.values()) listing.forgetPages()
    },
  }
}

function createListing<T>(items: readonly T[], form: (position: number) => string): Listing<T> {
  let positions: Map<string, number> | undefined
  const pages = new Map<number, number>()
  return {
    items,
    tokenAt: (position) => (position > 0 && position < items.length ? form(position) : null),
    positionOf(token) {
      positions ??= new Map(items.map((_, position) => [form(position), position]))
      return positions.get(token)
    },
    countPage(position, size) {
      const page = pages.get(position) ?? Math.floor(position / size) + 1
      pages.set(position + size, page + 1)
      return page
    },
    forgetPages: () => pages.clear(),
  }
}
