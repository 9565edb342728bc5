import { describe, expect, it } from 'vitest'
import {
  type AnyConversation,
  AuthenticationError,
  type CombineOptions,
  ConfigurationError,
  type ConversationProvider,
  ConversationsError,
  combine,
  InvalidCursorError,
  listParticipantConversations,
  PaginationError,
  type ParticipantRef,
  ServerError,
  UnsupportedParticipantError,
} from '../../src/index.ts'
import { createStandIn } from '../../src/testing/index.ts'
import { sampleBirdConversations, sampleTwilioConversations } from '../../src/testing/sample-data.ts'
import {
  accessKey,
  accountSid,
  address,
  authToken,
  birdPage,
  birdWith,
  channelId,
  collect,
  conversationOf,
  errorOf,
  type FakeProvider,
  fakeProvider,
  hang,
  idsOf,
  numbered,
  type PageAnswer,
  type PageRequest,
  recordingFetch,
  rejectionOf,
  settled,
  thrownBy,
  twilioPage,
  twilioWith,
  workspaceId,
} from '../support/listing.ts'

const participant = { id: 'x' }

/** A named provider. The ids of its conversations are its name followed by a number. */
function source(
  name: string,
  count: number,
  pageSize = 2,
  capabilities: Partial<ConversationProvider['capabilities']> = {},
): FakeProvider {
  const pages = numbered(count, pageSize)
  return named(
    name,
    (request) => {
      const { items, nextPageToken } = pages(request)
      return {
        nextPageToken,
        items: items.map((item): AnyConversation => ({ ...item, id: `${name}${item.id}`, provider: name })),
      }
    },
    capabilities,
  )
}

function named(
  name: string,
  answer: (request: PageRequest) => PageAnswer | Promise<PageAnswer>,
  capabilities: Partial<ConversationProvider['capabilities']> = {},
): FakeProvider {
  return { ...fakeProvider(answer, capabilities), name, scope: `scope of ${name}` }
}

function failing(
  name: string,
  error: unknown = new ConversationsError('down', { provider: name }),
): FakeProvider {
  return named(name, () => Promise.reject(error))
}

const idsFrom = async (provider: ConversationProvider, more: object = {}): Promise<string[]> =>
  idsOf(await listParticipantConversations({ provider, participant, ...more }).toArray())

describe('one phone number on both providers', () => {
  const conversations = {
    twilio: sampleTwilioConversations({ address, count: 120 }),
    bird: sampleBirdConversations({ address, channelId, count: 130 }),
  }
  const createBoth = () => {
    const standIn = createStandIn({
      twilio: { accountSid, authToken, conversations: conversations.twilio },
      bird: { accessKey, workspaceId, conversations: conversations.bird },
    })
    const { fetch } = standIn
    return { standIn, twilio: twilioWith(fetch), bird: birdWith(fetch) }
  }

  it('is listed in one loop, where each conversation has its own provider and raw', async () => {
    const { twilio, bird } = createBoth()
    const list = listParticipantConversations({ provider: combine([twilio, bird]), participant: { address } })
    const all = await collect(list)
    expect(all.map(({ provider }) => provider)).toEqual([
      ...Array(120).fill('twilio'),
      ...Array(130).fill('bird'),
    ])
    for (const conversation of all) {
      if (conversation.provider === 'twilio') expect(conversation.raw.conversation_sid).toBe(conversation.id)
      else expect(conversation.raw.id).toBe(conversation.id)
    }
    expect(new Set(idsOf(all)).size).toBe(250)
  })

  it('is listed page by page without empty pages in between, and each page names its provider', async () => {
    const { standIn, twilio, bird } = createBoth()
    const pages = listParticipantConversations({
      provider: combine([twilio, bird]),
      participant: { address },
    }).pages()
    const found = (await collect(pages)).map(({ provider, items }) => [provider, items.length])
    expect(found).toEqual([
      ['twilio', 50],
      ['twilio', 50],
      ['twilio', 20],
      ['bird', 100],
      ['bird', 30],
    ])
    expect(standIn.requests).toHaveLength(5)
  })

  it('is listed on one provider while the other returns 503, and onSourceError learns what is missing', async () => {
    const { standIn, twilio, bird } = createBoth()
    standIn.fail({ provider: 'twilio', status: 503, times: Number.MAX_SAFE_INTEGER })
    const missing: string[] = []
    const provider = combine([twilio, bird], {
      onSourceError(error, { name }) {
        missing.push(`${name}: ${error instanceof ServerError && error.status}`)
        return 'skip'
      },
    })
    const all = await listParticipantConversations({ provider, participant: { address } }).toArray()
    expect(all).toHaveLength(130)
    expect(missing).toEqual(['twilio: 503'])
  })

  it('is listed up to the error of a failing provider by default, which has its name and a cursor', async () => {
    const { standIn, twilio, bird } = createBoth()
    standIn.fail({ provider: 'bird', page: 2, status: 401 })
    const provider = combine([twilio, bird])
    const found: string[] = []
    const listing = async (cursor?: string) => {
      for await (const { id } of listParticipantConversations({
        provider,
        participant: { address },
        cursor,
      })) {
        found.push(id)
      }
    }
    const error = await errorOf(listing(), AuthenticationError)
    expect(error.provider).toBe('bird')
    expect(found).toHaveLength(220)
    await listing(error.cursor ?? '')
    expect(new Set(found).size).toBe(250)
    expect(found).toHaveLength(250)
  })

  it('is prefetched from the next provider while the last page of the first one is handled', async () => {
    const { fetch, requests } = recordingFetch(({ url }) =>
      url.hostname === 'api.bird.com' ? birdPage(['b1']) : twilioPage(['CH1', 'CH2']),
    )
    const provider = combine([twilioWith(fetch), birdWith(fetch)])
    const list = listParticipantConversations({ provider, participant: { address }, prefetch: true })
    for await (const { id } of list) {
      await settled()
      if (id === 'CH1') expect(requests.map(({ url }) => url.hostname)).toContain('api.bird.com')
    }
    expect(requests).toHaveLength(2)
  })
})

