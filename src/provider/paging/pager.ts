import { hidden, type QueryValue } from '../../http/url.ts'
import type { PageInfo, Place } from './paging.ts'

/** What a description adds to a request by itself. */
export interface Additions {
  readonly query: Readonly<Record<string, QueryValue>>
  /** Values for the body, by their path. */
  readonly body: Readonly<Record<string, unknown>>
}

/** A response whose next page is wanted. */
export interface ReadablePage<Page> {
  readonly page: Page
  readonly info: PageInfo
  /** The token of this page; null for the first one. */
  readonly token: string | null
  /** The URLs, without a query, that a next-page URL may have: the one requested, and the provider's public one. */
  readonly endpoints: readonly string[]
}

/** One kind of paging: how a request leads to a page, and which token leads to the next one. */
export interface Pager<Page> {
  /** The size that a token stands for; null if every size will do. */
  sizeOf?(token: string): number | null
  /** What leads to the page of a token. `null` is the first page. */
  additionsFor(token: string | null): Additions
  /** The token of the next page; null at the end. Throws why the next page cannot be requested. */
  next(response: ReadablePage<Page>): string | null
  /** The part of a token that decides where it leads. Default: all of it. */
  identityOf?(token: string): string
  /** What must not be shown of a token, as it is sent. Numbers tell nothing. */
  secretsIn?(token: string): readonly string[]
}

export const NOTHING: Additions = { query: {}, body: {} }

/** Puts a value where a description wants it. A token is not shown. */
export function placed({ query, body }: Place, value: string | number): Additions {
  return {
    query: query === undefined ? {} : { [query]: typeof value === 'string' ? hidden(value) : value },
    body: body === undefined ? {} : { [body]: value },
  }
}
