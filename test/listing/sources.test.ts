import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  type AnyConversation,
  AuthenticationError,
  type BirdConversation,
  type BirdProvider,
  ConfigurationError,
  type ConversationOf,
  type ConversationProvider,
  type ConversationStatus,
  listParticipantConversations,
  PaginationError,
  type ParticipantOf,
  type ParticipantRef,
  type SomeParticipantOf,
  type TwilioConversation,
  type TwilioProvider,
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
  firstPageOf,
  idsOf,
  recordingFetch,
  settled,
  thrownBy,
  twilioPage,
  twilioWith,
  workspaceId,
} from '../support/listing.ts'
import { named, source } from '../support/sources.ts'

const participant = { id: 'x' }

const idsFrom = async (
  provider: ConversationProvider | ConversationProvider[],
  more: object = {},
): Promise<string[]> =>
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
    return { standIn, provider: [twilioWith(fetch), birdWith(fetch)] as const }
  }

  it('is listed in one loop, where each conversation has its own provider and raw', async () => {
    const { provider } = createBoth()
    const all = await collect(listParticipantConversations({ provider, participant: { address } }))
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
    const { standIn, provider } = createBoth()
    const list = listParticipantConversations({ provider, participant: { address } })
    const found = (await collect(list.pages())).map(({ provider, items }) => [provider, items.length])
    expect(found).toEqual([
      ['twilio', 50],
      ['twilio', 50],
      ['twilio', 20],
      ['bird', 100],
      ['bird', 30],
    ])
    expect(standIn.requests).toHaveLength(5)
  })

  it('is listed up to the error of a provider, from whose cursor the rest is listed', async () => {
    const { standIn, provider } = createBoth()
    standIn.fail({ provider: 'bird', page: 2, status: 401 })
    const found: string[] = []
    const listing = async (cursor?: string | null) => {
      const list = listParticipantConversations({ provider, participant: { address }, cursor })
      for await (const { id } of list) found.push(id)
    }
    const error = await errorOf(listing(), AuthenticationError)
    expect(error.provider).toBe('bird')
    expect(found).toHaveLength(220)
    await listing(error.cursor)
    expect(new Set(found).size).toBe(250)
    expect(found).toHaveLength(250)
  })

  it('is prefetched from the second provider while the last page of the first one is handled', async () => {
    const { fetch, requests } = recordingFetch(({ url }) =>
      url.hostname === 'api.bird.com' ? birdPage(['b1']) : twilioPage(['CH1', 'CH2']),
    )
    const list = listParticipantConversations({
      provider: [twilioWith(fetch), birdWith(fetch)],
      participant: { address },
      prefetch: true,
      concurrency: 1,
    })
    for await (const { id } of list) {
      await settled()
      if (id === 'CH1') expect(requests.map(({ url }) => url.hostname)).toContain('api.bird.com')
    }
    expect(requests).toHaveLength(2)
  })
})

