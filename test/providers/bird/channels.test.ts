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
import { accessKey, address, collect, errorOf, idsOf, thrownBy, workspaceId } from '../../support/listing.ts'

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
      'channelId (from BIRD_CHANNEL_ID) must be a channel id, or an array of them without duplicates; got an array of length 2',
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
      'channelId must be a channel id, or an array of them without duplicates',
    )
    const providerOptions = { bird: { channelId: twice } }
    const list = () => listParticipantConversations({ provider, participant, providerOptions })
    expect(thrownBy(list, ConfigurationError).message).toContain(
      'providerOptions.bird.channelId must be a channel id, or an array of them without duplicates',
    )
  })

  for (const wrong of [[], [''], ['a', 7], ['a', 'a'], ['a b'], [['a']]]) {
    it(`refuses ${JSON.stringify(wrong)}`, () => {
      const call = () => Reflect.apply(bird, undefined, [{ ...account, channelId: wrong }])
      expect(thrownBy(call, ConfigurationError).message).toContain('channelId must be a channel id')
    })
  }
})
