import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AnyConversation,
  type ConversationProvider,
  type ConversationStatus,
  InvalidCursorError,
  listParticipantConversations,
  type ParticipantRef,
  ServerError,
} from '../../src/index.ts'
import {
  address,
  birdWith,
  collect,
  conversationOf,
  errorOf,
  fakeProvider,
  firstPageOf,
  idsOf,
  numbered,
  recordingFetch,
  twilioPage,
  twilioWith,
} from '../support/listing.ts'
import { named, source } from '../support/sources.ts'

const participant = { id: 'x' }

const idsFrom = async (
  provider: ConversationProvider | ConversationProvider[],
  more: object = {},
): Promise<string[]> =>
  idsOf(await listParticipantConversations({ provider, participant, ...more }).toArray())

/** The cursor after the first conversations. */
const cursorAfter = async (count: number, provider: ConversationProvider[], more: object = {}) => {
  const list = listParticipantConversations({ provider, participant, ...more })
  const { nextCursor } = await list.first(count)
  if (nextCursor === null) throw new Error('the listing ends there')
  return nextCursor
}

describe('a cursor of several sources', () => {
  it('continues in the source that it was made in, and requests none before it', async () => {
    for (const [count, rest, requests] of [
      [1, ['a1', 'a2', 'b0', 'c0', 'c1', 'c2'], [2, 1, 2]],
      [2, ['a2', 'b0', 'c0', 'c1', 'c2'], [1, 1, 2]],
      [3, ['b0', 'c0', 'c1', 'c2'], [0, 1, 2]],
      [4, ['c0', 'c1', 'c2'], [0, 0, 2]],
      [6, ['c2'], [0, 0, 1]],
    ] as const) {
      const sources = [source('a', 3), source('b', 1), source('c', 3)]
      const cursor = await cursorAfter(count, [source('a', 3), source('b', 1), source('c', 3)])
      expect(await idsFrom(sources, { cursor })).toEqual(rest)
      expect(sources.map((one) => one.requests.length)).toEqual(requests)
    }
  })

  it('is refused if the sources have changed, or are in another order', async () => {
    const [a, b] = [source('a', 3), source('b', 3)]
    const cursor = await cursorAfter(1, [a, b])
    await expect(idsFrom([a, b], { cursor })).resolves.toHaveLength(5)
    const others: [ConversationProvider[], object?][] = [
      [[b, a]],
      [[a]],
      [[b]],
      [[a, b, source('c', 1)]],
      [[a, { ...b, scope: 'another account' }]],
      [[a, b], { participant: { id: 'y' } }],
      [[a, b], { participant: [{ id: 'x' }, { id: 'y' }] }],
      [[a, b], { participant: [{ id: 'y' }, { id: 'x' }] }],
      [
        [a, b],
        {
          participant: [
            { id: 'x', provider: 'a' },
            { id: 'y', provider: 'b' },
          ],
        },
      ],
      [[a, b], { providerOptions: { b: { folder: 'in' } } }],
      [[a, b], { status: ['active', 'closed'] }],
    ]
    for (const [provider, more] of others) {
      const error = await errorOf(idsFrom(provider, { ...more, cursor }), InvalidCursorError)
      expect(error.message).toMatch(/^cursor belongs to (another query|provider)/)
    }
    const alone = await errorOf(idsFrom([a], { cursor }), InvalidCursorError)
    expect(alone.message).toBe(
      'cursor belongs to provider "a+b", not to a. Pass the same providers in the same order, or omit the cursor to start from the beginning.',
    )
  })

  it('is refused if the participants are in another order', async () => {
    const sources = [source('a', 3)]
    const participants = [{ id: 'x' }, { id: 'y' }]
    const cursor = await cursorAfter(2, sources, { participant: participants })
    // Both find the same conversations: those from before the cursor come again.
    expect(await idsFrom(sources, { participant: participants, cursor })).toEqual(['a2', 'a0', 'a1'])
    await errorOf(idsFrom(sources, { participant: participants.toReversed(), cursor }), InvalidCursorError)
  })

  it('is refused if a provider has other lists, or has them in another order', async () => {
    const { fetch } = recordingFetch(() => ({ results: [{ id: '1' }, { id: '2' }] }))
    const on = (channelId: string | string[]) => birdWith(fetch, { channelId })
    const cursor = await cursorAfter(1, [on(['c1', 'c2'])])
    for (const channelId of [['c2', 'c1'], ['c1'], 'c1', ['c1', 'c2', 'c3']]) {
      await errorOf(idsFrom([on(channelId)], { cursor }), InvalidCursorError)
    }
    expect(await idsFrom([on(['c1', 'c2'])], { cursor })).toEqual(['2', '1', '2'])
  })

  it('is not refused if a provider or a participant is repeated, which adds no source', async () => {
    const [a, b] = [source('a', 3), source('b', 3)]
    const cursor = await cursorAfter(4, [a, b])
    expect(await idsFrom([a, b, a], { cursor })).toEqual(['b1', 'b2'])
    expect(await idsFrom([a, b], { participant: [participant, participant], cursor })).toEqual(['b1', 'b2'])
  })

  it('is bound to the participant, whatever the order of its properties', async () => {
    const sources = [source('a', 3), source('b', 3)]
    const resume = (participant: ParticipantRef, cursor?: string) => idsFrom(sources, { participant, cursor })
    const cursor = await cursorAfter(4, sources, {
      participant: { identifierKey: 'k', identifierValue: 'v' },
    })
    expect(await resume({ identifierValue: 'v', identifierKey: 'k' }, cursor)).toEqual(['b1', 'b2'])
    await errorOf(resume({ identifierKey: 'k', identifierValue: 'w' }, cursor), InvalidCursorError)
  })

  it('works with cursorSecret, and is bound to the same sources then', async () => {
    const [a, b] = [source('a', 3), source('b', 3)]
    const cursorSecret = 'a-secret-of-more-than-32-characters'
    const cursor = await cursorAfter(4, [a, b], { cursorSecret })
    expect(await idsFrom([a, b], { cursor, cursorSecret })).toEqual(['b1', 'b2'])
    await errorOf(idsFrom([b, a], { cursor, cursorSecret }), InvalidCursorError)
    await errorOf(idsFrom([a, b], { cursor }), InvalidCursorError)
  })

  it('that was changed to lead to no source is refused', async () => {
    const sources = [source('a', 3), source('b', 3)]
    const content = JSON.parse(atob(await cursorAfter(1, sources)))
    expect(content.s).toBe(0)
    for (const s of [2, 99, -1, 0.5, '1', null]) {
      const cursor = btoa(JSON.stringify({ ...content, s })).replace(/=+$/, '')
      const error = await errorOf(idsFrom(sources, { cursor }), InvalidCursorError)
      expect(error.message).toContain('cursor is damaged')
    }
  })

  it('does not hide conversations of the next source if the current source has lost some', async () => {
    let ids = ['x0', 'x1', 'x2']
    const shrinking = named('x', () => ({ items: ids.map((id) => conversationOf(id)), nextPageToken: null }))
    const sources = [shrinking, source('b', 3)]
    const cursor = await cursorAfter(2, sources)
    ids = ['x2']
    expect(await idsFrom(sources, { cursor })).toEqual(['x2', 'b0', 'b1', 'b2'])
  })

  it('hides no conversation of the next source, even if that has the same ids', async () => {
    let ids = ['x0', 'x1', 'x2']
    const shrinking = named('x', () => ({ items: ids.map((id) => conversationOf(id)), nextPageToken: null }))
    const same = named('y', () => ({
      items: ['x0', 'x1', 'x2'].map((id) => conversationOf(id)),
      nextPageToken: null,
    }))
    const cursor = await cursorAfter(2, [shrinking, same])
    ids = []
    expect(await idsFrom([shrinking, same], { cursor })).toEqual(['x0', 'x1', 'x2'])
  })

  it('remembers what is done of a source whose pages have become smaller', async () => {
    let size = 4
    const sources = [
      named('x', (request) => numbered(6, size)(request)),
      named('y', () => ({ items: [conversationOf('y')], nextPageToken: null })),
    ]
    const list = listParticipantConversations({ provider: sources, participant, limit: 3 })
    const { nextCursor } = await firstPageOf(list)
    size = 2
    expect(await idsFrom(sources, { cursor: nextCursor })).toEqual(['3', '4', '5', 'y'])
  })

  it('of an error leads to the source that failed', async () => {
    let isDown = true
    const provider = [
      twilioWith(async () => Response.json(twilioPage(['CH1', 'CH2']))),
      birdWith(async () =>
        isDown ? new Response('', { status: 500 }) : Response.json({ results: [{ id: 'b1' }] }),
      ),
    ]
    const seen: string[] = []
    const listed = (async () => {
      for await (const { id } of listParticipantConversations({ provider, participant: { address } })) {
        seen.push(id)
      }
    })()
    const { cursor } = await errorOf(listed, ServerError)
    isDown = false
    expect(seen).toEqual(['CH1', 'CH2'])
    expect(await idsFrom(provider, { participant: { address }, cursor })).toEqual(['b1'])
  })
})