describe('a combined provider', () => {
  it('lists its sources in order', async () => {
    expect(await idsFrom(combine([source('b', 3), source('a', 0), source('c', 1)]))).toEqual([
      'b0',
      'b1',
      'b2',
      'c0',
    ])
  })

  it('is named after its sources, without repeating a name', () => {
    expect(combine([source('a', 1), source('b', 1)]).name).toBe('a+b')
    expect(combine([source('a', 1), source('a', 1)]).name).toBe('a')
    expect(combine([combine([source('a', 1), source('b', 1)]), source('b', 1)]).name).toBe('a+b')
  })

  it('can be combined again', async () => {
    const inner = combine([source('b', 3), source('c', 3)])
    const provider = combine([source('a', 3), inner, source('d', 1)])
    const all = ['a0', 'a1', 'a2', 'b0', 'b1', 'b2', 'c0', 'c1', 'c2', 'd0']
    expect(await idsFrom(provider)).toEqual(all)
    const pages = await collect(listParticipantConversations({ provider, participant }).pages())
    expect(pages.map((page) => page.provider)).toEqual(['a', 'a', 'b', 'b', 'c', 'c', 'd'])
  })

  it('makes no request beyond the limit in any source', async () => {
    const [first, second] = [source('a', 2), source('b', 9)]
    expect(await idsFrom(combine([first, second]), { limit: 2 })).toEqual(['a0', 'a1'])
    expect(second.requests).toHaveLength(0)
    await idsFrom(combine([first, second]), { limit: 3 })
    expect(second.requests.map(({ pageSize }) => pageSize)).toEqual([1])
  })

  it("never exceeds a source's own maximum page size", async () => {
    const sources = [source('a', 1, 2, { maxPageSize: 7 }), source('b', 1, 2, { maxPageSize: 30 })] as const
    const provider = combine(sources)
    expect(provider.capabilities.maxPageSize).toBe(30)
    await idsFrom(provider)
    await idsFrom(provider, { pageSize: 5 })
    expect(sources.map(({ requests }) => requests.map(({ pageSize }) => pageSize))).toEqual([
      [7, 5],
      [30, 5],
    ])
  })

  it("passes on its sources' options, and refuses those of other providers", async () => {
    const sources = [source('a', 1), source('b', 1)] as const
    const providerOptions = { b: { folder: 'in' }, bird: { reverse: true } }
    await idsFrom(combine(sources), { providerOptions })
    for (const { requests } of sources) expect(requests[0]?.providerOptions).toEqual(providerOptions)
    const call = () =>
      Reflect.apply(listParticipantConversations, undefined, [
        { provider: combine(sources), participant, providerOptions: { c: {} } },
      ])
    expect(thrownBy(call, ConfigurationError).message).toContain('unknown option "providerOptions.c"')
  })

  it('reports no total, since that of one source is not the total of all', async () => {
    const page = { items: [], nextPageToken: null, total: 7 }
    const one = named('a', () => page)
    const totalOf = async (provider: ConversationProvider) =>
      (await collect(listParticipantConversations({ provider, participant }).pages()))[0]?.total
    expect(await totalOf(combine([one]))).toBe(7)
    expect(await totalOf(combine([one, one]))).toBeNull()
  })

  it('ends a listing if a source repeats a page token', async () => {
    const circle = named('a', () => ({ items: [conversationOf('1')], nextPageToken: 'again' }))
    const error = await errorOf(idsFrom(combine([source('b', 1), circle])), PaginationError)
    expect(error.message).toContain('form a loop')
  })

  it('may have more than ten sources', async () => {
    const names = Array.from('abcdefghijkl')
    expect(await idsFrom(combine(names.map((name) => source(name, 1))))).toEqual(
      names.map((name) => `${name}0`),
    )
  })

  it('is not confused by sources that use the same page tokens', async () => {
    expect(await idsFrom(combine([source('a', 5), source('b', 5), source('c', 5)]))).toHaveLength(15)
  })

  it('compares page tokens as their source does', () => {
    const provider = combine([
      source('a', 1),
      { ...source('b', 1), pageTokenIdentity: (token: string) => token.slice(0, 1) },
    ])
    const identityOf = (token: string) => provider.pageTokenIdentity?.(token)
    expect(identityOf('1:x7')).toBe(identityOf('1:x8'))
    expect(identityOf('1:x7')).not.toBe(identityOf('0:x7'))
    expect(identityOf('1')).not.toBe(identityOf('0:x'))
  })

  it('aborts the request of a source with the listing, and does not report that to onSourceError', async () => {
    const { fetch, requests } = recordingFetch(hang)
    const failures: unknown[] = []
    const provider = combine([twilioWith(fetch), twilioWith(fetch)], {
      onSourceError(error) {
        failures.push(error)
        return 'skip'
      },
    })
    const controller = new AbortController()
    const { signal } = controller
    const listing = listParticipantConversations({ provider, participant: { address }, signal }).toArray()
    await settled()
    controller.abort(new Error('enough'))
    expect(await rejectionOf(listing)).toBe(controller.signal.reason)
    await settled()
    expect(requests).toHaveLength(1)
    expect(requests[0]?.signal?.aborted).toBe(true)
    expect(failures).toEqual([])
  })
})

