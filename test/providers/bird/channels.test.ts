import { beforeEach, describe, expect, it, vi } from 'vitest'
import {
  type BirdConversationResource,
  type BirdOptions,
  bird,
  ConfigurationError,
  InvalidCursorError,
  listParticipantConversations,
} from '../../../src/index.ts'
import { createStandIn, sampleBirdConversations } from '../../../src/testing/index.ts'
import {
  accessKey,
  address,
  collect,
  errorOf,
  idsOf,
  recordingFetch,
  thrownBy,
  workspaceId,
} from '../../support/listing.ts'

const account = { accessKey, workspaceId }
const participant = { address }
const channelOf = (digit: number) => `0f0e0d0c-0000-4000-8000-00000000000${digit}`
const channelId = [channelOf(1), channelOf(2), channelOf(3)]
/** None of the second channel's conversations belong to this participant. */
const conversations = [
  ...sampleBirdConversations({ address, channelId: channelOf(1), count: 150 }),
  ...sampleBirdConversations({ address: 'ada@example.com', channelId: channelOf(2), count: 5 }),
  ...sampleBirdConversations({ address, channelId: channelOf(3), count: 20, seed: 2 }),
]

beforeEach(() => {
  for (const name of ['ACCESS_KEY', 'WORKSPACE_ID', 'CHANNEL_ID']) vi.stubEnv(`BIRD_${name}`, '')
  return () => vi.unstubAllEnvs()
})

const CHANNELS =
  'must be a channel id, or an array of them without duplicates, or an object with the address of each'
const NOT_E164 =
  'must be a phone number in E.164 form: "+", the country code and the number, at most 15 digits'

function refusalOf(options: { channelId: unknown }): string {
  const call = () => Reflect.apply(bird, undefined, [{ ...account, ...options }])
  const error = thrownBy(call, ConfigurationError)
  expect(error).toMatchObject({ name: 'ConfigurationError', provider: 'bird' })
  return error.message
}

function birdOn(options: BirdOptions) {
  const standIn = createStandIn({ bird: { ...account, conversations, totalType: 'equal' } })
  const requested = () => standIn.requests.map(({ url }) => new URL(url).searchParams.get('channelId'))
  return { provider: bird({ ...account, ...options, fetch: standIn.fetch }), requested }
}

