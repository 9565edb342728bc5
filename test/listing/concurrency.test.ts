import { describe, expect, it, vi } from 'vitest'
import {
  type AnyConversation,
  ConfigurationError,
  type ConversationList,
  type ConversationProvider,
  ConversationsError,
  type ListOptions,
  listParticipantConversations,
  PaginationError,
} from '../../src/index.ts'
import {
  address,
  birdPage,
  birdWith,
  collect,
  conversationOf,
  errorOf,
  type FakeProvider,
  hang,
  idsOf,
  type PageAnswer,
  type PageRequest,
  recordingFetch,
  rejectionOf,
  settled,
  thrownBy,
  twilioPage,
  twilioWith,
} from '../support/listing.ts'
import { refuseUnhandledRejections } from '../support/rejections.ts'
import { type Deferred, deferred, failing, named, source } from '../support/sources.ts'

refuseUnhandledRejections()

const participant = { id: 'x' }

const list = (provider: readonly ConversationProvider[], more: Partial<ListOptions> = {}) =>
  listParticipantConversations({ provider, participant, ...more })

/** A source whose pages arrive when a test says so. */
interface Pending {
  readonly provider: FakeProvider
  /** One for each request, in order. */
  readonly pages: readonly Deferred<PageAnswer>[]
}

function pendingSource(name: string): Pending {
  const pages: Deferred<PageAnswer>[] = []
  const answer = (_: PageRequest): Promise<PageAnswer> => {
    const page = deferred<PageAnswer>()
    pages.push(page)
    return page.promise
  }
  return { provider: named(name, answer), pages }
}

const pageOf = (ids: readonly string[], nextPageToken: string | null = null): PageAnswer => ({
  items: ids.map((id) => conversationOf(id)),
  nextPageToken,
})

const pendingSources = (...names: string[]): Pending[] => names.map(pendingSource)
const providersOf = (sources: readonly Pending[]): FakeProvider[] => sources.map(({ provider }) => provider)
const requestsOf = (providers: readonly FakeProvider[]): number[] =>
  providers.map(({ requests }) => requests.length)
/** Whether the requests of each source were aborted. */
const abortsOf = (providers: readonly FakeProvider[]): boolean[][] =>
  providers.map(({ requests }) => requests.map(({ signal }) => signal.aborted))

const letters = (count: number): string[] => Array.from('abcdefghijkl').slice(0, count)