describe('a status', () => {
  const mixed = (name: string, statusFilter: 'one' | 'none', statuses = ['active', 'closed'] as const) =>
    named(
      name,
      ({ status }) => ({
        items: statuses
          .map((own) => ({ ...conversationOf(`${name}-${own}`, own), provider: name }))
          .filter((item) => status === null || item.status === status),
        nextPageToken: null,
      }),
      { statusFilter, statuses },
    )

  it('is filtered by the sources that can filter, and by the listing for the others', async () => {
    const [able, unable] = [mixed('able', 'one'), mixed('unable', 'none')]
    expect(await idsFrom(combine([able, unable]), { status: 'closed' })).toEqual([
      'able-closed',
      'unable-closed',
    ])
    expect(able.requests[0]?.status).toBe('closed')
    expect(unable.requests[0]?.status).toBeNull()
  })

  it('does not reduce pages to the limit if only some sources filter by it', async () => {
    const unable = mixed('unable', 'none')
    await idsFrom(combine([mixed('able', 'one'), unable]), { status: 'closed', limit: 2, pageSize: 20 })
    expect(unable.requests[0]?.pageSize).toBe(20)
    const able = mixed('able', 'one')
    await idsFrom(combine([able]), { status: 'closed', limit: 1, pageSize: 20 })
    expect(able.requests[0]?.pageSize).toBe(1)
  })

  it('causes no request to a source that never has it', async () => {
    const first = source('a', 3, 2, { statusFilter: 'one', statuses: ['inactive'] })
    const last = source('c', 3, 2, { statusFilter: 'one', statuses: ['inactive'] })
    const provider = combine([first, mixed('b', 'one'), last])
    expect(await idsFrom(provider, { status: 'active' })).toEqual(['b-active'])
    expect([...first.requests, ...last.requests]).toEqual([])
  })

  it('that no source has gives an empty page without a request', async () => {
    const only = source('a', 1)
    const { signal } = new AbortController()
    const request = { participant, pageSize: 1, pageToken: null, signal, providerOptions: {} }
    expect(await combine([only]).listPage({ ...request, status: 'deleted' })).toMatchObject({
      items: [],
      nextPageToken: null,
    })
    expect(only.requests).toEqual([])
  })

  it('can be any that at least one source has', () => {
    const { capabilities } = combine([
      source('a', 1, 1, { statuses: ['active', 'closed'] }),
      source('b', 1, 1, { statuses: ['closed', 'deleted'] }),
    ])
    expect(capabilities.statuses).toEqual(['active', 'closed', 'deleted'])
    expect(capabilities.statusFilter).toBe('none')
  })
})

