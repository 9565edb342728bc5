import type { ResponseOwner } from '../check-response.ts'
import { NOTHING, type Pager, placed } from './pager.ts'
import type { TokenPaging } from './paging.ts'
import { asToken, typedReader } from './typed-reader.ts'

export function tokenPager<Page>(owner: ResponseOwner, paging: TokenPaging<Page>): Pager<Page> {
  const readNext = typedReader(owner, paging.next, asToken)
  return {
    additionsFor: (token) => (token === null ? NOTHING : placed(paging, token)),
    next: readNext,
    secretsIn: (token) => [token],
  }
}
