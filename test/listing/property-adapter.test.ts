import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ConversationStatus, listParticipantConversations } from '../../src/index.ts'
import { collect, conversationOf, fakeProvider, idsOf } from '../support/listing.ts'

/** A provider that ignores the page size, and whose tokens are positions in the whole list. */
function whimsicalProvider(
  statuses: readonly ConversationStatus[],
  sizes: readonly number[],
  end: '' | null,
) {
  return fakeProvider(({ pageToken }, call) => {
    const start = Number(pageToken?.split('#')[0] ?? 0)
    const next = start + (sizes[call % sizes.length] ?? 1)
    return {
      items: statuses
        .slice(start, next)
        .map((status, index) => conversationOf(String(start + index), status)),
      // The number of the call makes the tokens of empty pages differ.
      nextPageToken: next < statuses.length ? `${next}#${call}` : end,
    }
  })
}

describe('a listing from a provider with irregular pages', () => {
  const whims = fc.record({
    statuses: fc.array(fc.constantFrom<ConversationStatus>('active', 'inactive', 'closed'), {
      maxLength: 40,
    }),
    sizes: fc
      .array(fc.nat(9), { minLength: 1, maxLength: 9 })
      .filter((sizes) => sizes.some((size) => size > 0)),
    end: fc.constantFrom('' as const, null),
    filter: fc.option(fc.constantFrom<ConversationStatus>('active', 'closed'), { nil: undefined }),
    limit: fc.integer({ min: 1, max: 45 }),
    pageSize: fc.integer({ min: 1, max: 9 }),
    prefetch: fc.boolean(),
  })

  it('continues past empty pages that have a token, and accepts short and long pages', async () => {
    await fc.assert(
      fc.asyncProperty(whims, async ({ statuses, sizes, end, filter, limit, pageSize, prefetch }) => {
        const list = listParticipantConversations({
          provider: whimsicalProvider(statuses, sizes, end),
          participant: { id: 'x' },
          status: filter,
          limit,
          pageSize,
          prefetch,
        })
        const expected = [...statuses.entries()]
          .filter(([, status]) => filter === undefined || status === filter)
          .map(([index]) => String(index))
        expect(idsOf(await list.toArray())).toEqual(expected.slice(0, limit))
      }),
      { numRuns: 300 },
    )
  })

  it('is complete when it is stopped at its limit and resumed repeatedly, even if page sizes change', async () => {
    await fc.assert(
      fc.asyncProperty(whims, async ({ statuses, sizes, end, filter, limit, pageSize, prefetch }) => {
        const provider = whimsicalProvider(statuses, sizes, end)
        const seen: string[] = []
        let cursor: string | null | undefined
        while (cursor !== null) {
          const pages = await collect(
            listParticipantConversations({
              provider,
              participant: { id: 'x' },
              status: filter,
              limit,
              pageSize,
              prefetch,
              cursor,
            }).pages(),
          )
          seen.push(...pages.flatMap(({ items }) => idsOf(items)))
          cursor = pages.at(-1)?.nextCursor ?? null
        }
        const expected = [...statuses.entries()]
          .filter(([, status]) => filter === undefined || status === filter)
          .map(([index]) => String(index))
        expect(seen).toEqual(expected)
      }),
      { numRuns: 300 },
    )
  })
})