describe('the participant', () => {
  it('must be one that every source can look up', () => {
    const provider = combine([twilioWith(fetch), birdWith(fetch)])
    for (const [participant, refusing] of [
      [{ id: 'x' }, 'twilio'],
      [{ identity: 'ada' }, 'bird'],
    ] as const) {
      const call = () => Reflect.apply(listParticipantConversations, undefined, [{ provider, participant }])
      expect(thrownBy(call, UnsupportedParticipantError).provider).toBe(refusing)
    }
  })

  it('can be different for a source', async () => {
    const { fetch, requests } = recordingFetch()
    const provider = combine([
      twilioWith(fetch),
      { provider: birdWith(fetch), participant: { id: 'contact-1' } },
    ])
    await listParticipantConversations({ provider, participant: { identity: 'ada' } }).toArray()
    expect(requests[0]?.url.searchParams.get('Identity')).toBe('ada')
    expect(requests[1]?.url.pathname).toContain('/participants/contact-1/')
  })

  it('of a source is checked by combine()', () => {
    const combineWith = (participant: unknown) => () =>
      Reflect.apply(combine, undefined, [[{ provider: twilioWith(fetch), participant }]])
    expect(thrownBy(combineWith({ id: 'x' }), UnsupportedParticipantError).provider).toBe('twilio')
    expect(thrownBy(combineWith({ address: ' ' }), UnsupportedParticipantError).message).toContain(
      'combine(): sources.participant.address',
    )
    expect(thrownBy(combineWith({ name: 'ada' }), ConfigurationError).message).toContain(
      'combine(): sources.participant must be one of { address }',
    )
  })
})

