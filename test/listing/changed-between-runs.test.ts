import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type ConversationProvider,
  type ConversationStatus,
  listParticipantConversations,
} from '../../src/index.ts'
import {
  address,
  birdWith,
  firstPageOf,
  idsOf,
  type RecordingFetch,
  recordingFetch,
  twilioWith,
} from '../support/listing.ts'

interface Row {
  readonly id: string
  readonly status: ConversationStatus
}

/** A provider whose page tokens name the last conversation of a page, as Twilio's do. */
function changingProvider(name: 'twilio' | 'bird', initial: readonly Row[]) {
  let rows: readonly Row[] = sorted(initial)
  const pageAfter = (after: string | null, size: number, status: string | null): readonly Row[] =>
    rows
      .filter((row) => (after === null || row.id > after) && (status === null || row.status === status))
      .slice(0, size + 1)
  const answer: Record<typeof name, (url: URL) => unknown> = {
    twilio: ({ origin, pathname, searchParams }) => {
      const size = Number(searchParams.get('PageSize'))
      const page = pageAfter(searchParams.get('PageToken'), size, null)
      const next = new URLSearchParams({ PageToken: page[size - 1]?.id ?? '' })
      return {
        conversations: page
          .slice(0, size)
          .map(({ id, status }) => ({ conversation_sid: id, conversation_state: status })),
        meta: {
          key: 'conversations',
          next_page_url: page.length > size ? `${origin}${pathname}?${next}` : null,
        },
      }
    },
    bird: ({ searchParams }) => {
      const size = Number(searchParams.get('limit'))
      const page = pageAfter(searchParams.get('pageToken'), size, searchParams.get('status'))
      return {
        results: page.slice(0, size),
        nextPageToken: page.length > size ? page[size - 1]?.id : undefined,
      }
    },
  }
  const { fetch, requests }: RecordingFetch = recordingFetch(({ url }) => answer[name](url))
  const provider: ConversationProvider = name === 'twilio' ? twilioWith(fetch) : birdWith(fetch)
  return {
    provider,
    requests,
    remove: (removed: ReadonlySet<string>) => {
      rows = rows.filter(({ id }) => !removed.has(id))
    },
    add: (more: readonly Row[]) => {
      rows = sorted([...rows, ...more])
    },
    rows: () => rows,
  }
}

function sorted(rows: readonly Row[]): Row[] {
  return [...rows].sort((left, right) => (left.id < right.id ? -1 : 1))
}

const status = fc.constantFrom<ConversationStatus>('active', 'closed')

/** Random ids, like those of the providers, in random order. */
const row: fc.Arbitrary<Row> = fc.record({ id: fc.uuid(), status })

const change = fc.record({
  limit: fc.integer({ min: 1, max: 9 }),
  pageSize: fc.integer({ min: 1, max: 12 }),
  added: fc.array(row, { maxLength: 4 }),
  // Positions around the place where the listing stopped, most of them just before it.
  removed: fc.array(fc.oneof(fc.integer({ min: -4, max: 3 }), fc.integer({ min: -20, max: 20 })), {
    maxLength: 6,
  }),
})

const history = fc.record({
  name: fc.constantFrom('twilio' as const, 'bird' as const),
  rows: fc.uniqueArray(row, { maxLength: 60, selector: ({ id }) => id }),
  filter: fc.option(status, { nil: undefined }),
  changes: fc.array(change, { minLength: 1, maxLength: 12 }),
})

