import type { ResponseOwner } from '../check-response.ts'
import { damagedCursor } from '../damaged-cursor.ts'
import { endReader } from './end-reader.ts'
import { type Pager, placed } from './pager.ts'
import type { NumberPaging } from './paging.ts'

/**
 * A page number means another page for another size, so the size is part of the token: `3/20`.
 *
 * @param maxPageSize - null if the provider decides about the size
 */
export function numberPager<Page>(
  owner: ResponseOwner,
  paging: NumberPaging<Page>,
  maxPageSize: number | null,
): Pager<Page> {
  const { first = 1, last, more } = paging
  const isLast = endReader(owner, last, more, (current, end) => current >= end)
  const pattern = maxPageSize === null ? /^(\d{1,9})$/ : /^(\d{1,9})\/([1-9]\d{0,8})$/
  const read = (token: string | null): { readonly number: number; readonly size: number | null } => {
    if (token === null) return { number: first, size: null }
    const [, number, size] = pattern.exec(token) ?? []
    if (number === undefined || Number(size) > Number(maxPageSize)) throw damagedCursor(owner.name)
    return { number: Number(number), size: size === undefined ? null : Number(size) }
  }
  return {
    sizeOf: (token) => read(token).size,
    additionsFor: (token) => placed(paging, read(token).number),
    next(response) {
      const { number } = read(response.token)
      if (isLast(response, number)) return null
      return maxPageSize === null ? `${number + 1}` : `${number + 1}/${response.info.pageSize}`
    },
  }
}
