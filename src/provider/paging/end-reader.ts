import type { ResponseOwner } from '../check-response.ts'
import type { ReadablePage } from './pager.ts'
import type { Read } from './paging.ts'
import { asBoolean, asNumber, notDocumented, typedReader } from './typed-reader.ts'

/** Whether a page is the last one, by a number, by a sign that more follow, or else because it is empty. */
export function endReader<Page>(
  owner: ResponseOwner,
  end: Read<Page, number> | undefined,
  more: Read<Page, boolean> | undefined,
  isReached: (position: number, end: number) => boolean,
): (response: ReadablePage<Page>, position: number) => boolean {
  const readEnd = end === undefined ? null : typedReader(owner, end, asNumber)
  const readMore = more === undefined ? null : typedReader(owner, more, asBoolean)
  return (response, position) => {
    if (readMore !== null) return readMore(response) !== true
    const found = readEnd?.(response) ?? null
    if (found !== null) return isReached(position, found)
    if (response.info.rowCount === 0) return true
    if (end !== undefined) throw notDocumented(owner, end, 'is missing')
    return false
  }
}