describe('the first pages of several sources', () => {
  it.each([
    [undefined, 4],
    [1, 1],
    [2, 2],
    [6, 6],
    [100, 6],
    [Number.MAX_SAFE_INTEGER, 6],
  ])('are requested at once: with concurrency %s, of %i out of six', async (concurrency, expected) => {
    const sources = pendingSources(...letters(6))
    const iterator = list(providersOf(sources), { concurrency })[Symbol.asyncIterator]()
    const first = iterator.next()
    await settled()
    expect(requestsOf(providersOf(sources))).toEqual(letters(6).map((_, index) => (index < expected ? 1 : 0)))
    await iterator.return?.()
    expect(await first).toEqual({ done: true, value: undefined })
  })

  it('are not requested before the listing is read', async () => {
    const sources = pendingSources('a', 'b')
    const listing = list(providersOf(sources))
    listing.pages()
    await settled()
    expect(requestsOf(providersOf(sources))).toEqual([0, 0])
  })

  it('are delivered in order, in whatever order they arrive', async () => {
    const sources = pendingSources('a', 'b', 'c')
    const [a, b, c] = sources
    const delivered: string[] = []
    const listing = (async () => {
      for await (const { id } of list(providersOf(sources))) delivered.push(id)
    })()
    await settled()
    c?.pages[0]?.resolve(pageOf(['c0']))
    b?.pages[0]?.resolve(pageOf(['b0', 'b1']))
    await settled()
    expect(delivered).toEqual([])
    a?.pages[0]?.resolve(pageOf(['a0']))
    await listing
    expect(delivered).toEqual(['a0', 'b0', 'b1', 'c0'])
    expect(requestsOf(providersOf(sources))).toEqual([1, 1, 1])
  })

  it('are requested as earlier sources end, never of more than concurrency ahead', async () => {
    const sources = pendingSources(...letters(4))
    const listing = list(providersOf(sources), { concurrency: 2 }).toArray()
    const requested: number[][] = []
    for (const { pages } of sources) {
      await settled()
      requested.push(requestsOf(providersOf(sources)))
      pages[0]?.resolve(pageOf([]))
    }
    await listing
    expect(requested).toEqual([
      [1, 1, 0, 0],
      [1, 1, 1, 0],
      [1, 1, 1, 1],
      [1, 1, 1, 1],
    ])
  })

  it('are the only ones that are requested ahead: a second page is requested in turn', async () => {
    const sources = pendingSources('a', 'b', 'c')
    const [a, b, c] = sources
    const iterator = list(providersOf(sources))[Symbol.asyncIterator]()
    const first = iterator.next()
    await settled()
    b?.pages[0]?.resolve(pageOf(['b0'], 'b-next'))
    c?.pages[0]?.resolve(pageOf(['c0'], 'c-next'))
    await settled()
    expect(requestsOf(providersOf(sources))).toEqual([1, 1, 1])
    a?.pages[0]?.resolve(pageOf(['a0']))
    expect((await first).value.id).toBe('a0')
    expect((await iterator.next()).value.id).toBe('b0')
    await settled()
    expect(requestsOf(providersOf(sources))).toEqual([1, 1, 1])
    const afterFirst = iterator.next()
    await settled()
    expect(requestsOf(providersOf(sources))).toEqual([1, 2, 1])
    expect(b?.provider.requests[1]?.pageToken).toBe('b-next')
    b?.pages[1]?.resolve(pageOf([]))
    expect((await afterFirst).value.id).toBe('c0')
    await iterator.return?.()
  })

  it('are requested while a source with many pages is read, once each', async () => {
    const providers = [source('a', 9), source('b', 1), source('c', 1)]
    expect(idsOf(await list(providers).toArray())).toHaveLength(11)
    expect(requestsOf(providers)).toEqual([5, 1, 1])
  })

  it('are those of the lookups and of the lists of one provider too', async () => {
    const { fetch, requests } = recordingFetch(hang)
    const iterator = listParticipantConversations({
      provider: birdWith(fetch, { channelId: ['c1', 'c2'] }),
      participant: [{ address }, { id: 'contact-1' }],
    })[Symbol.asyncIterator]()
    const first = iterator.next()
    await settled()
    expect(requests).toHaveLength(4)
    await iterator.return?.()
    await first
  })

  it('are requested from the source of a cursor on', async () => {
    const { nextCursor } = await list([source('a', 3), source('b', 3), source('c', 3)]).first(4)
    const providers = [source('a', 3), source('b', 3), source('c', 3)]
    expect(idsOf(await list(providers, { cursor: nextCursor }).toArray())).toEqual([
      'b1',
      'b2',
      'c0',
      'c1',
      'c2',
    ])
    expect(requestsOf(providers)).toEqual([0, 2, 2])
  })

  it('are requested as pages of the limit at most', async () => {
    const providers = [source('a', 1), source('b', 9, 9)]
    expect(idsOf(await list(providers, { limit: 3 }).toArray())).toEqual(['a0', 'b0', 'b1'])
    expect(providers.map(({ requests }) => requests[0]?.pageSize)).toEqual([3, 3])
  })

  it('are requested anew for each iteration', async () => {
    const providers = [source('a', 1), source('b', 1)]
    const listing = list(providers)
    expect(await Promise.all([listing.toArray(), collect(listing)]).then((all) => all.map(idsOf))).toEqual([
      ['a0', 'b0'],
      ['a0', 'b0'],
    ])
    expect(requestsOf(providers)).toEqual([2, 2])
  })

  it('may include one that is requested with prefetch already', async () => {
    const providers = [source('a', 3), source('b', 3), source('c', 3)]
    for (const concurrency of [1, 2, 3]) {
      const all = await list(providers, { concurrency, prefetch: true }).toArray()
      expect(idsOf(all)).toEqual(['a0', 'a1', 'a2', 'b0', 'b1', 'b2', 'c0', 'c1', 'c2'])
    }
    expect(requestsOf(providers)).toEqual([6, 6, 6])
  })

  it('must be of a whole number of sources', () => {
    for (const concurrency of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '2', null]) {
      const call = () => list([source('a', 1)], { concurrency: concurrency as never })
      expect(thrownBy(call, ConfigurationError)).toMatchObject({
        option: 'concurrency',
        message: expect.stringContaining('concurrency must be a whole number of at least 1; got '),
      })
    }
  })
})

