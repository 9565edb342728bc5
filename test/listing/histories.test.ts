import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  type AnyConversation,
  type ConversationList,
  type ConversationProvider,
  type ConversationStatus,
  ConversationsError,
  listParticipantConversations,
} from '../../src/index.ts'
import { conversationOf, idsOf, type PageRequest } from '../support/listing.ts'

interface Row {
  readonly id: string
  readonly list: string
  readonly status: ConversationStatus
}

/** How a page token names a position: by the last conversation of the page before, or by the first of the page. */
type Token = 'last' | 'first'

/** A provider whose conversations come and go, and whose pages are as large as it likes. */
function changingProvider(initial: readonly Row[], token: Token, statusFilter: 'one' | 'none') {
  let rows = sorted(initial)
  let maxPageSize = 50
  /** How many requests work before one fails. */
  let working = Number.POSITIVE_INFINITY
  const provider: ConversationProvider = {
    name: 'changing',
    scope: '',
    capabilities: { maxPageSize: 50, statusFilter, statuses: ['active', 'closed'] },
    lists: () => ['one', 'two'],
    async listPage({ list, pageSize, pageToken, status }: PageRequest) {
      working -= 1
      if (working < 0) throw new Error('out of order')
      const size = Math.min(pageSize, maxPageSize)
      const rest = rows
        .filter((row) => row.list === list && (status === null || row.status === status))
        .filter(({ id }) => pageToken === null || (token === 'last' ? id > pageToken : id >= pageToken))
      const next = rest.length <= size ? undefined : rest[token === 'last' ? size - 1 : size]
      return {
        items: rest.slice(0, size).map(({ id, status }) => conversationOf(id, status)),
        nextPageToken: next?.id ?? null,
        requestId: null,
        total: null,
      }
    },
  }
  return {
    provider,
    rows: (): readonly Row[] => rows,
    limitPages: (size: number) => {
      maxPageSize = size
    },
    failAfter: (requests: number) => {
      working = requests
    },
    remove: (gone: ReadonlySet<string>) => {
      rows = rows.filter(({ id }) => !gone.has(id))
    },
    add: (more: readonly Row[]) => {
      rows = sorted([...rows, ...more])
    },
  }
}

function sorted(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((left, right) => (left.id < right.id ? -1 : 1))
}

/** Reads a part of a listing. Returns the cursor where it stopped, or null at its end. Delivered ids are recorded. */
type Way = (
  list: ConversationList<AnyConversation>,
  count: number,
  delivered: string[],
) => Promise<string | null>

const ways: Readonly<Record<'pages' | 'limit' | 'first' | 'items', Way>> = {
  /** Page by page, until a number of pages or the end. */
  async pages(list, count, delivered) {
    let cursor: string | null = null
    let pages = 0
    for await (const { items, nextCursor } of list.pages()) {
      delivered.push(...idsOf(items))
      cursor = nextCursor
      pages += 1
      if (pages === count) break
    }
    return cursor
  },

  /** To the end, which is where its limit is. */
  limit: (list, _count, delivered) => ways.pages(list, Number.POSITIVE_INFINITY, delivered),

  async first(list, count, delivered) {
    const { items, nextCursor } = await list.first(count)
    delivered.push(...idsOf(items))
    return nextCursor
  },

  /** One by one, until the end or an error. */
  async items(list, _count, delivered) {
    for await (const { id } of list) delivered.push(id)
    return null
  },
}

/** Random positions among all conversations. */
const row: fc.Arbitrary<Row> = fc.record({
  id: fc.integer({ min: 0, max: 99_999 }).map((number) => String(number).padStart(5, '0')),
  list: fc.constantFrom('one', 'two'),
  status: fc.constantFrom<ConversationStatus>('active', 'active', 'closed'),
})

const run = fc.record({
  way: fc.constantFrom<keyof typeof ways>('pages', 'limit', 'first', 'items'),
  count: fc.integer({ min: 1, max: 9 }),
  // How many requests work before one fails.
  working: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.nat(6)),
  pageSize: fc.integer({ min: 1, max: 12 }),
  maxPageSize: fc.integer({ min: 1, max: 12 }),
  concurrency: fc.integer({ min: 1, max: 2 }),
  prefetch: fc.boolean(),
  added: fc.uniqueArray(row, { maxLength: 4, selector: ({ id }) => id }),
  // Distances from the last delivered conversation: most of them near it.
  removed: fc.array(fc.oneof(fc.integer({ min: -4, max: 3 }), fc.integer({ min: -30, max: 30 })), {
    maxLength: 6,
  }),
})

const history = fc.record({
  rows: fc.uniqueArray(row, { maxLength: 60, selector: ({ id }) => id }),
  token: fc.constantFrom<Token>('last', 'first'),
  filtered: fc.constantFrom('not' as const, 'by the caller' as const, 'here' as const, 'there' as const),
  runs: fc.array(run, { minLength: 1, maxLength: 11 }),
})

type History = typeof history extends fc.Arbitrary<infer T> ? T : never
type OneRun = History['runs'][number]

/** Reads what is left. */
const rest: OneRun = {
  ...{ way: 'items', count: 1, working: Number.POSITIVE_INFINITY, pageSize: 10, maxPageSize: 10 },
  ...{ concurrency: 1, prefetch: false, added: [], removed: [] },
}

async function read(
  { way, count, pageSize, concurrency, prefetch }: OneRun,
  query: { provider: ConversationProvider; cursor: string | undefined },
  filtered: History['filtered'],
  delivered: string[],
): Promise<string | null> {
  const list = listParticipantConversations({
    ...query,
    participant: { id: 'someone' },
    pageSize,
    concurrency,
    prefetch,
    limit: way === 'limit' ? count : undefined,
    status: filtered === 'here' || filtered === 'there' ? 'active' : undefined,
    filter: filtered === 'by the caller' ? ({ status }) => status === 'active' : undefined,
  })
  try {
    return await ways[way](list, count, delivered)
  } catch (error) {
    if (error instanceof ConversationsError && error.cursor !== null) return error.cursor
    throw error
  }
}

it('delivers every conversation that exists throughout, and none twice, however often it is resumed', async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ rows, token, filtered, runs }) => {
      const { provider, ...world } = changingProvider(rows, token, filtered === 'there' ? 'one' : 'none')
      const stayed = new Map(rows.map((each) => [each.id, each]))
      const known = new Set(stayed.keys())
      const delivered: string[] = []
      let cursor: string | null | undefined
      for (const each of [...runs, rest]) {
        if (cursor === null) break
        world.limitPages(each.maxPageSize)
        world.failAfter(each.working)
        cursor = await read(each, { provider, cursor }, filtered, delivered)

        const place = world.rows().findIndex(({ id }) => id === delivered.at(-1)) + 1
        const gone = new Set(each.removed.map((distance) => world.rows()[place + distance]?.id ?? ''))
        world.remove(gone)
        for (const id of gone) stayed.delete(id)
        world.add(each.added.filter(({ id }) => !known.has(id)))
        for (const { id } of each.added) known.add(id)
      }
      const wanted = [...stayed.values()].filter(({ status }) => filtered === 'not' || status === 'active')
      expect(idsOf(wanted).filter((id) => !delivered.includes(id))).toEqual([])
      expect(new Set(delivered).size).toBe(delivered.length)
    }),
    { numRuns: 2000 },
  )
})