describe('several sources', () => {
  it('are listed in the order of the providers, also if one has nothing', async () => {
    expect(await idsFrom([source('b', 3), source('a', 0), source('c', 1)])).toEqual(['b0', 'b1', 'b2', 'c0'])
  })

  it('are ordered by provider, then by participant, then by the list of the provider', async () => {
    const { fetch, requests } = recordingFetch()
    await listParticipantConversations({
      provider: [birdWith(fetch, { channelId: ['c1', 'c2'] }), twilioWith(fetch)],
      participant: [{ identity: 'ada' }, { id: 'contact-1' }, { address }],
      concurrency: 1,
    }).toArray()
    const asked = requests.map(({ url }) =>
      [url.pathname.split('/').slice(4, -1).join('/'), ...url.searchParams.values()].slice(0, 2).join(' '),
    )
    expect(asked).toEqual([
      'contact-1 c1',
      'contact-1 c2',
      `phonenumber/${encodeURIComponent(address)} c1`,
      `phonenumber/${encodeURIComponent(address)} c2`,
      ' ada',
      ` ${address}`,
    ])
  })

  it('must each be a provider, and at least one', () => {
    for (const [provider, problem] of [
      [[], 'provider must be a provider, or an array of at least one; got an array of length 0'],
      [[{}], 'provider must be a provider, such as twilio() or bird(); got an array with an object'],
      [
        [source('a', 1), null],
        'provider must be a provider, such as twilio() or bird(); got an array with null',
      ],
      [[source('a', 1), { ...source('b', 1), scope: 7 }], 'provider.scope must be a string; got 7'],
    ] as const) {
      const call = () => Reflect.apply(listParticipantConversations, undefined, [{ provider, participant }])
      expect(thrownBy(call, ConfigurationError).message).toContain(problem)
    }
  })

  it('are named on each page', async () => {
    const list = listParticipantConversations({
      provider: [source('a', 3), source('b', 3), source('c', 0), source('d', 1)],
      participant,
    })
    const found = (await collect(list.pages())).map(({ provider, items }) => [provider, ...idsOf(items)])
    expect(found).toEqual([
      ['a', 'a0', 'a1'],
      ['a', 'a2'],
      ['b', 'b0', 'b1'],
      ['b', 'b2'],
      ['c'],
      ['d', 'd0'],
    ])
  })

  it('may be more than ten', async () => {
    const names = Array.from('abcdefghijkl')
    expect(await idsFrom(names.map((name) => source(name, 1)))).toEqual(names.map((name) => `${name}0`))
  })

  it('may be 1,500 in a row without conversations: each ends, so that the listing does', async () => {
    const empty = Array.from({ length: 1500 }, (_, index) => source(`empty${index}`, 0))
    expect(await idsFrom([...empty, source('a', 3)])).toEqual(['a0', 'a1', 'a2'])
  })

  it('may use the same page tokens', async () => {
    expect(await idsFrom([source('a', 5), source('b', 5), source('c', 5)])).toHaveLength(15)
  })

  it('end the listing if the pages of one form a loop', async () => {
    const circle = named('a', () => ({ items: [conversationOf('1')], nextPageToken: 'again' }))
    const error = await errorOf(idsFrom([source('b', 1), circle]), PaginationError)
    expect(error).toMatchObject({ provider: 'a', message: expect.stringContaining('form a loop') })
  })

  it('are compared by their own page tokens, as each provider identifies them', async () => {
    const other = {
      ...named('b', ({ pageToken }) => ({
        items: [conversationOf(`b${pageToken}`)],
        nextPageToken: pageToken === null ? '1:x' : '1:y',
      })),
      pageTokenIdentity: (token: string) => token.slice(0, 1),
    }
    const error = await errorOf(idsFrom([source('a', 5), other]), PaginationError)
    expect(error).toMatchObject({ provider: 'b', message: expect.stringContaining('form a loop') })
  })

  it('are requested up to the limit only, each in pages of what is still wanted', async () => {
    const [first, second] = [source('a', 2), source('b', 9)]
    const options = { concurrency: 1 }
    expect(await idsFrom([first, second], { ...options, limit: 2 })).toEqual(['a0', 'a1'])
    expect(second.requests).toHaveLength(0)
    expect(await idsFrom([first, second], { ...options, limit: 3 })).toEqual(['a0', 'a1', 'b0'])
    expect(second.requests.map(({ pageSize }) => pageSize)).toEqual([1])
  })

  it('are filled up to a count by first(), across their pages', async () => {
    const list = listParticipantConversations({ provider: [source('a', 3), source('b', 3)], participant })
    const { items, nextCursor } = await list.first(4)
    expect(idsOf(items)).toEqual(['a0', 'a1', 'a2', 'b0'])
    expect(await idsFrom([source('a', 3), source('b', 3)], { cursor: nextCursor })).toEqual(['b1', 'b2'])
    expect((await list.first())?.id).toBe('a0')
    const later = listParticipantConversations({ provider: [source('a', 0), source('b', 3)], participant })
    expect((await later.first())?.id).toBe('b0')
  })

  it("never exceed a provider's own maximum page size", async () => {
    const sources = [source('a', 1, 2, { maxPageSize: 7 }), source('b', 1, 2, { maxPageSize: 30 })]
    await idsFrom(sources)
    await idsFrom(sources, { pageSize: 5 })
    await idsFrom(sources, { pageSize: 20 })
    expect(sources.map(({ requests }) => requests.map(({ pageSize }) => pageSize))).toEqual([
      [7, 5, 7],
      [30, 5, 20],
    ])
  })

  it('have no total, since that of one source is not the total of all', async () => {
    const counting = (name: string) => named(name, () => ({ items: [], nextPageToken: null, total: 7 }))
    const totalOf = async (...provider: ConversationProvider[]) =>
      (await firstPageOf(listParticipantConversations({ provider, participant }))).total
    expect(await totalOf(counting('a'))).toBe(7)
    expect(await totalOf(counting('a'), counting('b'))).toBeNull()
  })
})