describe('a first page that is not needed is aborted', () => {
  /** A source that has conversations, and one whose first page never arrives. */
  const withHanging = () => {
    const first = source('a', 3, 3)
    const { provider: hanging } = pendingSource('b')
    return { providers: [first, hanging], hanging }
  }

  it('when the limit is reached, even while the last conversations are still handled', async () => {
    const { providers, hanging } = withHanging()
    for await (const { id } of list(providers, { limit: 2 })) {
      await settled()
      expect([id, abortsOf([hanging])]).toEqual([id, [[true]]])
    }
    expect(requestsOf(providers)).toEqual([1, 1])
  })

  it('when an earlier source leads nowhere, even while its last conversations are still handled', async () => {
    const { hanging } = withHanging()
    const circle = named('x', () => pageOf(['x0'], 'again'))
    const found: boolean[] = []
    const listing = (async () => {
      for await (const _ of list([circle, hanging])) found.push(...abortsOf([hanging]).flat())
    })()
    await errorOf(listing, PaginationError)
    expect(found).toEqual([false, true])
  })

  it('when first() has what it returns', async () => {
    for (const read of [
      (all: ConversationList<AnyConversation>) => all.first(),
      (all: ConversationList<AnyConversation>) => all.first(2),
    ]) {
      const { providers, hanging } = withHanging()
      await read(list(providers))
      expect(abortsOf([hanging])).toEqual([[true]])
    }
  })

  it('when a loop is left', async () => {
    for (const read of [
      (all: ConversationList<AnyConversation>) => all,
      (all: ConversationList<AnyConversation>) => all.pages(),
    ]) {
      const { providers, hanging } = withHanging()
      for await (const _ of read(list(providers))) {
        expect(abortsOf([hanging])).toEqual([[false]])
        break
      }
      expect(abortsOf([hanging])).toEqual([[true]])
    }
  })

  it('when an earlier source fails', async () => {
    const { hanging } = withHanging()
    const error = await errorOf(list([failing('x'), hanging]).toArray(), ConversationsError)
    expect(error).toMatchObject({ message: 'down', provider: 'x' })
    expect(abortsOf([hanging])).toEqual([[true]])
  })

  it('when a conversation of an earlier source makes the filter fail', async () => {
    const { providers, hanging } = withHanging()
    const filter = () => {
      throw new RangeError('mine')
    }
    await errorOf(list(providers, { filter }).toArray(), ConversationsError)
    expect(abortsOf([hanging])).toEqual([[true]])
  })

  it("with the caller's signal, whose reason is thrown", async () => {
    const sources = pendingSources('a', 'b', 'c')
    const controller = new AbortController()
    const listing = list(providersOf(sources), { signal: controller.signal }).toArray()
    await settled()
    controller.abort(new Error('enough'))
    expect(await rejectionOf(listing)).toBe(controller.signal.reason)
    expect(abortsOf(providersOf(sources))).toEqual([[true], [true], [true]])
  })

  it('but not when a source is skipped, as the next one is read', async () => {
    const sources = pendingSources('b', 'c')
    const listing = list([failing('x'), ...providersOf(sources)], { onSourceError: 'skip' }).toArray()
    await settled()
    expect(abortsOf(providersOf(sources))).toEqual([[false], [false]])
    for (const { pages, provider } of sources) pages[0]?.resolve(pageOf([`${provider.name}0`]))
    expect(idsOf(await listing)).toEqual(['b0', 'c0'])
  })

  it('leaves no listener on the signal of the caller', async () => {
    const { signal } = new AbortController()
    const add = vi.spyOn(signal, 'addEventListener')
    const remove = vi.spyOn(signal, 'removeEventListener')
    const { providers } = withHanging()
    await list(providers, { signal, limit: 2 }).toArray()
    await settled()
    expect(add).toHaveBeenCalledOnce()
    expect(remove.mock.calls.map(([type, listener]) => [type, listener])).toEqual(
      add.mock.calls.map(([type, listener]) => [type, listener]),
    )
  })

  it('and never requested, if a hook ends the iteration as the first one begins', async () => {
    const { fetch, requests } = recordingFetch(hang)
    const iterators: AsyncIterator<unknown>[] = []
    const onRequest = async () => {
      for (const iterator of iterators) await iterator.return?.()
    }
    const iterator = listParticipantConversations({
      provider: [twilioWith(fetch, { hooks: { onRequest } }), birdWith(fetch, { hooks: { onRequest } })],
      participant: { address },
    })[Symbol.asyncIterator]()
    iterators.push(iterator)
    expect(await iterator.next()).toEqual({ done: true, value: undefined })
    await settled()
    expect(requests).toEqual([])
  })
})