describe('bird() with several channels', () => {
  it('lists one after the other in one loop', async () => {
    const { provider, requested } = birdOn({ channelId })
    const all = await listParticipantConversations({ provider, participant, concurrency: 1 }).toArray()
    expect(provider.name).toBe('bird')
    expect(new Set(idsOf(all)).size).toBe(170)
    expect(requested()).toEqual([channelOf(1), channelOf(1), channelOf(2), channelOf(3)])
    expect(all.map(({ channel }) => channel.id)).toEqual([
      ...Array(150).fill(channelOf(1)),
      ...Array(20).fill(channelOf(3)),
    ])
  })

  it('continues from a cursor at every position, in the right channel', async () => {
    const all = idsOf(
      await listParticipantConversations({ provider: birdOn({ channelId }).provider, participant }).toArray(),
    )
    for (const limit of [1, 99, 100, 149, 150, 151, 169]) {
      const pages = await collect(
        listParticipantConversations({
          provider: birdOn({ channelId }).provider,
          participant,
          limit,
        }).pages(),
      )
      const cursor = pages.at(-1)?.nextCursor ?? ''
      const rest = listParticipantConversations({
        provider: birdOn({ channelId }).provider,
        participant,
        cursor,
      })
      expect(idsOf(await rest.toArray())).toEqual(all.slice(limit))
    }
  })

  it('refuses a cursor for other channels, or for the same channels in another order', async () => {
    const [page] = await collect(
      listParticipantConversations({
        provider: birdOn({ channelId }).provider,
        participant,
        limit: 1,
      }).pages(),
    )
    for (const other of [channelId.toReversed(), channelId.slice(1), channelOf(1)]) {
      const { provider } = birdOn({ channelId: other })
      const resumed = listParticipantConversations({ provider, participant, cursor: page?.nextCursor ?? '' })
      await errorOf(resumed.toArray(), InvalidCursorError)
    }
  })

  it('does not look in the next channel for conversations that are gone from the last page of one', async () => {
    const moved = { channelId: channelOf(3) }
    const [a, b, c, d] = conversations
    const [e] = conversations.slice(-5)
    if (!a || !b || !c || !d || !e) throw new Error('there are enough')
    const list = async (
      conversations: BirdConversationResource[],
      cursor?: string | null,
      limit?: number,
    ) => {
      const standIn = createStandIn({ bird: { ...account, conversations } })
      const provider = bird({ ...account, channelId, fetch: standIn.fetch })
      // Filtered here, so that a limit cuts the page.
      const status = ['active', 'closed', 'deleted'] as const
      return collect(listParticipantConversations({ provider, participant, status, cursor, limit }).pages())
    }
    const [page] = await list([a, b, c, d, e], null, 3)
    // Of the three that were delivered, two are now in the last channel, after one that was not.
    const rest = await list([a, e, { ...b, ...moved }, { ...c, ...moved }], page?.nextCursor)
    expect(idsOf(rest.flatMap(({ items }) => items))).toEqual(idsOf([e, b, c]))
  })

  it('reports no total, since that of one channel is not the total of all', async () => {
    const totalOf = async (channelId: string | string[]) => {
      const { provider } = birdOn({ channelId })
      return (await collect(listParticipantConversations({ provider, participant }).pages()))[0]?.total
    }
    expect(await totalOf(channelOf(1))).toBe(150)
    expect(await totalOf(channelId)).toBeNull()
  })

  it('reads them from the environment, separated by commas', async () => {
    vi.stubEnv('BIRD_ACCESS_KEY', accessKey)
    vi.stubEnv('BIRD_WORKSPACE_ID', workspaceId)
    vi.stubEnv('BIRD_CHANNEL_ID', `${channelOf(3)}, ${channelOf(1)}`)
    const standIn = createStandIn({ bird: { ...account, conversations } })
    const provider = bird({ fetch: standIn.fetch })
    expect(await listParticipantConversations({ provider, participant }).toArray()).toHaveLength(170)
    vi.stubEnv('BIRD_CHANNEL_ID', `${channelOf(3)}, ${channelOf(3)}`)
    expect(thrownBy(() => bird(), ConfigurationError).message).toContain(
      `channelId (from BIRD_CHANNEL_ID) ${CHANNELS}; got an array of length 2`,
    )
  })

  it('reads them from an environment with a comma too many, or whitespace', async () => {
    vi.stubEnv('BIRD_ACCESS_KEY', accessKey)
    vi.stubEnv('BIRD_WORKSPACE_ID', workspaceId)
    const [first, second] = channelId
    const channelsOf = async () => {
      const standIn = createStandIn({ bird: { ...account, conversations: [] } })
      const provider = bird({ fetch: standIn.fetch })
      await listParticipantConversations({ provider, participant, concurrency: 1 }).toArray()
      return standIn.requests.map(({ url }) => new URL(url).searchParams.get('channelId'))
    }
    for (const [variable, expected] of [
      [`${first},`, [first]],
      [`,${first}\n`, [first]],
      [` ${first} , ,${second} `, [first, second]],
    ] as const) {
      vi.stubEnv('BIRD_CHANNEL_ID', variable)
      expect(await channelsOf()).toEqual(expected)
    }
    vi.stubEnv('BIRD_CHANNEL_ID', ' , ')
    expect(thrownBy(() => bird(), ConfigurationError).message).toContain('channelId is missing: pass it')
  })

  it('lists other channels, one or several, if providerOptions name them', async () => {
    for (const other of [channelOf(3), [channelOf(3), channelOf(2)]]) {
      const { provider, requested } = birdOn({ channelId })
      const providerOptions = { bird: { channelId: other } }
      const all = await listParticipantConversations({ provider, participant, providerOptions }).toArray()
      expect(all).toHaveLength(20)
      expect(requested()).toEqual([other].flat())
    }
  })

  it('refuses one channel in two spellings, whose conversations would be listed twice', () => {
    const { provider } = birdOn({ channelId })
    // Its letters differ: 0f0e0d0c and 0F0E0D0C.
    const twice = [channelOf(1), channelOf(2), channelOf(1).toUpperCase()]
    expect(thrownBy(() => birdOn({ channelId: twice }), ConfigurationError).message).toContain(
      `bird(): channelId ${CHANNELS}; got an array of length 3`,
    )
    const providerOptions = { bird: { channelId: twice } }
    const list = () => listParticipantConversations({ provider, participant, providerOptions })
    expect(thrownBy(list, ConfigurationError).message).toContain(
      'providerOptions.bird.channelId must be a channel id, or an array of them without duplicates; got an array of length 3',
    )
  })

  for (const wrong of [[], [''], ['a', 7], ['a', 'a'], ['a b'], [['a']], ['a=+12025550100']]) {
    it(`refuses ${JSON.stringify(wrong)}`, () => {
      expect(refusalOf({ channelId: wrong })).toBe(
        `bird(): channelId ${CHANNELS}; got an array of length ${wrong.length}`,
      )
    })
  }
})

