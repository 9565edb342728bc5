import { describe, expect, it } from 'vitest'
import { defineProvider, type PageSize, type Paging } from '../../src/adapter.ts'
import {
  type AnyConversation,
  type ConversationPage,
  InvalidCursorError,
  listParticipantConversations,
} from '../../src/index.ts'
import { described, participant, rowsFrom } from '../support/described.ts'
import { collect, errorOf, idsOf, recordingFetch } from '../support/listing.ts'

const COUNT = 11
const all = idsOf(rowsFrom(0, COUNT))
const chosen: PageSize = { query: 'limit', max: 5 }
const searchesOf = (requests: readonly { url: URL }[]) => requests.map(({ url }) => url.search)

interface Served {
  readonly count?: number
  readonly paging: Paging<unknown>
  readonly pageSize?: PageSize | undefined
  readonly first?: 0 | 1
}

/** An API that slices its list: from `from` on, or from the page with the number `page` on. */
function serving({ count = COUNT, paging, pageSize, first = 1 }: Served) {
  const { fetch, requests } = recordingFetch(({ url }) => {
    const number = (name: string, missing: number) => Number(url.searchParams.get(name) ?? missing)
    const size = number('limit', 5)
    const start = number('from', (number('page', first) - first) * size)
    const end = Math.min(start + size, count)
    const last = Math.max(Math.ceil(count / size), 1) - 1 + first
    return { items: rowsFrom(start, end), last, total: count, more: end < count }
  })
  const provider = defineProvider({ ...described, http: { fetch }, paging, pageSize })
  const list = (options: { pageSize?: number; limit?: number; cursor?: string | null } = {}) =>
    listParticipantConversations({ provider, participant, ...options })
  return { list, requests }
}

describe('paging by number', () => {
  const by = { by: 'number', query: 'page' } as const

  it.each([
    ['with the number of the last page', { last: 'last' }, [1, 2, 3]],
    ['with a sign that more follow', { more: 'more' }, [1, 2, 3]],
    ['with neither, at an empty page', {}, [1, 2, 3, 4]],
  ])('ends %s', async (_what, end, pages) => {
    const { list, requests } = serving({ paging: { ...by, ...end }, pageSize: chosen })
    expect(idsOf(await list().toArray())).toEqual(all)
    expect(searchesOf(requests)).toEqual(pages.map((page) => `?limit=5&page=${page}`))
  })

  it.each([
    [{ last: 'last' }, [0, 1, 2]],
    [{ more: 'more' }, [0, 1, 2]],
    [{}, [0, 1, 2, 3]],
  ])('may begin with page 0: %j', async (end, pages) => {
    const paging = { ...by, ...end, first: 0 } as const
    const { list, requests } = serving({ paging, pageSize: chosen, first: 0 })
    expect(idsOf(await list().toArray())).toEqual(all)
    expect(searchesOf(requests)).toEqual(pages.map((page) => `?limit=5&page=${page}`))
  })

  it('prefers the sign that more follow to the number of the last page', async () => {
    const { list } = serving({ paging: { ...by, last: () => 1, more: 'more' }, pageSize: chosen })
    expect(idsOf(await list().toArray())).toEqual(all)
  })

  it.each([{ last: 'last' }, { last: 'missing' }, { more: 'more' }, {}])(
    'ends at a first page that is empty: %j',
    async (end) => {
      const { list, requests } = serving({ count: 0, paging: { ...by, ...end }, pageSize: chosen })
      expect(await list().toArray()).toEqual([])
      expect(requests).toHaveLength(1)
    },
  )

  it.each([
    ['a fixed page size', { fixed: 5 }],
    ['a page size that the provider decides', undefined],
  ])('sends the number alone with %s, whatever page size is wanted', async (_what, pageSize) => {
    const { list, requests } = serving({ paging: { ...by, last: 'last' }, pageSize })
    expect(idsOf(await list({ pageSize: 2 }).toArray())).toEqual(all)
    expect(searchesOf(requests)).toEqual(['?page=1', '?page=2', '?page=3'])
  })

  it('tells a function the fixed page size, whatever page size is wanted', async () => {
    const paging: Paging<unknown> = { ...by, more: (_page, { rowCount, pageSize }) => rowCount === pageSize }
    const { list, requests } = serving({ paging, pageSize: { fixed: 5 } })
    expect(idsOf(await list({ pageSize: 2 }).toArray())).toEqual(all)
    expect(requests).toHaveLength(3)
  })

  it('sends the number at a path in the body', async () => {
    const { fetch, requests } = recordingFetch((_, index) => ({
      items: rowsFrom(index, Math.min(index + 1, 2)),
    }))
    const paging = { by: 'number', body: 'page.number' } as const
    const pageSize = { body: 'page.size', max: 1 }
    const provider = defineProvider({ ...described, http: { fetch }, paging, pageSize })
    expect(await listParticipantConversations({ provider, participant }).toArray()).toHaveLength(2)
    expect(requests.map(({ body }) => body)).toEqual(
      [1, 2, 3].map((number) => ({ page: { number, size: 1 } })),
    )
  })

  it('never changes the page size within a listing, whatever its limit', async () => {
    for (const limit of [1, 4, 5, 6, 9, 11, 20]) {
      const { list, requests } = serving({ paging: { ...by, last: 'last' }, pageSize: chosen })
      expect(idsOf(await list({ limit, pageSize: 4 }).toArray())).toEqual(all.slice(0, limit))
      expect(new Set(requests.map(({ url }) => url.searchParams.get('limit'))).size).toBe(1)
    }
  })
})