describe('a first page that fails ahead', () => {
  it('is reported in turn, after the conversations before it', async () => {
    const { provider: first, pages } = pendingSource('a')
    const found: string[] = []
    const listing = (async () => {
      for await (const { id } of list([first, failing('x'), failing('y')])) found.push(id)
    })()
    const failure = errorOf(listing, ConversationsError)
    await settled()
    pages[0]?.resolve(pageOf(['a0', 'a1'], 'next'))
    await settled()
    pages[1]?.resolve(pageOf(['a2']))
    expect(await failure).toMatchObject({ provider: 'x', message: 'down' })
    expect(found).toEqual(['a0', 'a1', 'a2'])
  })

  it('has the cursor of its source, from which the rest is listed', async () => {
    let isDown = true
    const flaky = named('x', async () => {
      if (isDown) throw new Error('down')
      return pageOf(['x0'])
    })
    const providers = [source('a', 3), flaky, source('b', 1)]
    const found: string[] = []
    const listing = (async () => {
      for await (const { id } of list(providers)) found.push(id)
    })()
    const { cursor } = await errorOf(listing, ConversationsError)
    isDown = false
    expect(found).toEqual(['a0', 'a1', 'a2'])
    expect(idsOf(await list(providers, { cursor }).toArray())).toEqual(['x0', 'b0'])
  })

  it('is never reported if nobody needs it: no error, no call of onSourceError, no unhandled rejection', async () => {
    const onSourceError = vi.fn(() => 'throw' as const)
    const providers = [source('a', 3, 3), failing('x'), failing('y', new Error('also'))]
    expect(idsOf(await list(providers, { limit: 3, onSourceError }).toArray())).toEqual(['a0', 'a1', 'a2'])
    expect((await list(providers, { onSourceError }).first())?.id).toBe('a0')
    for await (const _ of list(providers, { onSourceError })) {
      await settled()
      break
    }
    const iterator = list(providers, { onSourceError })[Symbol.asyncIterator]()
    await iterator.next()
    await settled()
    await iterator.return?.()
    await settled()
    expect(onSourceError).not.toHaveBeenCalled()
  })

  it('is not requested a second time when its turn comes', async () => {
    const failed = failing('x')
    const listing = list([source('a', 5), failed, source('b', 1)], { onSourceError: 'skip' })
    expect(idsOf(await listing.toArray())).toEqual(['a0', 'a1', 'a2', 'a3', 'a4', 'b0'])
    expect(failed.requests).toHaveLength(1)
  })

  it('may fail at once, even by throwing instead of rejecting', async () => {
    const mistake = {
      ...source('x', 1),
      listPage: () => {
        throw new TypeError('no such property')
      },
    }
    const error = await errorOf(list([source('a', 1), mistake]).toArray(), ConversationsError)
    expect(error).toMatchObject({ message: 'x: no such property', provider: 'x' })
  })
})

describe('concurrency: 1', () => {
  it('requests one page at a time, and none of a source before the one before it has ended', async () => {
    let running = 0
    let most = 0
    const counted = (name: string) => {
      const inner = source(name, 3)
      return {
        ...inner,
        async listPage(request: PageRequest) {
          running += 1
          most = Math.max(most, running)
          await settled()
          running -= 1
          return inner.listPage(request)
        },
      }
    }
    const providers = ['a', 'b', 'c'].map(counted)
    expect(await list(providers, { concurrency: 1 }).toArray()).toHaveLength(9)
    expect(most).toBe(1)
    most = 0
    expect(await list(providers, { concurrency: 2 }).toArray()).toHaveLength(9)
    expect(most).toBe(2)
  })

  it('requests nothing of a source that the limit makes unnecessary', async () => {
    const providers = [source('a', 3, 3), source('b', 3, 3)]
    await list(providers, { concurrency: 1, limit: 3 }).toArray()
    expect(requestsOf(providers)).toEqual([1, 0])
  })
})

describe('a single source', () => {
  it('is requested page by page, as each is needed, whatever the concurrency', async () => {
    for (const concurrency of [1, 4, 100]) {
      const only = source('a', 6)
      const requested: number[] = []
      for await (const { id } of list([only], { concurrency })) {
        await settled()
        requested.push(only.requests.length)
        if (id === 'a3') break
      }
      expect(requested).toEqual([1, 1, 2, 2])
    }
  })

  it('is prefetched one page ahead with prefetch, whatever the concurrency', async () => {
    const only = source('a', 6)
    const requested: number[] = []
    for await (const _ of list([only], { concurrency: 4, prefetch: true })) {
      await settled()
      requested.push(only.requests.length)
    }
    expect(requested).toEqual([2, 2, 3, 3, 3, 3])
  })
})

it('real providers are requested at once, and aborted over HTTP when the limit is reached', async () => {
  const { fetch, requests } = recordingFetch((request) =>
    request.url.hostname === 'api.bird.com' ? hang(request) : twilioPage(['CH1', 'CH2']),
  )
  const provider = [twilioWith(fetch), birdWith(fetch)]
  const listing = listParticipantConversations({ provider, participant: { address }, limit: 2 })
  expect(idsOf(await listing.toArray())).toEqual(['CH1', 'CH2'])
  expect(requests.map(({ url }) => url.hostname)).toEqual(['conversations.twilio.com', 'api.bird.com'])
  expect(requests[1]?.signal?.aborted).toBe(true)

  const answering = recordingFetch(({ url }) =>
    url.hostname === 'api.bird.com' ? birdPage(['b1']) : twilioPage(['CH1']),
  )
  const both = [twilioWith(answering.fetch), birdWith(answering.fetch)]
  const all = listParticipantConversations({ provider: both, participant: { address } })
  expect(idsOf(await all.toArray())).toEqual(['CH1', 'b1'])
})
