import { describe, expect, it } from 'vitest'
import {
  type AnyConversation,
  type ConversationList,
  listParticipantConversations,
  type TwilioConversation,
} from '../../src/index.ts'
import {
  address,
  birdPage,
  birdWith,
  collect,
  conversationOf,
  fakeProvider,
  firstCursorOf,
  firstPageOf,
  idsOf,
  numbered,
  type PageAnswer,
  recordingFetch,
  settled,
  twilioPage,
  twilioWith,
} from '../support/listing.ts'

const participant = { id: 'someone' }

describe('a list', () => {
  it('sends no request before it is iterated', async () => {
    const provider = fakeProvider(numbered(3, 2))
    const list = listParticipantConversations({ provider, participant, prefetch: true })
    list.pages()
    list.pages()[Symbol.asyncIterator]()
    list[Symbol.asyncIterator]()
    await settled()
    expect(provider.requests).toEqual([])
  })

  it('is not a promise, so an async function can return it', async () => {
    const provider = fakeProvider(numbered(3, 2))
    const list = listParticipantConversations({ provider, participant })
    const returned = await (async () => list)()
    expect(await list).toBe(list)
    expect(returned).toBe(list)
    expect(list).not.toHaveProperty('then')
    expect(provider.requests).toEqual([])
  })

  it('starts over with each iteration, even while another is in progress', async () => {
    const { fetch, requests } = recordingFetch(() => twilioPage(['CH1', 'CH2']))
    const list: ConversationList<TwilioConversation> = listParticipantConversations({
      provider: twilioWith(fetch),
      participant: { address },
    })
    const pairs: string[] = []
    for await (const outer of list) for await (const inner of list) pairs.push(`${outer.id} ${inner.id}`)
    expect(pairs).toEqual(['CH1 CH1', 'CH1 CH2', 'CH2 CH1', 'CH2 CH2'])
    expect(requests).toHaveLength(3)
  })

  it('yields pages with a cursor, request id and total, as far as the provider reports them', async () => {
    const { fetch } = recordingFetch(() =>
      Response.json(twilioPage(['CH1']), { headers: { 'Twilio-Request-Id': 'RQ1' } }),
    )
    const list = listParticipantConversations({ provider: twilioWith(fetch), participant: { address } })
    for await (const page of list.pages()) {
      expect(page).toEqual({
        items: [expect.objectContaining({ id: 'CH1' })],
        nextCursor: null,
        provider: 'twilio',
        requestId: 'RQ1',
        total: null,
      })
    }
    expect.assertions(1)
  })

  it('has no total if the library filters, since the provider counts other conversations too', async () => {
    const { fetch } = recordingFetch(() => ({ ...birdPage(['1', '2']), total: 2 }))
    const query = { provider: birdWith(fetch), participant }
    const totals = await Promise.all(
      [undefined, 'active' as const, ['active', 'closed'] as const].map(
        async (status) => (await firstPageOf(listParticipantConversations({ ...query, status }))).total,
      ),
    )
    expect(totals).toEqual([2, 2, null])
  })

  it('has one empty page if nothing is found, nothing can match or limit is 0', async () => {
    const none = { items: [], nextCursor: null, provider: 'fake', requestId: null, total: null }
    const empty = fakeProvider(() => ({ items: [], nextPageToken: null }))
    const unlike = { provider: fakeProvider(numbered(3, 1)), participant, status: 'deleted' as const }
    for (const list of [
      listParticipantConversations({ provider: empty, participant }),
      listParticipantConversations(unlike),
    ]) {
      expect(await collect(list.pages())).toEqual([none])
      expect(await collect(list)).toEqual([])
    }
    expect(unlike.provider.requests).toEqual([])
    const unwanted = listParticipantConversations({ ...unlike, status: undefined, limit: 0 })
    const { nextCursor, ...page } = await firstPageOf(unwanted)
    expect(page).toEqual({ items: [], provider: 'fake', requestId: null, total: null })
    expect(await collect(unwanted.pages())).toHaveLength(1)
    expect(unlike.provider.requests).toEqual([])
    const whole = listParticipantConversations({ ...unlike, status: undefined, cursor: nextCursor })
    expect(await whole.toArray()).toHaveLength(3)
  })

  it('has a page for each response, even an empty one', async () => {
    const answers: PageAnswer[] = [
      { items: [], nextPageToken: 'a' },
      { items: [conversationOf('1')], nextPageToken: 'b' },
      { items: [], nextPageToken: null },
    ]
    const provider = fakeProvider((_, call) => answers[call] ?? { items: [], nextPageToken: null })
    const sizes: number[] = []
    for await (const { items } of listParticipantConversations({ provider, participant }).pages()) {
      sizes.push(items.length)
    }
    expect(sizes).toEqual([0, 1, 0])
  })
})