describe('a status', () => {
  const statusesOf = { able: ['active', 'closed'], unable: ['active', 'inactive', 'closed'] } as const
  const mixed = (name: keyof typeof statusesOf): FakeProvider => {
    const statuses: readonly ConversationStatus[] = statusesOf[name]
    return named(
      name,
      ({ status }) => ({
        items: statuses
          .map((own): AnyConversation => ({ ...conversationOf(`${name}-${own}`, own), provider: name }))
          .filter((item) => status === null || item.status === status),
        nextPageToken: null,
      }),
      { statusFilter: name === 'able' ? 'one' : 'none', statuses },
    )
  }

  it('is filtered by the providers that can filter, and by the listing for the others', async () => {
    const [able, unable] = [mixed('able'), mixed('unable')]
    expect(await idsFrom([able, unable], { status: 'closed' })).toEqual(['able-closed', 'unable-closed'])
    expect(able.requests[0]?.status).toBe('closed')
    expect(unable.requests[0]?.status).toBeNull()
  })

  it('is sent to a provider that has only one of several, and filtered by the listing for one that has more', async () => {
    const [able, unable] = [mixed('able'), mixed('unable')]
    expect(await idsFrom([able, unable], { status: ['closed', 'inactive'] })).toEqual([
      'able-closed',
      'unable-inactive',
      'unable-closed',
    ])
    expect(able.requests[0]?.status).toBe('closed')
    expect(unable.requests[0]?.status).toBeNull()
    const { fetch, requests } = recordingFetch(() => ({ results: [{ id: '1', status: 'closed' }], total: 7 }))
    const list = listParticipantConversations({
      provider: birdWith(fetch),
      participant: { address },
      status: ['inactive', 'closed'],
    })
    expect(await firstPageOf(list)).toMatchObject({ items: [{ id: '1' }], total: 7 })
    expect(requests[0]?.url.searchParams.get('status')).toBe('closed')
  })

  it('is filtered by the listing if a provider has several of those that are wanted', async () => {
    const able = mixed('able')
    expect(await idsFrom(able, { status: ['closed', 'active', 'deleted'] })).toEqual([
      'able-active',
      'able-closed',
    ])
    expect(able.requests[0]?.status).toBeNull()
  })

  it("is never sent if it is 'unknown', which no provider has", async () => {
    const strange = named(
      'strange',
      () => ({ items: [conversationOf('1', 'unknown'), conversationOf('2')], nextPageToken: null }),
      { statusFilter: 'one', statuses: ['active', 'unknown'] },
    )
    expect(await idsFrom(strange, { status: 'unknown' })).toEqual(['1'])
    expect(strange.requests[0]?.status).toBeNull()
  })

  it('reduces pages to the limit only for providers that filter by it', async () => {
    const [able, unable] = [mixed('able'), mixed('unable')]
    await idsFrom([able, unable], { status: 'closed', limit: 2, pageSize: 20, concurrency: 1 })
    expect(able.requests[0]?.pageSize).toBe(2)
    expect(unable.requests[0]?.pageSize).toBe(20)
  })

  it('sends no request to a provider that never has it', async () => {
    const first = source('a', 3, 2, { statusFilter: 'one', statuses: ['inactive'] })
    const last = source('c', 3, 2, { statuses: ['inactive'] })
    expect(await idsFrom([first, mixed('able'), last], { status: 'active' })).toEqual(['able-active'])
    expect([...first.requests, ...last.requests]).toEqual([])
  })

  it('that no provider has gives one empty page without a request', async () => {
    const [first, second] = [source('a', 1), source('b', 1)]
    const list = listParticipantConversations({ provider: [first, second], participant, status: 'deleted' })
    expect(await collect(list.pages())).toEqual([
      { items: [], nextCursor: null, provider: 'a', requestId: null, total: null },
    ])
    expect(await list.first(3)).toEqual({ items: [], nextCursor: null })
    expect([...first.requests, ...second.requests]).toEqual([])
  })
})