describe('paging by offset', () => {
  const by = { by: 'offset', query: 'from' } as const

  it.each([
    ['with the total', { total: 'total' }, [0, 5, 10]],
    ['with a sign that more follow', { more: 'more' }, [0, 5, 10]],
    ['with neither, at an empty page', {}, [0, 5, 10, 11]],
  ])('ends %s', async (_what, end, offsets) => {
    const { list, requests } = serving({ paging: { ...by, ...end }, pageSize: chosen })
    expect(idsOf(await list().toArray())).toEqual(all)
    expect(searchesOf(requests)).toEqual(offsets.map((offset) => `?limit=5&from=${offset}`))
  })

  it('advances by what a page has, if the provider returns fewer than requested', async () => {
    const { list, requests } = serving({ paging: { ...by, total: 'total' } })
    expect(idsOf(await list({ pageSize: 50 }).toArray())).toEqual(all)
    expect(searchesOf(requests)).toEqual(['?from=0', '?from=5', '?from=10'])
  })
})

const kinds: [string, Paging<unknown>][] = [
  ['number with last', { by: 'number', query: 'page', last: 'last' }],
  ['number with more', { by: 'number', query: 'page', more: 'more' }],
  ['number alone', { by: 'number', query: 'page' }],
  ['offset with total', { by: 'offset', query: 'from', total: 'total' }],
  ['offset with more', { by: 'offset', query: 'from', more: 'more' }],
  ['offset alone', { by: 'offset', query: 'from' }],
]

describe.each(kinds)('a listing by %s', (_kind, paging) => {
  const sizes = [1, 2, 3, 4, 5]

  it('loses and repeats nothing when it continues from any cursor with another page size', async () => {
    for (const [pageSize, other] of sizes.flatMap((size) => sizes.map((next) => [size, next] as const))) {
      const { list } = serving({ paging, pageSize: chosen })
      const before: string[] = []
      for (const { items, nextCursor } of await collect(list({ pageSize }).pages())) {
        before.push(...idsOf(items))
        const rest = list({ pageSize: other, cursor: nextCursor })
        const after = nextCursor === null ? [] : idsOf(await rest.toArray())
        expect([...before, ...after]).toEqual(all)
      }
    }
  })

  it('loses and repeats nothing when it is read in steps of a limit, each with another page size', async () => {
    for (const limit of [1, 2, 3, 4, 6, 7]) {
      const { list } = serving({ paging, pageSize: chosen })
      const found: string[] = []
      let cursor: string | null = null
      let step = 0
      do {
        const pageSize: number = sizes[step % sizes.length] ?? 1
        const pages: readonly ConversationPage<AnyConversation>[] = await collect(
          list({ limit, cursor, pageSize }).pages(),
        )
        found.push(...pages.flatMap(({ items }) => idsOf(items)))
        cursor = pages.at(-1)?.nextCursor ?? null
        step += 1
      } while (cursor !== null)
      expect(found).toEqual(all)
    }
  })

  it('is refused with a cursor that has been tampered with', async () => {
    const { list, requests } = serving({ paging, pageSize: chosen })
    const [page] = await collect(list({ limit: 5 }).pages())
    const forged = (token: string) => {
      const payload = JSON.parse(Buffer.from(page?.nextCursor ?? '', 'base64url').toString())
      return Buffer.from(JSON.stringify({ ...payload, t: token })).toString('base64url')
    }
    const sent = requests.length
    const tokens = ['x', '-1', '1.5', '1e3', ' 2', '2/', '2/5/1', '9'.repeat(16)]
    const sizesToo = paging.by === 'number' ? ['2', '2/0', '2/6', '2/05'] : []
    for (const token of [...tokens, ...sizesToo]) {
      const error = await errorOf(list({ cursor: forged(token) }).toArray(), InvalidCursorError)
      expect(error.message).toContain('cursor is damaged')
      expect(error.provider).toBe('example')
    }
    expect(requests).toHaveLength(sent)
  })
})