describe('bird() with the address of each channel', () => {
  const addresses = {
    [channelOf(3)]: '+12025550100',
    [channelOf(2)]: null,
    [channelOf(1)]: 'rcs:brand_agent',
  }

  /** The ids that are requested, with the addresses that their conversations have. */
  async function listedBy(options: BirdOptions): Promise<[string, string | null][]> {
    const { fetch, requests } = recordingFetch(({ url }) => {
      const channelId = url.searchParams.get('channelId')
      return { results: [{ id: `in ${channelId}`, channelId }] }
    })
    const provider = bird({ ...options, fetch })
    const all = await listParticipantConversations({ provider, participant, concurrency: 1 }).toArray()
    expect(all.map(({ channel }) => channel.id)).toEqual(
      requests.map(({ url }) => url.searchParams.get('channelId')),
    )
    return all.map(({ channel }) => [String(channel.id), channel.businessAddress])
  }

  it('lists them in the order of the object', async () => {
    expect(await listedBy({ ...account, channelId: addresses })).toEqual([
      [channelOf(3), '+12025550100'],
      [channelOf(2), null],
      [channelOf(1), 'brand_agent'],
    ])
  })

  it('takes a cursor of the same channels without their addresses', async () => {
    const { provider } = birdOn({ channelId: { [channelOf(1)]: '+12025550100', [channelOf(3)]: null } })
    const { items, nextCursor } = await listParticipantConversations({ provider, participant }).first(155)
    const rest = listParticipantConversations({
      provider: birdOn({ channelId: [channelOf(1), channelOf(3)] }).provider,
      participant,
      cursor: nextCursor,
    })
    expect(new Set(idsOf([...items, ...(await rest.toArray())])).size).toBe(170)
  })

  it('takes the address of a prefixed channel without its prefix', async () => {
    for (const [given, businessAddress] of [
      ['whatsapp:+12025550100', '+12025550100'],
      ['WhatsApp:+12025550100', '+12025550100'],
      ['messenger:1234', '1234'],
      ['help@example.com', 'help@example.com'],
      ['brand_agent', 'brand_agent'],
    ] as const) {
      expect(await listedBy({ ...account, channelId: { c1: given } })).toEqual([['c1', businessAddress]])
    }
  })

  it('is not for one listing, whose options name channels only', () => {
    const { provider } = birdOn({ channelId: addresses })
    const call = () =>
      Reflect.apply(listParticipantConversations, undefined, [
        { provider, participant, providerOptions: { bird: { channelId: addresses } } },
      ])
    expect(thrownBy(call, ConfigurationError).message).toContain(
      'providerOptions.bird.channelId must be a channel id, or an array of them without duplicates; got an object',
    )
  })

  it('reads them from the environment, for some channels or all of them', async () => {
    vi.stubEnv('BIRD_ACCESS_KEY', accessKey)
    vi.stubEnv('BIRD_WORKSPACE_ID', workspaceId)
    const [first, second] = channelId
    for (const [variable, expected] of [
      [`${first}=+12025550100`, [[first, '+12025550100']]],
      [`${second}=whatsapp:+12025550100`, [[second, '+12025550100']]],
      [
        `${second}=help@example.com,${first}=+12025550100`,
        [
          [second, 'help@example.com'],
          [first, '+12025550100'],
        ],
      ],
      [
        `${second},${first}=+12025550100`,
        [
          [second, null],
          [first, '+12025550100'],
        ],
      ],
      [
        ` ${first}=+12025550100 ,\n, ${second} ,`,
        [
          [first, '+12025550100'],
          [second, null],
        ],
      ],
      // An address may contain the sign too.
      [`${first}=a=b@example.com`, [[first, 'a=b@example.com']]],
    ] as const) {
      vi.stubEnv('BIRD_CHANNEL_ID', variable)
      expect(await listedBy({})).toEqual(expected)
    }
  })

  it('refuses a channel that is twice in the environment, with the same address, another one or none', () => {
    vi.stubEnv('BIRD_ACCESS_KEY', accessKey)
    vi.stubEnv('BIRD_WORKSPACE_ID', workspaceId)
    const [id] = channelId
    for (const variable of [
      `${id}=+12025550100,${id}=+12025550100`,
      `${id}=+12025550100,${id}=+12025550101`,
      `${id}=+12025550100,${id}`,
      `${id}, ${id}=+12025550100`,
      `${id}=+12025550100,${id?.toUpperCase()}=+12025550100`,
      `${id}=+12025550100,${id?.toUpperCase()}`,
    ]) {
      vi.stubEnv('BIRD_CHANNEL_ID', variable)
      expect(thrownBy(() => bird(), ConfigurationError).message).toContain(
        `bird(): channelId (from BIRD_CHANNEL_ID) ${CHANNELS}; got an `,
      )
    }
  })

  it('refuses an environment with an invalid id, or an invalid address', () => {
    vi.stubEnv('BIRD_ACCESS_KEY', accessKey)
    vi.stubEnv('BIRD_WORKSPACE_ID', workspaceId)
    for (const variable of ['=+12025550100', 'c1=+12025550100,=', 'c 1=+12025550100', 'c1 = +12025550100']) {
      vi.stubEnv('BIRD_CHANNEL_ID', variable)
      expect(thrownBy(() => bird(), ConfigurationError).message).toContain(
        `channelId (from BIRD_CHANNEL_ID) ${CHANNELS}; got an object`,
      )
    }
    for (const [variable, problem] of [
      ['c1=', 'must not be empty; got ""'],
      ['c2,c1=', 'must not be empty; got ""'],
      ['c1=0', `${NOT_E164}; got "0"`],
      ['c1= +12025550100', `${NOT_E164} (perhaps +12025550100?); got " +12…"`],
      ['c1=12025550100', `${NOT_E164}; got "1202…"`],
    ]) {
      vi.stubEnv('BIRD_CHANNEL_ID', variable)
      expect(thrownBy(() => bird(), ConfigurationError).message).toContain(
        `channelId.c1 (from BIRD_CHANNEL_ID) ${problem}`,
      )
    }
  })

  const notAnObject: [string, unknown][] = [
    ['an empty object', {}],
    ['a Map', new Map([['c1', '+12025550100']])],
    ['a Set', new Set(['c1'])],
    ['a Date', new Date(0)],
    ['an object without own properties', Object.create({ c1: '+12025550100' })],
    ['an empty id', { '': '+12025550100' }],
    ['whitespace in an id', { 'c 1': '+12025550100' }],
    ['a comma in an id', { 'c1,c2': '+12025550100' }],
    ['an equals sign in an id', { 'c1=': '+12025550100' }],
    ['one id in two spellings', { c1: '+12025550100', C1: '+12025550100' }],
    ['one id in two spellings, without addresses', { c1: null, C1: null }],
  ]
  for (const [what, wrong] of notAnObject) {
    it(`refuses ${what}`, () => {
      expect(refusalOf({ channelId: wrong })).toBe(`bird(): channelId ${CHANNELS}; got an object`)
    })
  }

  const notAnAddress: [unknown, string][] = [
    ['', 'must not be empty; got ""'],
    ['  ', 'must not be empty; got "  "'],
    ['whatsapp:', 'must not be empty; got "what…"'],
    ['+1 (202) 555-0100', `${NOT_E164} (perhaps +12025550100?); got "+1 (…"`],
    ['12025550100', `${NOT_E164}; got "1202…"`],
    ['whatsapp:12025550100', `${NOT_E164}; got "what…"`],
    [' +12025550100', `${NOT_E164} (perhaps +12025550100?); got " +12…"`],
    ['jo@example.com ', 'must not start or end with whitespace; got "jo@e…"'],
    ['%2B12025550100', 'must not be percent-encoded (perhaps +12025550100?); got "%2B1…"'],
    ['[+12025550100]', 'must not be in brackets (perhaps +12025550100?); got "[+12…"'],
    [
      'whatsapp:whatsapp:+12025550100',
      'must not have two prefixes (perhaps whatsapp:+12025550100?); got "what…"',
    ],
    [undefined, 'must be an address or null; got undefined'],
    [12025550100, 'must be an address or null; got 12025550100'],
    [true, 'must be an address or null; got true'],
    [['+12025550100'], 'must be an address or null; got an array of length 1'],
    [{ address: '+12025550100' }, 'must be an address or null; got an object'],
  ]
  for (const [wrong, problem] of notAnAddress) {
    it(`refuses ${JSON.stringify(wrong)} as an address`, () => {
      expect(refusalOf({ channelId: { c1: wrong, c2: '+12025550100' } })).toBe(
        `bird(): channelId.c1 ${problem}`,
      )
    })
  }

  it('names every channel whose address is invalid', () => {
    const message = refusalOf({ channelId: { c1: '', c2: null, c3: '555' } })
    expect(message).toContain('\n- channelId.c1 must not be empty; got ""')
    expect(message).toContain(`\n- channelId.c3 ${NOT_E164}; got "555"`)
    expect(message).not.toContain('c2')
  })
})