describe('the participants', () => {
  const both = () => {
    const { fetch, requests } = recordingFetch()
    const hosts = () => requests.map(({ url }) => url.hostname.replace(/^.*\.(\w+)\.com$/, '$1'))
    return { provider: [twilioWith(fetch), birdWith(fetch)] as const, requests, hosts }
  }
  /** Lists as JavaScript does, without types. */
  const listUnchecked = (provider: unknown, participant: unknown, more: object = {}) =>
    Reflect.apply(listParticipantConversations, undefined, [{ provider, participant, ...more }])

  it('are looked up by each provider that can, in the order that they were passed in', async () => {
    const { provider, requests, hosts } = both()
    await listParticipantConversations({
      provider,
      participant: [{ id: 'contact-1' }, { identity: 'ada' }, { address }],
      concurrency: 1,
    }).toArray()
    expect(hosts()).toEqual(['twilio', 'twilio', 'bird', 'bird'])
    expect(requests[0]?.url.searchParams.get('Identity')).toBe('ada')
    expect(requests[1]?.url.searchParams.get('Address')).toBe(address)
    expect(requests[2]?.url.pathname).toContain('/participants/contact-1/')
    expect(requests[3]?.url.pathname).toContain('/participants/phonenumber/')
  })

  it('may be several of one provider, such as the addresses of a person', async () => {
    const { fetch, requests } = recordingFetch()
    await listParticipantConversations({
      provider: twilioWith(fetch),
      participant: [{ address }, { address: 'ada@example.com' }, { identity: 'ada' }],
      concurrency: 1,
    }).toArray()
    expect(requests.map(({ url }) => [...url.searchParams.values()][0])).toEqual([
      address,
      'ada@example.com',
      'ada',
    ])
  })

  it('that name their provider are listed on that one only', async () => {
    const { provider, hosts, requests } = both()
    const participant = [{ provider: 'bird', address: '+12025550199' }, { address }]
    await listParticipantConversations({ provider, participant, concurrency: 1 }).toArray()
    expect(hosts()).toEqual(['twilio', 'bird', 'bird'])
    expect(requests[0]?.url.searchParams.get('Address')).toBe(address)
    expect(requests[1]?.url.pathname).toContain(encodeURIComponent('+12025550199'))
    const single = both()
    await listParticipantConversations({
      provider: single.provider[1],
      participant: { provider: 'bird', address },
    }).toArray()
    expect(single.hosts()).toEqual(['bird'])
  })

  it('are refused if they name a provider that is not listed, or leave another one without a participant', () => {
    const { provider } = both()
    for (const [participant, refusing] of [
      [[{ provider: 'brid', id: 'x' }, { address }], 'twilio: participant is for "brid" only'],
      [{ provider: 'bird', address }, 'twilio: participant is for "bird" only'],
    ] as const) {
      const error = thrownBy(() => listUnchecked(provider, participant), UnsupportedParticipantError)
      expect(error.message).toBe(refusing)
    }
  })

  it('may be those of conversations, which any provider may have returned', async () => {
    const { provider, hosts, requests } = both()
    const listed = await listParticipantConversations({
      provider: birdWith(
        recordingFetch(() => ({
          results: [
            {
              id: '1',
              initiatingParticipant: { contact: { identifierKey: 'phonenumber', identifierValue: address } },
            },
          ],
        })).fetch,
      ),
      participant: { address },
    }).first()
    if (listed?.participant == null) throw new Error('there is one')
    await listParticipantConversations({
      provider,
      participant: [listed.participant],
      concurrency: 1,
    }).toArray()
    expect(hosts()).toEqual(['twilio', 'bird'])
    expect(requests[0]?.url.searchParams.get('Address')).toBe(address)
  })

  it('must include one for each provider, and a single one must be for all of them', () => {
    const { provider, requests } = both()
    for (const [participant, refusing] of [
      [{ id: 'x' }, 'twilio'],
      [{ identity: 'ada' }, 'bird'],
      [[{ id: 'x' }], 'twilio'],
      [[{ identity: 'ada' }, { identity: 'bob' }], 'bird'],
    ] as const) {
      const error = thrownBy(() => listUnchecked(provider, participant), UnsupportedParticipantError)
      expect(error.provider).toBe(refusing)
    }
    expect(requests).toEqual([])
  })

  it('must each be one that a provider can look up, and the error is that of the provider that it is for', () => {
    const participant = [{ address }, { address: 'messenger:77', provider: 'bird' }]
    for (const provider of [both().provider, both().provider.toReversed()]) {
      const error = thrownBy(() => listUnchecked(provider, participant), UnsupportedParticipantError)
      expect(error.provider).toBe('bird')
      expect(error.message).toMatch(
        /^bird: participant must have a phone number, an id, .* got "messenger:77"$/,
      )
    }
  })

  it('are each checked, and named by what is wrong with one', () => {
    const { provider } = both()
    expect(thrownBy(() => listUnchecked(provider, []), ConfigurationError).message).toContain(
      'participant must be a participant, or an array of at least one; got an array of length 0',
    )
    expect(
      thrownBy(() => listUnchecked(provider, [{ address }, { name: 'ada' }]), ConfigurationError).message,
    ).toContain('participant must be one of { phone }, { address }, { identity }, ')
    expect(
      thrownBy(() => listUnchecked(provider, [{ address }, { address: ' ' }]), UnsupportedParticipantError)
        .message,
    ).toContain('participant.address must not be empty')
    expect(
      thrownBy(() => listUnchecked(provider, [{ address }, null]), ConfigurationError).message,
    ).toContain('participant must be one of { phone }, { address }, { identity }, ')
  })

  it('and the providers may be changed after the call without effect', async () => {
    const providers = [source('a', 1)]
    const participants = [{ id: 'x' }]
    const list = listParticipantConversations({ provider: providers, participant: participants })
    providers.push(source('b', 1))
    participants.push({ id: 'y' })
    expect(idsOf(await list.toArray())).toEqual(['a0'])
  })
})

