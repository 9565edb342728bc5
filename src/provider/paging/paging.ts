import type { ResponseHead } from '../../http/transport/transport.ts'

/** Where something is in a request: a query parameter, or a path with dots in the body. */
export interface Place {
  /** The name of the query parameter. */
  readonly query?: string | undefined
  /** The path in the body: `pagination.per_page`. */
  readonly body?: string | undefined
}

/** The size of a page: where it goes, or how large pages are if the API does not let clients choose. */
export type PageSize = ChosenPageSize | FixedPageSize

/** A page size that is part of a request. */
export interface ChosenPageSize extends Place {
  /** The most conversations that one request can return. */
  readonly max: number
  readonly fixed?: undefined
}

/** A page size that the provider chooses. */
export interface FixedPageSize {
  /** How many conversations a full page has. */
  readonly fixed: number
  readonly max?: undefined
}

/** A path with dots into the page, or a function that receives the page. */
export type Read<Page, T> = string | ((page: Page, info: PageInfo) => T | null | undefined)

/** What is known about a response besides its page. */
export interface PageInfo extends ResponseHead {
  /** How many conversations were requested. */
  readonly pageSize: number
  /** How many conversations the page has, invalid ones included. */
  readonly rowCount: number
}

/** How one page leads to the next. */
export type Paging<Page> =
  | TokenPaging<Page>
  | UrlPaging<Page>
  | NumberPaging<Page>
  | OffsetPaging<Page>
  | NoPaging

/** Each page has a token that leads to the next one. */
export interface TokenPaging<Page> extends Place {
  /** Which kind of paging it is. */
  readonly by: 'token'
  /** The token of the next page: missing, null or '' on the last page. */
  readonly next: Read<Page, string | number>
}

/** Each page has a URL that leads to the next one. It is not requested: its parameters are added to the request. */
export interface UrlPaging<Page> {
  /** Which kind of paging it is. */
  readonly by: 'url'
  /** The URL of the next page: missing, null or '' on the last page. `linkTo()` reads it from a header. */
  readonly next: Read<Page, string>
  /**
   * The query parameter of the URL that leads to the page, or an array of it and others that are sent along. Only the first one
   * is hidden in errors, hooks and logs.
   */
  readonly query: string | readonly string[]
  /** Other hosts of the provider that may be in the URL. Must match a whole host. Default: that of `baseUrl` alone. */
  readonly hosts?: RegExp | undefined
}

/** Pages have numbers. Without `last` and `more`, the listing ends with the first page that is empty. */
export interface NumberPaging<Page> extends Place {
  /** Which kind of paging it is. */
  readonly by: 'number'
  /** The number of the first page. Default: 1. */
  readonly first?: 0 | 1 | undefined
  /** The number of the last page. */
  readonly last?: Read<Page, number> | undefined
  /** Whether another page follows. */
  readonly more?: Read<Page, boolean> | undefined
}

/** A page begins at an offset. Without `total` and `more`, the listing ends with the first page that is empty. */
export interface OffsetPaging<Page> extends Place {
  /** Which kind of paging it is. */
  readonly by: 'offset'
  /** The total number of conversations. */
  readonly total?: Read<Page, number> | undefined
  /** Whether another page follows. */
  readonly more?: Read<Page, boolean> | undefined
}

/** One response has all conversations. */
export interface NoPaging {
  /** Which kind of paging it is. */
  readonly by: 'none'
}
