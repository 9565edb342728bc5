import type { ResponseOwner } from '../check-response.ts'
import { damagedCursor } from '../damaged-cursor.ts'
import { endReader } from './end-reader.ts'
import { type Pager, placed } from './pager.ts'
import type { OffsetPaging } from './paging.ts'

export function offsetPager<Page>(owner: ResponseOwner, paging: OffsetPaging<Page>): Pager<Page> {
  const { total, more } = paging
  const isLast = endReader(owner, total, more, (next, end) => next >= end)
  const read = (token: string | null): number => {
    if (!/^\d{1,15}$/.test(token ?? '0')) throw damagedCursor(owner.name)
    return Number(token ?? 0)
  }
  return {
    additionsFor: (token) => placed(paging, read(token)),
    next(response) {
      const next = read(response.token) + response.info.rowCount
      return isLast(response, next) ? null : String(next)
    },
  }
}