describe('a listing resumed after conversations were deleted and created', () => {
  it('delivers every conversation that existed throughout, and none twice', async () => {
    await fc.assert(
      fc.asyncProperty(history, async ({ name, rows, filter, changes }) => {
        const { provider, ...world } = changingProvider(name, rows)
        const stayed = new Map(rows.map((each) => [each.id, each]))
        const delivered: string[] = []
        let cursor: string | null | undefined
        for (const { limit, pageSize, added, removed } of [...changes, { ...changes[0], limit: undefined }]) {
          if (cursor === null) break
          const list = listParticipantConversations({
            ...{ provider, participant: { address }, status: filter, cursor, limit, pageSize },
          })
          for await (const page of list.pages()) {
            delivered.push(...idsOf(page.items))
            cursor = page.nextCursor
          }
          const place = world.rows().findIndex(({ id }) => id === delivered.at(-1)) + 1
          const gone = new Set(removed?.map((distance) => world.rows()[place + distance]?.id ?? ''))
          world.remove(gone)
          for (const id of gone) stayed.delete(id)
          world.add(added?.filter(({ id }) => !stayed.has(id)) ?? [])
        }
        const expected = [...stayed.values()].filter((each) => filter === undefined || each.status === filter)
        expect(idsOf(expected).filter((id) => !delivered.includes(id))).toEqual([])
        expect(new Set(delivered).size).toBe(delivered.length)
      }),
      { numRuns: 150 },
    )
  })

  /** Forty conversations, every other one active. */
  const forty = Array.from(
    { length: 40 },
    (_, index): Row => ({
      id: `CH${String(index).padStart(2, '0')}`,
      status: index % 2 === 0 ? 'active' : 'closed',
    }),
  )

  const filteredHere = { twilio: ['active', 'inactive'], bird: ['active', 'deleted'] } as const

  for (const name of ['twilio', 'bird'] as const) {
    const resumeAfter = async (
      limit: number,
      change: (world: ReturnType<typeof changingProvider>) => void,
    ) => {
      const world = changingProvider(name, forty)
      const query = {
        provider: world.provider,
        participant: { address },
        status: filteredHere[name],
      }
      const { items, nextCursor } = await listParticipantConversations(query).first(limit)
      change(world)
      const rest = await listParticipantConversations({ ...query, cursor: nextCursor ?? 'none' }).toArray()
      return [idsOf(items), idsOf(rest)] as const
    }
    const active = idsOf(forty.filter((each) => each.status === 'active'))

    it(`skips nothing when a delivered conversation was deleted (${name})`, async () => {
      const [first, rest] = await resumeAfter(3, ({ remove }) => remove(new Set(['CH02'])))
      expect([...first, ...rest]).toEqual(active)
    })

    it(`skips and repeats nothing when the last delivered conversation was deleted (${name})`, async () => {
      const [first, rest] = await resumeAfter(3, ({ remove }) => remove(new Set(['CH04', 'CH05'])))
      expect([...first, ...rest]).toEqual(active)
    })

    it(`delivers a conversation that was created before the delivered ones, and repeats none of those (${name})`, async () => {
      const [first, rest] = await resumeAfter(3, ({ add }) => add([{ id: 'CH00a', status: 'active' }]))
      expect(first).toEqual(active.slice(0, 3))
      expect(rest).toEqual(['CH00a', ...active.slice(3)])
    })

    it(`delivers a conversation that was created right after the last delivered one (${name})`, async () => {
      const [, rest] = await resumeAfter(3, ({ add }) => add([{ id: 'CH05a', status: 'active' }]))
      expect(rest).toEqual(['CH05a', ...active.slice(3)])
    })

    it(`skips and repeats nothing when the last twenty conversations before the cursor were deleted (${name})`, async () => {
      const gone = idsOf(forty.slice(10, 30))
      const [first, rest] = await resumeAfter(15, ({ remove }) => remove(new Set(gone)))
      expect([...first, ...rest]).toEqual(active)
    })

    it(`skips and repeats nothing when every conversation before the cursor was deleted (${name})`, async () => {
      const gone = idsOf(forty.slice(0, 30))
      const [first, rest] = await resumeAfter(15, ({ add, remove }) => {
        remove(new Set(gone))
        add([{ id: 'CH00a', status: 'active' }])
      })
      expect(first).toEqual(active.slice(0, 15))
      expect(rest).toEqual(['CH00a', ...active.slice(15)])
    })
  }

  it('skips and repeats nothing when the provider now returns smaller or larger pages', async () => {
    const rows = Array.from({ length: 130 }, (_, index) => ({ conversation_sid: `CH${index + 1000}` }))
    const anySize = fc.integer({ min: 5, max: 50 })
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 49 }), anySize, anySize, async (limit, before, after) => {
        let size = before
        const { fetch } = recordingFetch(({ url }) => {
          const start = Number(url.searchParams.get('PageToken') ?? 0)
          const end = start + size
          const next = end < rows.length ? `${url.origin}${url.pathname}?PageToken=${end}` : null
          return {
            conversations: rows.slice(start, end),
            meta: { key: 'conversations', next_page_url: next },
          }
        })
        const query = { provider: twilioWith(fetch), participant: { address } }
        const { items, nextCursor } = await listParticipantConversations(query).first(limit)
        size = after
        const rest = await listParticipantConversations({ ...query, cursor: nextCursor }).toArray()
        expect(idsOf([...items, ...rest])).toEqual(rows.map((row) => row.conversation_sid))
      }),
      { numRuns: 150 },
    )
  })

  it('requests a page large enough to reach past the delivered conversations', async () => {
    const world = changingProvider('bird', forty)
    const query = { provider: world.provider, participant: { address } }
    const list = listParticipantConversations({ ...query, status: ['active', 'closed'], limit: 30 })
    const { nextCursor } = await firstPageOf(list)
    const rest = listParticipantConversations({
      ...{ ...query, status: ['active', 'closed'], cursor: nextCursor ?? 'none', pageSize: 5 },
    })
    expect(idsOf(await rest.toArray())).toEqual(idsOf(forty.slice(30)))
    expect(world.requests.map(({ url }) => url.searchParams.get('limit'))).toEqual(['100', '35', '5'])
  })
})