describe('a listing of several sources, however they page,', () => {
  const status = fc.constantFrom<ConversationStatus>('active', 'closed')
  const plan = fc.record({
    /** The statuses of each source's conversations, and the sizes of its pages. */
    sources: fc.array(
      fc.record({
        statuses: fc.array(status, { maxLength: 12 }),
        sizes: fc
          .array(fc.nat(4), { minLength: 1, maxLength: 4 })
          .filter((sizes) => sizes.some((size) => size > 0)),
        filters: fc.boolean(),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    filter: fc.option(status, { nil: undefined }),
    limit: fc.integer({ min: 1, max: 40 }),
    prefetch: fc.boolean(),
    concurrency: fc.integer({ min: 1, max: 6 }),
  })
  type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never

  const list = ({ sources, filter, limit, prefetch, concurrency }: Plan, cursor?: string | null) =>
    listParticipantConversations({
      provider: sources.map(({ statuses, sizes, filters }, number) => ({
        ...fakeProvider(
          ({ pageToken, status }) => {
            const [position = 0, call = 0] = (pageToken ?? '').split('#').map(Number)
            const end = position + (sizes[call % sizes.length] ?? 1)
            const items = statuses.map((own, index) => conversationOf(`${number}/${index}`, own))
            const kept = (item: AnyConversation) => !filters || status === null || item.status === status
            return {
              items: items.slice(position, end).filter(kept),
              nextPageToken: end < statuses.length ? `${end}#${call + 1}` : null,
            }
          },
          { statusFilter: filters ? 'one' : 'none' },
        ),
        scope: String(number),
      })),
      participant,
      status: filter,
      limit,
      prefetch,
      concurrency,
      cursor,
    })

  const expected = ({ sources, filter }: Plan) =>
    sources.flatMap(({ statuses }, number) =>
      [...statuses.entries()]
        .filter(([, own]) => filter === undefined || own === filter)
        .map(([index]) => `${number}/${index}`),
    )

  it('lists every conversation once, in order, up to the limit', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async (plan) => {
        expect(idsOf(await list(plan).toArray())).toEqual(expected(plan).slice(0, plan.limit))
      }),
      { numRuns: 300 },
    )
  })

  it('is complete when it is stopped at its limit and resumed repeatedly', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async (plan) => {
        const seen: string[] = []
        let cursor: string | null | undefined
        while (cursor !== null) {
          const pages = await collect(list(plan, cursor).pages())
          seen.push(...pages.flatMap(({ items }) => idsOf(items)))
          cursor = pages.at(-1)?.nextCursor ?? null
        }
        expect(seen).toEqual(expected(plan))
      }),
      { numRuns: 300 },
    )
  })
})
