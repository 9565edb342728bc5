import * as fc from 'fast-check'
import {
  type AnyConversation,
  type ConversationStatus,
  combine,
  listParticipantConversations,
} from 'participant-conversations'
import { testProvider } from 'participant-conversations/testing'
import { describe, expect, it, test } from 'vitest'
import { type SinchOptions, sinch } from '../../examples/sinch/sinch.ts'
import { collect, conversationOf, fakeProvider, idsOf } from '../support/listing.ts'

const accessToken = 'a-secret-access-token'
const onSinch = (fetch: SinchOptions['fetch']) =>
  sinch({ projectId: 'project-1', accessToken: () => accessToken, fetch, retry: { retries: 0 } })
const nothing = () => ({ items: [], nextPageToken: null })
const onNothing = () => fakeProvider(nothing, { statusFilter: 'one', statuses: ['active', 'inactive'] })

/** One provider with conversations, combined with empty ones in different positions. */
const combinations = {
  'with one source': (fetch: SinchOptions['fetch']) => combine([onSinch(fetch)]),
  'with an empty last source': (fetch: SinchOptions['fetch']) => combine([onSinch(fetch), onNothing()]),
  'with an empty first source': (fetch: SinchOptions['fetch']) => combine([onNothing(), onSinch(fetch)]),
  'nested in another': (fetch: SinchOptions['fetch']) =>
    combine([onNothing(), combine([onNothing(), onSinch(fetch)]), onNothing()]),
}

for (const [where, createProvider] of Object.entries(combinations)) {
  describe(`a combined provider ${where}`, () => {
    testProvider({
      test,
      createProvider,
      participant: { id: 'contact-1' },
      unsupportedParticipants: [{ identity: 'jo' }],
      secrets: [accessToken, 'contact-1'],
      readPageToken: (request) => new URL(request.url).searchParams.get('page_token'),
      respond: ({ conversations, nextPageToken }) =>
        Response.json({
          conversations: conversations.map(({ id, status }) => ({ id, active: status === 'active' })),
          next_page_token: nextPageToken ?? '',
        }),
      respondError: (status) => Response.json({ error: { code: status, message: 'no' } }, { status }),
    })
  })
}

describe('a combined provider, however its sources page,', () => {
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
      { minLength: 1, maxLength: 4 },
    ),
    nest: fc.boolean(),
    filter: fc.option(status, { nil: undefined }),
    limit: fc.integer({ min: 1, max: 40 }),
    prefetch: fc.boolean(),
  })
  type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never

  function providerOf({ sources, nest }: Plan) {
    const providers = sources.map(({ statuses, sizes, filters }, number) =>
      fakeProvider(
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
    )
    if (!nest) return combine(providers)
    const [first = providers[0], ...rest] = providers
    return combine([first, combine([...rest, fakeProvider(nothing)])].flatMap((one) => one ?? []))
  }

  const expected = ({ sources, filter }: Plan) =>
    sources.flatMap(({ statuses }, number) =>
      [...statuses.entries()]
        .filter(([, own]) => filter === undefined || own === filter)
        .map(([index]) => `${number}/${index}`),
    )

  it('lists every conversation once, in order, up to the limit', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async (plan) => {
        const { filter, limit, prefetch } = plan
        const provider = providerOf(plan)
        const list = listParticipantConversations({
          provider,
          participant: { id: 'x' },
          status: filter,
          limit,
          prefetch,
        })
        expect(idsOf(await list.toArray())).toEqual(expected(plan).slice(0, limit))
      }),
      { numRuns: 300 },
    )
  })

  it('is complete when it is stopped at its limit and resumed repeatedly', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async (plan) => {
        const { filter, limit, prefetch } = plan
        const seen: string[] = []
        let cursor: string | null | undefined
        while (cursor !== null) {
          const list = listParticipantConversations({
            provider: providerOf(plan),
            participant: { id: 'x' },
            status: filter,
            limit,
            prefetch,
            cursor,
          })
          const pages = await collect(list.pages())
          seen.push(...pages.flatMap(({ items }) => idsOf(items)))
          cursor = pages.at(-1)?.nextCursor ?? null
        }
        expect(seen).toEqual(expected(plan))
      }),
      { numRuns: 300 },
    )
  })
})
