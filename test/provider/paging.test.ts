import { describe, expect, it } from 'vitest'
import { defineProvider, linkTo, type PageSize, type Paging } from '../../src/adapter.ts'
import { type HttpOptions, listParticipantConversations, PaginationError } from '../../src/index.ts'
import { described, participant, rowsFrom } from '../support/described.ts'
import { errorOf, idsOf, recordingFetch } from '../support/listing.ts'

interface More {
  readonly http?: HttpOptions
  readonly baseUrl?: string
  readonly pageSize?: PageSize
}

/** Lists from these responses, one after the other. */
function listFrom(paging: Paging<unknown>, answers: readonly unknown[], { http, ...more }: More = {}) {
  const { fetch, requests } = recordingFetch((_, index) => answers[index])
  const request = () => ({ path: ['conversations'], query: { sort: 'newest' } })
  const provider = defineProvider({ ...described, request, ...more, http: { fetch, ...http }, paging })
  return { list: listParticipantConversations({ provider, participant }), requests }
}

const pageSize = { query: 'limit', max: 10 }
const searchesOf = (requests: readonly { url: URL }[]) => requests.map(({ url }) => url.search)
const first = { items: rowsFrom(0, 2) }
const last = { items: rowsFrom(2, 3) }

describe('paging by token', () => {
  it.each([
    ['is missing', {}],
    ['is null', { next: null }],
    ["is ''", { next: '' }],
  ])('sends the token of each page in a query parameter, and ends where it %s', async (_what, end) => {
    const answers = [
      { ...first, next: 'a/b+c' },
      { ...last, ...end },
    ]
    const { list, requests } = listFrom({ by: 'token', query: 'after', next: 'next' }, answers)
    expect(idsOf(await list.toArray())).toEqual(['c0', 'c1', 'c2'])
    expect(searchesOf(requests)).toEqual(['?sort=newest', '?sort=newest&after=a%2Fb%2Bc'])
  })

  it('adds page size and token after the query of the description', async () => {
    const paging = { by: 'token', query: 'after', next: 'next' } as const
    const { list, requests } = listFrom(paging, [{ ...first, next: 'T2' }, last], { pageSize })
    await list.toArray()
    expect(searchesOf(requests)).toEqual(['?sort=newest&limit=10', '?sort=newest&limit=10&after=T2'])
  })

  it('sends page size and token at paths in the body, which makes the request a POST', async () => {
    const paging = { by: 'token', body: 'paging.after', next: 'meta.next' } as const
    const answers = [
      { ...first, meta: { next: 'T2' } },
      { ...last, meta: {} },
    ]
    const { list, requests } = listFrom(paging, answers, { pageSize: { body: 'paging.limit', max: 10 } })
    expect(idsOf(await list.toArray())).toEqual(['c0', 'c1', 'c2'])
    expect(requests.map(({ method, body }) => [method, body])).toEqual([
      ['POST', { paging: { limit: 10 } }],
      ['POST', { paging: { limit: 10, after: 'T2' } }],
    ])
  })

  it('sends a numeric token as text, in a query and in a body', async () => {
    const answers = [{ ...first, next: 7 }, last]
    const inQuery = listFrom({ by: 'token', next: 'next', query: 'after' }, answers)
    expect(idsOf(await inQuery.list.toArray())).toEqual(['c0', 'c1', 'c2'])
    expect(inQuery.requests[1]?.url.searchParams.get('after')).toBe('7')
    const inBody = listFrom({ by: 'token', next: 'next', body: 'after' }, answers)
    expect(idsOf(await inBody.list.toArray())).toEqual(['c0', 'c1', 'c2'])
    expect(inBody.requests[1]?.body).toEqual({ after: '7' })
  })

  it('reads the token by a function, which receives the page and the response', async () => {
    const seen: unknown[] = []
    const paging: Paging<unknown> = {
      by: 'token',
      query: 'after',
      next(page, { header, rowCount, status, pageSize }) {
        seen.push({ page, rowCount, status, pageSize })
        return header('x-next')
      },
    }
    const answers = [Response.json(first, { headers: { 'x-next': 'T2' } }), last]
    const { list, requests } = listFrom(paging, answers, { pageSize })
    expect(idsOf(await list.toArray())).toEqual(['c0', 'c1', 'c2'])
    expect(requests[1]?.url.searchParams.get('after')).toBe('T2')
    expect(seen).toEqual([
      { page: first, rowCount: 2, status: 200, pageSize: 10 },
      { page: last, rowCount: 1, status: 200, pageSize: 10 },
    ])
  })
})