describe('a source that fails', () => {
  const skip: CombineOptions = { onSourceError: () => 'skip' }

  it("is skipped in any position if onSourceError returns 'skip'", async () => {
    const [a, b] = [source('a', 3), source('b', 3)]
    const rest = ['a0', 'a1', 'a2', 'b0', 'b1', 'b2']
    for (const sources of [
      [failing('x'), a, b],
      [a, failing('x'), b],
      [a, b, failing('x')],
    ]) {
      expect(await idsFrom(combine(sources, skip))).toEqual(rest)
    }
    expect(await idsFrom(combine([failing('x')], skip))).toEqual([])
  })

  it('is reported with its error, provider and index, once for each failure', async () => {
    const told: unknown[] = []
    const down = failing('x')
    const provider = combine([source('a', 1), down, source('b', 1)], {
      onSourceError(error, provider, index) {
        told.push([error.message, provider, index])
        return 'skip'
      },
    })
    expect(await idsFrom(provider)).toEqual(['a0', 'b0'])
    expect(told).toEqual([['down', down, 1]])
  })

  it("throws its own error if onSourceError returns 'throw', and that of onSourceError if it throws", async () => {
    const error = new ConversationsError('down', { provider: 'x' })
    const failure = (onSourceError: CombineOptions['onSourceError']) =>
      rejectionOf(idsFrom(combine([source('a', 1), failing('x', error)], { onSourceError })))
    expect(await failure(() => 'throw')).toMatchObject({ message: 'down', provider: 'x' })
    const own = new RangeError('mine')
    const fail = () => {
      throw own
    }
    expect(await failure(fail)).toMatchObject({ cause: own })
  })

  it('is named in the error that wraps a foreign error', async () => {
    const error = await errorOf(
      idsFrom(combine([source('a', 1), failing('x', new RangeError('oops'))])),
      ConversationsError,
    )
    expect(error).toMatchObject({ message: 'x: oops', provider: 'x', cause: expect.any(RangeError) })
  })

  it('may be one that returns an invalid page', async () => {
    const broken = named('x', () => ({ items: 'none', nextPageToken: null }) as never)
    expect(await idsFrom(combine([broken, source('a', 1)], skip))).toEqual(['a0'])
    const error = await errorOf(idsFrom(combine([source('a', 1), broken])), ConversationsError)
    expect(error.message).toContain('listPage() of x: items')
  })

  it('is not one with an invalid conversation, which onInvalidConversation handles', async () => {
    const broken = named('x', () => ({ items: [{ ...conversationOf('1'), id: '' }], nextPageToken: null }))
    const provider = combine([broken, source('a', 1)], skip)
    const error = await errorOf(idsFrom(provider), ConversationsError)
    expect(error.message).toContain('listPage() of x: items')
    const list = listParticipantConversations({ provider, participant, onInvalidConversation: 'skip' })
    expect((await list.toArray()).map(({ id }) => id)).toEqual(['a0'])
  })

  it('may be one whose next page cannot be requested, after its conversations so far were delivered', async () => {
    const nextPageError = new PaginationError('leads elsewhere', { provider: 'x' })
    const answer = { items: [conversationOf('1')], nextPageToken: null, nextPageError }
    const sources = [named('x', () => answer), source('a', 1)]
    expect(await idsFrom(combine(sources, skip))).toEqual(['1', 'a0'])
    const found: string[] = []
    const list = listParticipantConversations({ provider: combine(sources), participant })
    const listing = (async () => {
      for await (const { id } of list) found.push(id)
    })()
    expect(await errorOf(listing, PaginationError)).toMatchObject({ message: 'leads elsewhere' })
    expect(found).toEqual(['1'])
  })

  it('is requested again from a cursor before its failure, and skipped from a cursor after it', async () => {
    let isDown = true
    const flaky = named('x', () => {
      if (isDown) throw new ConversationsError('down', { provider: 'x' })
      return { items: [conversationOf('x0')], nextPageToken: null }
    })
    const provider = combine([source('a', 2), flaky, source('b', 2)], skip)
    const pages = await collect(listParticipantConversations({ provider, participant }).pages())
    const cursors = pages.map(({ nextCursor }) => nextCursor ?? '')
    expect(pages.map(({ items, provider }) => [provider, idsOf(items)])).toEqual([
      ['a', ['a0', 'a1']],
      ['x', []],
      ['b', ['b0', 'b1']],
    ])
    isDown = false
    expect(await idsFrom(provider, { cursor: cursors[0] })).toEqual(['x0', 'b0', 'b1'])
    expect(await idsFrom(provider, { cursor: cursors[1] })).toEqual(['b0', 'b1'])
  })

  it('does not make a cursor in the middle of its page skip conversations of the next source', async () => {
    let isDown = false
    const flaky = named('x', () => {
      if (isDown) throw new ConversationsError('down', { provider: 'x' })
      return { items: ['x0', 'x1', 'x2'].map((id) => conversationOf(id)), nextPageToken: null }
    })
    const provider = combine([flaky, source('b', 3)], skip)
    const [page] = await collect(listParticipantConversations({ provider, participant, limit: 2 }).pages())
    isDown = true
    expect(await idsFrom(provider, { cursor: page?.nextCursor ?? '' })).toEqual(['b0', 'b1', 'b2'])
  })
})

