import { ConversationsError } from '../../model/errors.ts'
import type { ResponseOwner } from '../check-response.ts'
import { numberPager } from './number-pager.ts'
import { offsetPager } from './offset-pager.ts'
import { type Additions, NOTHING, type Pager, placed, type ReadablePage } from './pager.ts'
import type { PageSize, Paging } from './paging.ts'
import { tokenPager } from './token-pager.ts'
import { urlPager } from './url-pager.ts'

/** Everything about the pages of an API that does not depend on the participant. */
export interface Pages<Page> {
  readonly maxPageSize: number
  readonly identityOf: ((token: string) => string) | undefined
  /** How many conversations are requested: the fixed size, the one that a token stands for, or the one that is wanted. */
  sizeFor(token: string | null, wanted: number): number
  /** @throws InvalidCursorError for a token that this paging has never made */
  additionsFor(token: string | null, size: number): readonly Additions[]
  /** What must not be shown of a token. */
  secretsIn(token: string | null): readonly string[]
  next(response: ReadablePage<Page>): { nextPageToken: string | null; nextPageError?: ConversationsError }
}

/** For an API that decides by itself how many conversations a page has. */
const NO_MAXIMUM = Number.MAX_SAFE_INTEGER

export function createPages<Page>(
  owner: ResponseOwner,
  paging: Paging<Page>,
  pageSize: PageSize | undefined,
): Pages<Page> {
  const pager = pagerOf(owner, paging, pageSize?.max ?? null)
  return {
    maxPageSize: pageSize?.fixed ?? pageSize?.max ?? NO_MAXIMUM,
    identityOf: pager.identityOf,
    sizeFor: (token, wanted) => pageSize?.fixed ?? (token === null ? null : pager.sizeOf?.(token)) ?? wanted,
    additionsFor(token, size) {
      const ofSize = pageSize?.max === undefined ? NOTHING : placed(pageSize, size)
      return [ofSize, pager.additionsFor(token)]
    },
    secretsIn: (token) => (token === null ? [] : (pager.secretsIn?.(token) ?? [])),
    next(response) {
      try {
        return { nextPageToken: pager.next(response) }
      } catch (cause) {
        // The conversations of this page come first.
        if (!(cause instanceof ConversationsError)) throw cause
        return { nextPageToken: null, nextPageError: cause }
      }
    },
  }
}

function pagerOf<Page>(owner: ResponseOwner, paging: Paging<Page>, maxPageSize: number | null): Pager<Page> {
  switch (paging.by) {
    case 'token':
      return tokenPager(owner, paging)
    case 'url':
      return urlPager(owner, paging)
    case 'number':
      return numberPager(owner, paging, maxPageSize)
    case 'offset':
      return offsetPager(owner, paging)
    case 'none':
      return { additionsFor: () => NOTHING, next: () => null }
  }
}