describe('no source is listed twice:', () => {
  it('a provider that was passed twice, also as two objects for one account', async () => {
    const { fetch, requests } = recordingFetch()
    const provider = twilioWith(fetch)
    await listParticipantConversations({
      provider: [provider, provider, twilioWith(fetch)],
      participant: { address },
    }).toArray()
    expect(requests).toHaveLength(1)
  })

  it('a participant that was passed twice, also in another form that leads to the same lookup', async () => {
    const { fetch, requests } = recordingFetch()
    await listParticipantConversations({
      provider: birdWith(fetch),
      participant: [
        { address },
        { address },
        { address, channel: 'whatsapp' },
        { identifierKey: 'phonenumber', identifierValue: address },
      ],
    }).toArray()
    expect(requests).toHaveLength(1)
  })

  it('a channel that several providers of one workspace have', async () => {
    const { fetch, requests } = recordingFetch()
    await listParticipantConversations({
      provider: [birdWith(fetch, { channelId: ['c1', 'c2'] }), birdWith(fetch, { channelId: ['c2', 'c3'] })],
      participant: { address },
      concurrency: 1,
    }).toArray()
    expect(requests.map(({ url }) => url.searchParams.get('channelId'))).toEqual(['c1', 'c2', 'c3'])
  })

  it('but accounts of one provider are, each with its own conversations', async () => {
    const { fetch, requests } = recordingFetch(() => twilioPage(['CH1']))
    const accounts = ['a', 'b'].map((digit) => twilioWith(fetch, { accountSid: `AC${digit.repeat(32)}` }))
    const list = listParticipantConversations({ provider: accounts, participant: { address } })
    expect(idsOf(await list.toArray())).toEqual(['CH1', 'CH1'])
    expect(requests).toHaveLength(2)
  })
})