describe('a cursor of a combined provider', () => {
  const cursorOf = async (provider: ConversationProvider, participant: ParticipantRef) => {
    const list = listParticipantConversations({ provider, participant, limit: 1 })
    for await (const { nextCursor } of list.pages()) if (nextCursor) return nextCursor
    throw new Error('no cursor')
  }

  it('is refused if the sources have changed or are in another order', async () => {
    const [a, b] = [source('a', 3), source('b', 3)]
    const cursor = await cursorOf(combine([a, b]), participant)
    await expect(idsFrom(combine([a, b]), { cursor })).resolves.toHaveLength(5)
    for (const sources of [
      [b, a],
      [a],
      [a, b, a],
      [a, { ...b, scope: 'another account' }],
      [a, { provider: b, participant: { id: 'y' } }],
    ]) {
      expect(() => listParticipantConversations({ provider: combine(sources), participant, cursor })).toThrow(
        InvalidCursorError,
      )
    }
  })

  it('is bound to the participant, whatever the order of its properties', async () => {
    const sources = [source('a', 3), source('b', 3)]
    const cursor = await cursorOf(combine(sources), { identifierKey: 'k', identifierValue: 'v' })
    const resume = (participant: ParticipantRef) => () =>
      listParticipantConversations({ provider: combine(sources), participant, cursor })
    expect(resume({ identifierValue: 'v', identifierKey: 'k' })).not.toThrow()
    expect(resume({ identifierKey: 'k', identifierValue: 'w' })).toThrow(InvalidCursorError)
  })

  it('with a tampered page token throws an InvalidCursorError, which cannot be skipped', async () => {
    const provider = combine([source('a', 1)], { onSourceError: () => 'skip' })
    const outer = combine([provider], { onSourceError: () => 'skip' })
    for (const pageToken of ['1', '-1', '', 'x', '99999999999999999999', '0x0:1']) {
      const ask = (given: ConversationProvider, pageToken: string) =>
        given.listPage({
          participant,
          pageSize: 1,
          pageToken,
          status: null,
          signal: new AbortController().signal,
          providerOptions: {},
        })
      expect(await errorOf(ask(provider, pageToken), InvalidCursorError)).toMatchObject({
        message: 'cursor is damaged: omit it to start from the beginning.',
        provider: 'a',
      })
      await errorOf(ask(outer, `0:${pageToken}`), InvalidCursorError)
    }
  })

  it('does not skip conversations of the next source if the current source has lost some', async () => {
    let ids = ['x0', 'x1', 'x2']
    const shrinking = named('x', () => ({ items: ids.map((id) => conversationOf(id)), nextPageToken: null }))
    const provider = combine([shrinking, source('b', 3)])
    const [page] = await collect(listParticipantConversations({ provider, participant, limit: 2 }).pages())
    ids = ['x2']
    const rest = await idsFrom(provider, { cursor: page?.nextCursor ?? '' })
    expect(rest.filter((id) => id.startsWith('b'))).toEqual(['b0', 'b1', 'b2'])
  })

  it('does not look for its place in the next source, even if that has the same conversations', async () => {
    let ids = ['x0', 'x1', 'x2']
    const shrinking = named('x', () => ({ items: ids.map((id) => conversationOf(id)), nextPageToken: null }))
    const same = named('y', () => ({
      items: ['x0', 'x1', 'x2'].map((id) => conversationOf(id)),
      nextPageToken: null,
    }))
    for (const provider of [combine([shrinking, same]), combine([combine([shrinking, same])])]) {
      ids = ['x0', 'x1', 'x2']
      const { nextCursor } = await listParticipantConversations({ provider, participant, limit: 2 }).page()
      ids = []
      expect(await idsFrom(provider, { cursor: nextCursor })).toEqual(['x0', 'x1', 'x2'])
    }
  })

  it('looks for its place on the next page of the same source, if its page has become smaller', async () => {
    let size = 4
    const provider = combine([
      named('x', (request) => numbered(6, size)(request)),
      named('y', () => ({ items: [conversationOf('y')], nextPageToken: null })),
    ])
    const { nextCursor } = await listParticipantConversations({ provider, participant, limit: 3 }).page()
    size = 2
    expect(await idsFrom(provider, { cursor: nextCursor })).toEqual(['3', '4', '5', 'y'])
  })
})

describe('combine() refuses invalid arguments:', () => {
  const wrong: [unknown, unknown, string][] = [
    [[], {}, 'sources must be an array of at least one provider'],
    [source('a', 1), {}, 'sources must be an array of at least one provider'],
    [[{}], {}, 'sources.provider must be a provider, such as twilio() or bird()'],
    [
      [null],
      {},
      'sources must be providers, or objects with provider and participant; got an array with null',
    ],
    [[{ provider: source('a', 1), participants: {} }], {}, 'unknown option "sources.0.participants"'],
    [[source('a', 1)], { onSourceError: 'skip' }, 'onSourceError must be a function; got "skip"'],
    [[source('a', 1)], { onError: () => 'skip' }, 'unknown option "onError"'],
    [
      [source('a', 1)],
      { onSourceErrors: () => 'skip' },
      'unknown option "onSourceErrors". Did you mean "onSourceError"?',
    ],
  ]
  for (const [sources, options, message] of wrong) {
    it(message, () => {
      const call = () => Reflect.apply(combine, undefined, [sources, options])
      expect(thrownBy(call, ConfigurationError).message).toContain(`combine(): ${message}`)
    })
  }
})