describe('an iterator', () => {
  it('requests a page when its first conversation is needed, and not before', async () => {
    const provider = fakeProvider(numbered(4, 2))
    const iterator = listParticipantConversations({ provider, participant })[Symbol.asyncIterator]()
    await iterator.next()
    await iterator.next()
    await settled()
    expect(provider.requests).toHaveLength(1)
    await iterator.next()
    expect(provider.requests).toHaveLength(2)
  })

  it('stays exactly one page ahead with prefetch', async () => {
    const provider = fakeProvider(numbered(9, 2))
    const list = listParticipantConversations({ provider, participant, prefetch: true })
    const iterator = list[Symbol.asyncIterator]()
    await iterator.next()
    await settled()
    expect(provider.requests.map(({ pageToken }) => pageToken)).toEqual([null, '2'])
  })

  it('requests nothing past the limit or the last page with prefetch', async () => {
    for (const [limit, tokens] of [
      [2, [null]],
      [4, [null, '2']],
      [undefined, [null, '2', '4']],
    ] as const) {
      const provider = fakeProvider(numbered(6, 2))
      const list = listParticipantConversations({ provider, participant, prefetch: true, limit })
      expect(await list.toArray()).toHaveLength(limit ?? 6)
      expect(provider.requests.map(({ pageToken }) => pageToken)).toEqual(tokens)
    }
  })

  it('never has two requests in flight', async () => {
    let underWay = 0
    let most = 0
    const answer = numbered(20, 3)
    const provider = fakeProvider(async (request) => {
      underWay += 1
      most = Math.max(most, underWay)
      await settled()
      underWay -= 1
      return answer(request)
    })
    const iterator = listParticipantConversations({ provider, participant, prefetch: true })[
      Symbol.asyncIterator
    ]()
    await Promise.all(Array.from({ length: 25 }, () => iterator.next()))
    expect(most).toBe(1)
  })

  for (const prefetch of [false, true]) {
    const how = prefetch ? ' with prefetch' : ''

    it(`resolves overlapping next() calls in order, without repeating or dropping a conversation${how}`, async () => {
      const provider = fakeProvider(numbered(10, 3))
      const iterator = listParticipantConversations({ provider, participant, prefetch })[
        Symbol.asyncIterator
      ]()
      const results = await Promise.all(Array.from({ length: 14 }, () => iterator.next()))
      const values = results.flatMap(({ done, value }) => (done ? [] : [value]))
      expect(idsOf(values)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
      expect(results.slice(10).map(({ done }) => done)).toEqual([true, true, true, true])
    })

    it(`resolves next() calls in order, at whatever moment they are made${how}`, async () => {
      const provider = fakeProvider(numbered(60, 4))
      const iterator = listParticipantConversations({ provider, participant, prefetch })[
        Symbol.asyncIterator
      ]()
      const calls: Promise<IteratorResult<AnyConversation>>[] = []
      // One or two calls in each turn of the microtask queue, so that some are made as a page arrives.
      for (let turn = 0; calls.length < 70; turn += 1) {
        calls.push(iterator.next())
        if (turn % 3 === 0) calls.push(iterator.next())
        await Promise.resolve()
      }
      const values = (await Promise.all(calls)).flatMap(({ done, value }) => (done ? [] : [value]))
      expect(idsOf(values)).toEqual(Array.from({ length: 60 }, (_, index) => String(index)))
    })

    it(`resolves overlapping next() calls for pages in order too${how}`, async () => {
      const provider = fakeProvider(numbered(10, 3))
      const pages = listParticipantConversations({ provider, participant, prefetch })
        .pages()
        [Symbol.asyncIterator]()
      const results = await Promise.all(Array.from({ length: 6 }, () => pages.next()))
      const sizes = results.map(({ done, value }) => (done ? null : value.items.length))
      expect(sizes).toEqual([3, 3, 3, 1, null, null])
      expect(provider.requests).toHaveLength(4)
    })
  }

  it('handles a mix of overlapping and sequential calls', async () => {
    const provider = fakeProvider(numbered(7, 2))
    const iterator = listParticipantConversations({ provider, participant })[Symbol.asyncIterator]()
    const ids: string[] = []
    for (let round = 0; round < 4; round += 1) {
      const results = await Promise.all([iterator.next(), iterator.next()])
      for (const { done, value } of results) if (!done) ids.push(value.id)
    }
    expect(ids).toEqual(['0', '1', '2', '3', '4', '5', '6'])
  })

  it('is itself iterable', () => {
    const list = listParticipantConversations({ provider: fakeProvider(numbered(1, 1)), participant })
    const iterators = [list[Symbol.asyncIterator](), list.pages()[Symbol.asyncIterator]()]
    for (const iterator of iterators) {
      expect(Reflect.get(iterator, Symbol.asyncIterator).call(iterator)).toBe(iterator)
    }
  })
})

describe('a listing', () => {
  it('sends no request with limit 0', async () => {
    const provider = fakeProvider(numbered(3, 1))
    const list = listParticipantConversations({ provider, participant, limit: 0, prefetch: true })
    expect(await list.toArray()).toEqual([])
    expect(provider.requests).toEqual([])
  })

  it("leaves out a filter by 'unknown', which no provider knows", async () => {
    const provider = fakeProvider(
      () => ({ items: [conversationOf('1', 'active'), conversationOf('2', 'unknown')], nextPageToken: null }),
      { statusFilter: 'one', statuses: ['active', 'unknown'] },
    )
    const list = listParticipantConversations({ provider, participant, status: 'unknown' })
    expect(idsOf(await list.toArray())).toEqual(['2'])
    expect(provider.requests).toMatchObject([{ status: null }])
  })

  it('sends no request for a status that the provider never has', async () => {
    const provider = fakeProvider(numbered(3, 1), { statuses: ['active'] })
    const list = listParticipantConversations({ provider, participant, status: ['deleted', 'closed'] })
    expect(await list.toArray()).toEqual([])
    expect(provider.requests).toEqual([])
  })

  it("never requests more than the provider's maximum page size", async () => {
    const provider = fakeProvider(numbered(3, 1), { maxPageSize: 20 })
    await listParticipantConversations({ provider, participant, pageSize: 1000, limit: 1 }).toArray()
    await listParticipantConversations({ provider, participant, pageSize: 1000 }).toArray()
    expect(provider.requests.map(({ pageSize }) => pageSize)).toEqual([1, 20, 20, 20])
  })

  it("requests enough to reach past a cursor's offset, and no more than the limit needs", async () => {
    const provider = fakeProvider((request) => numbered(20, Math.max(5, request.pageSize))(request))
    const cursor = await firstCursorOf(listParticipantConversations({ provider, participant, limit: 2 }))
    const rest = listParticipantConversations({ provider, participant, limit: 7, cursor })
    expect(idsOf(await rest.toArray())).toEqual(['2', '3', '4', '5', '6', '7', '8'])
    expect(provider.requests.map(({ pageSize }) => pageSize)).toEqual([2, 9])
  })

  it('lets the provider filter if it has only one of several statuses', async () => {
    const { fetch, requests } = recordingFetch(() => ({ results: [] }))
    const list = listParticipantConversations({
      provider: birdWith(fetch),
      participant,
      status: ['active', 'inactive'],
    })
    await list.toArray()
    expect(requests[0]?.url.searchParams.get('status')).toBe('active')
  })

  it('sends no status to a provider that does not filter, or for several statuses', async () => {
    const query = { participant, limit: 1 } as const
    const none = fakeProvider(numbered(1, 1))
    const one = fakeProvider(numbered(1, 1), { statusFilter: 'one' })
    await listParticipantConversations({ ...query, provider: none, status: 'active' }).toArray()
    await listParticipantConversations({ ...query, provider: one, status: ['active', 'closed'] }).toArray()
    await listParticipantConversations({ ...query, provider: one, status: ['active', 'active'] }).toArray()
    expect(none.requests.map(({ status }) => status)).toEqual([null])
    expect(one.requests.map(({ status }) => status)).toEqual([null, 'active'])
  })
})