describe('a conversation that several lookups of an account find', () => {
  /** Ada's conversations, by the way to look her up. */
  const found: Readonly<Record<string, readonly string[]>> = { mail: ['1', '2'], phone: ['2', '3', '1', '4'] }
  const account = (scope: string): FakeProvider => ({
    ...named('desk', ({ participant, pageToken }) => {
      const ids = found['id' in participant ? String(participant.id) : ''] ?? []
      const start = Number(pageToken ?? 0)
      const items = ids.slice(start, start + 2).map((id) => conversationOf(id))
      return { items, nextPageToken: start + 2 < ids.length ? String(start + 2) : null }
    }),
    scope,
  })
  const participant = [{ id: 'mail' }, { id: 'phone' }]

  it('is delivered once in an iteration, the first time', async () => {
    const list = listParticipantConversations({ provider: account('one'), participant })
    const pages = await collect(list.pages())
    expect(pages.map(({ items }) => idsOf(items))).toEqual([['1', '2'], ['3'], ['4']])
    expect(idsOf(await list.toArray())).toEqual(['1', '2', '3', '4'])
    expect(idsOf(await collect(list))).toEqual(['1', '2', '3', '4'])
  })

  it('counts once for limit and first()', async () => {
    const list = (limit?: number) =>
      listParticipantConversations({ provider: account('one'), participant, limit })
    expect(idsOf(await list(3).toArray())).toEqual(['1', '2', '3'])
    expect(idsOf((await list().first(4)).items)).toEqual(['1', '2', '3', '4'])
  })

  it('is delivered for each account, whose ids may be the same by chance', async () => {
    const list = listParticipantConversations({ provider: [account('one'), account('two')], participant })
    expect(idsOf(await list.toArray())).toEqual(['1', '2', '3', '4', '1', '2', '3', '4'])
  })

  it('is delivered if the filter has rejected it before', async () => {
    const offered: string[] = []
    const filter = ({ id }: AnyConversation) => offered.push(id) > 2
    const list = listParticipantConversations({ provider: account('one'), participant, filter })
    expect(idsOf(await list.toArray())).toEqual(['2', '3', '1', '4'])
  })

  it('may come again after a resume, but none is lost', async () => {
    for (const limit of [1, 2, 3]) {
      const list = listParticipantConversations({ provider: account('one'), participant })
      const { items, nextCursor } = await list.first(limit)
      const rest = await listParticipantConversations({
        provider: account('one'),
        participant,
        cursor: nextCursor,
      }).toArray()
      expect(new Set(idsOf([...items, ...rest])).size).toBe(4)
      expect(new Set(idsOf(rest)).size).toBe(rest.length)
    }
  })
})

describe('providerOptions', () => {
  it('reach each provider under its own name only', async () => {
    const sources = [source('a', 1), source('b', 1), source('c', 1)]
    await idsFrom(sources, { providerOptions: { a: { folder: 'in' }, b: { folder: 'out', draft: true } } })
    expect(sources.map(({ requests }) => requests[0]?.options)).toEqual([
      { folder: 'in' },
      { folder: 'out', draft: true },
      {},
    ])
  })

  it('reach each provider of that name', async () => {
    const { fetch, requests } = recordingFetch()
    await listParticipantConversations({
      provider: [
        birdWith(fetch, { channelId: 'c1' }),
        twilioWith(fetch),
        birdWith(fetch, { channelId: 'c2' }),
      ],
      participant: { address },
      providerOptions: { bird: { reverse: true } },
      concurrency: 1,
    }).toArray()
    expect(requests.map(({ url }) => url.searchParams.get('reverse'))).toEqual(['true', null, 'true'])
  })

  it('are refused under the name of a provider that is not listed', () => {
    const call = () =>
      Reflect.apply(listParticipantConversations, undefined, [
        { provider: [source('a', 1), source('b', 1)], participant, providerOptions: { c: {} } },
      ])
    expect(thrownBy(call, ConfigurationError).message).toContain('unknown option "providerOptions.c"')
  })

  it('are each checked by their own provider', () => {
    const { fetch } = recordingFetch()
    const call = () =>
      Reflect.apply(listParticipantConversations, undefined, [
        {
          provider: [twilioWith(fetch), birdWith(fetch)],
          participant: { address },
          providerOptions: { bird: { reverse: 'yes' }, twilio: { reverse: true } },
        },
      ])
    const { message } = thrownBy(call, ConfigurationError)
    expect(message).toContain('providerOptions.bird.reverse must be true or false; got "yes"')
    expect(message).toContain('unknown option "providerOptions.twilio.reverse"')
  })
})