describe('paging by URL', () => {
  const url = 'https://api.example.com/conversations'
  const paging = { by: 'url', next: 'next', query: 'after' } as const

  it.each([
    ['absolute', `${url}?after=T2&limit=99&evil=1#top`],
    ['relative', '/conversations?after=T2'],
  ])('sends the one parameter that leads to the page, if the URL is %s', async (_what, next) => {
    const { list, requests } = listFrom(
      paging,
      [
        { ...first, next },
        { ...last, next: null },
      ],
      { pageSize },
    )
    expect(idsOf(await list.toArray())).toEqual(['c0', 'c1', 'c2'])
    expect(requests.map(({ href }) => href)).toEqual([
      `${url}?sort=newest&limit=10`,
      `${url}?sort=newest&limit=10&after=T2`,
    ])
  })

  it('sends other parameters along, if the URL has them', async () => {
    const answers = [
      { ...first, next: `${url}?page=1&after=T2&evil=1` },
      { items: rowsFrom(2, 4), next: `${url}?after=T3` },
      { items: rowsFrom(4, 5) },
    ]
    const { list, requests } = listFrom({ ...paging, query: ['after', 'page', 'total'] }, answers)
    expect(await list.toArray()).toHaveLength(5)
    expect(requests.map(({ url }) => [...url.searchParams].sort().join(' '))).toEqual([
      'sort,newest',
      'after,T2 page,1 sort,newest',
      'after,T3 sort,newest',
    ])
  })

  it('recognizes a page by the first parameter alone, so that a loop ends', async () => {
    const answers = [1, 2, 3, 4].map((page) => ({
      items: rowsFrom(page, page + 1),
      next: `${url}?page=${page}&after=T`,
    }))
    const { list, requests } = listFrom({ ...paging, query: ['after', 'page'] }, answers)
    await errorOf(list.toArray(), PaginationError)
    expect(requests).toHaveLength(2)
  })

  it('follows the Link header with linkTo()', async () => {
    const link = `<${url}?after=T0>; rel="first", <${url}?after=T2>; rel="next"`
    const answers = [
      Response.json(first, { headers: { link } }),
      Response.json(last, { headers: { link: `<${url}>; rel="first"` } }),
    ]
    const next: Extract<Paging<unknown>, { by: 'url' }>['next'] = (_page, { header }) =>
      linkTo('next', header('link'))
    const { list, requests } = listFrom({ ...paging, next }, answers)
    expect(idsOf(await list.toArray())).toEqual(['c0', 'c1', 'c2'])
    expect(searchesOf(requests)).toEqual(['?sort=newest', '?sort=newest&after=T2'])
  })

  it('accepts the other hosts that are declared, and requests none of them', async () => {
    const hosts = /^shard-\d\.example\.com$/
    const answers = [{ ...first, next: 'https://shard-7.example.com/conversations?after=T2' }, last]
    const accepted = listFrom({ ...paging, hosts }, answers)
    expect(await accepted.list.toArray()).toHaveLength(3)
    expect(accepted.requests[1]?.href).toBe(`${url}?sort=newest&after=T2`)
    for (const next of [
      'https://shard-7.example.com.evil.example/conversations?after=T2',
      'https://shard-7.example.com/others?after=T2',
      'http://shard-7.example.com/conversations?after=T2',
    ]) {
      const refused = listFrom({ ...paging, hosts }, [{ ...first, next }])
      await errorOf(refused.list.toArray(), PaginationError)
    }
  })

  it('accepts them on every page, also by a global expression', async () => {
    const answers = [1, 2, 3].map((page) => ({
      items: rowsFrom(page, page + 1),
      next: page < 3 ? `https://shard-7.example.com/conversations?after=T${page}` : null,
    }))
    const { list } = listFrom({ ...paging, hosts: /^shard-\d\.example\.com$/g }, answers)
    expect(await list.toArray()).toHaveLength(3)
  })

  describe('behind a baseUrl with a path', () => {
    const http = { baseUrl: 'https://gateway.example/proxy/' }
    const sent = 'https://gateway.example/proxy/conversations'

    it.each([`${sent}?after=T2`, `${url}?after=T2`])('accepts %s, and requests the gateway', async (next) => {
      const { list, requests } = listFrom(paging, [{ ...first, next }, last], { http })
      expect(idsOf(await list.toArray())).toEqual(['c0', 'c1', 'c2'])
      expect(requests.map(({ href }) => href)).toEqual([
        `${sent}?sort=newest`,
        `${sent}?sort=newest&after=T2`,
      ])
    })

    it.each([
      'https://gateway.example/conversations?after=T2',
      'https://gateway.example/other/conversations?after=T2',
    ])('refuses %s, which is not below that path', async (next) => {
      const { list } = listFrom(paging, [{ ...first, next }], { http })
      const error = await errorOf(list.toArray(), PaginationError)
      expect(error.message).toContain('leads elsewhere on https://gateway.example')
    })

    it('accepts the path that the API itself has', async () => {
      const baseUrl = 'https://api.example.com/v2/'
      const next = 'https://api.example.com/v2/conversations?after=T2'
      const { list, requests } = listFrom(paging, [{ ...first, next }, last], { baseUrl })
      expect(await list.toArray()).toHaveLength(3)
      expect(requests[1]?.href).toBe('https://api.example.com/v2/conversations?sort=newest&after=T2')
    })
  })
})

describe('without paging', () => {
  it('one response has everything, whatever else it says', async () => {
    const { list, requests } = listFrom({ by: 'none' }, [{ items: rowsFrom(0, 500), next: 'T2' }])
    expect(await list.toArray()).toHaveLength(500)
    expect(searchesOf(requests)).toEqual(['?sort=newest'])
  })
})