describe('the types of a listing of several providers', () => {
  const { fetch } = recordingFetch()
  const twilio = twilioWith(fetch)
  const bird = birdWith(fetch)

  it('yield the conversations of each, which narrow on their provider', async () => {
    type Both = ConversationOf<[TwilioProvider, BirdProvider]>
    expectTypeOf<Both>().toEqualTypeOf<TwilioConversation | BirdConversation>()
    const list = listParticipantConversations({ provider: [twilio, bird], participant: { address } })
    for await (const conversation of list) {
      if (conversation.provider === 'bird') expectTypeOf(conversation).toEqualTypeOf<BirdConversation>()
      else expectTypeOf(conversation).toEqualTypeOf<TwilioConversation>()
    }
    expect(await list.toArray()).toEqual([])
  })

  it('take a single participant only if every provider can look it up', () => {
    type Shared = ParticipantOf<[TwilioProvider, BirdProvider]>
    expectTypeOf<Shared>().toEqualTypeOf<ParticipantRef<'phone' | 'address'>>()
    const byId = () =>
      listParticipantConversations({
        provider: [twilio, bird],
        // @ts-expect-error -- Twilio cannot look up an id
        participant: { id: 'x' },
      })
    expect(byId).toThrow(UnsupportedParticipantError)
  })

  it('take several participants if at least one provider can look up each', () => {
    type Some = SomeParticipantOf<[TwilioProvider, BirdProvider]>
    expectTypeOf<Some>().toEqualTypeOf<ParticipantRef>()
    listParticipantConversations({
      provider: [twilio, bird],
      participant: [{ identity: 'ada' }, { provider: 'bird', id: 'x' }],
    })
    const byId = () =>
      listParticipantConversations({
        provider: [twilio],
        // @ts-expect-error -- Twilio cannot look up an id
        participant: [{ id: 'x' }, { address }],
      })
    expect(byId).toThrow(UnsupportedParticipantError)
  })

  it('accept providers that are chosen at run time', () => {
    const chosen: ConversationProvider[] = [twilio, bird]
    const list = listParticipantConversations({ provider: chosen, participant: { address } })
    expectTypeOf(list.toArray).returns.resolves.toEqualTypeOf<AnyConversation[]>()
    const some: (TwilioProvider | BirdProvider)[] = [twilio]
    const narrow = listParticipantConversations({ provider: some, participant: { address } })
    expectTypeOf(narrow.first).toBeCallableWith(1)
    expectTypeOf(narrow.toArray).returns.resolves.toEqualTypeOf<(TwilioConversation | BirdConversation)[]>()
  })

  it('accept the options of each provider, and no others', () => {
    listParticipantConversations({
      provider: [twilio, bird],
      participant: { address },
      providerOptions: { bird: { reverse: true } },
    })
    const unknown = () =>
      listParticipantConversations({
        provider: [twilio, bird],
        participant: { address },
        // @ts-expect-error -- neither provider is called sinch
        providerOptions: { sinch: {} },
      })
    expect(unknown).toThrow('unknown option "providerOptions.sinch"')
  })

  it('tell onSourceError which providers there are', () => {
    listParticipantConversations({
      provider: [twilio, bird],
      participant: { address },
      onSourceError(error, { provider, list }) {
        expectTypeOf(error.cursor).toEqualTypeOf<string | null>()
        expectTypeOf(provider).toEqualTypeOf<TwilioProvider | BirdProvider>()
        expectTypeOf(list).toEqualTypeOf<string | null>()
        return 'skip'
      },
    })
    const asynchronous = {
      provider: [twilio, bird],
      participant: { address },
      onSourceError: async () => 'skip' as const,
    }
    // @ts-expect-error -- it must decide at once
    listParticipantConversations(asynchronous)
  })
})
