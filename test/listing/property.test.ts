import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type ConversationProvider,
  type ConversationStatus,
  listParticipantConversations,
} from '../../src/index.ts'
import { sampleBirdConversations, sampleTwilioConversations } from '../../src/testing/sample-data.ts'
import { createStandIn } from '../../src/testing/stand-in.ts'
import {
  accessKey,
  accountSid,
  address,
  authToken,
  birdWith,
  channelId,
  collect,
  idsOf,
  twilioWith,
  workspaceId,
} from '../support/listing.ts'

interface Expected {
  readonly id: string
  readonly status: string
}

const ofTwilio = sampleTwilioConversations({ address, count: 300 })
const ofBird = sampleBirdConversations({ address, channelId, count: 300 })

/** The participant's first `count` conversations in the provider's order, derived from the data alone. */
function sampleOf(provider: 'twilio' | 'bird', count: number): readonly Expected[] {
  return all[provider].slice(0, count)
}

const all: Readonly<Record<'twilio' | 'bird', readonly Expected[]>> = {
  twilio: ofTwilio
    .filter((conversation) => conversation.participant_messaging_binding?.address === address)
    .map((conversation) => ({
      id: String(conversation.conversation_sid),
      status: conversation.conversation_state,
    }))
    .sort((left, right) => (left.id < right.id ? -1 : 1)),
  bird: ofBird.filter(
    ({ initiatingParticipant }) => initiatingParticipant?.contact?.identifierValue === address,
  ),
}

/** A stand-in with `count` of the participant's conversations, and with those of other people. */
function standInWith(provider: 'twilio' | 'bird', count: number) {
  const tooMany = new Set(idsOf(sampleOf(provider, 300).slice(count)))
  return createStandIn({
    twilio: {
      accountSid,
      authToken,
      conversations: ofTwilio.filter(({ conversation_sid }) => !tooMany.has(String(conversation_sid))),
    },
    bird: { accessKey, workspaceId, conversations: ofBird.filter(({ id }) => !tooMany.has(id)) },
  })
}

function providerOf(name: 'twilio' | 'bird', fetch: typeof globalThis.fetch): ConversationProvider {
  return name === 'twilio' ? twilioWith(fetch) : birdWith(fetch)
}

function isAmong(statuses: readonly string[] | undefined, status: string): boolean {
  return statuses === undefined || statuses.includes(status)
}

const maxPageSize = { twilio: 50, bird: 100 } as const
const statusesOf: Record<'twilio' | 'bird', readonly ConversationStatus[]> = {
  twilio: ['active', 'inactive', 'closed', 'unknown'],
  bird: ['active', 'closed', 'deleted', 'unknown'],
}

const listing = fc.constantFrom('twilio' as const, 'bird' as const).chain((provider) =>
  fc.record({
    provider: fc.constant(provider),
    // Half of them are around the size of a page, where off-by-one errors live.
    count: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.constantFrom(0, 1, 49, 50, 51, 99, 100, 101, 200)),
    pageSize: fc.option(fc.integer({ min: 1, max: maxPageSize[provider] }), { nil: undefined }),
    statuses: fc.option(fc.subarray([...statusesOf[provider]], { minLength: 1 }), { nil: undefined }),
    limit: fc.option(fc.integer({ min: 0, max: 310 }), { nil: undefined }),
    stopAfter: fc.integer({ min: 1, max: 310 }),
    prefetch: fc.boolean(),
    resume: fc.record({
      pageSize: fc.option(fc.integer({ min: 1, max: maxPageSize[provider] }), { nil: undefined }),
      prefetch: fc.boolean(),
    }),
  }),
)

describe('any listing', () => {
  it("yields each conversation once, in the provider's order, up to the limit, however it is iterated", async () => {
    await fc.assert(
      fc.asyncProperty(listing, async ({ provider, count, statuses, limit, pageSize, prefetch }) => {
        const { fetch } = standInWith(provider, count)
        const list = listParticipantConversations({
          provider: providerOf(provider, fetch),
          participant: { address },
          status: statuses,
          limit,
          pageSize,
          prefetch,
        })
        const passing = sampleOf(provider, count).filter(({ status }) => isAmong(statuses, status))
        const expected = idsOf(passing.slice(0, limit))
        expect(idsOf(await collect(list))).toEqual(expected)
        expect(idsOf((await collect(list.pages())).flatMap(({ items }) => items))).toEqual(expected)
        expect(idsOf(await list.toArray())).toEqual(expected)
      }),
      { numRuns: 100 },
    )
  })

  it('makes no request and requests no conversation that it does not need', async () => {
    await fc.assert(
      fc.asyncProperty(listing, async ({ provider, count, statuses, limit, pageSize, prefetch }) => {
        const { fetch, requests } = standInWith(provider, count)
        const list = listParticipantConversations({
          provider: providerOf(provider, fetch),
          participant: { address },
          status: statuses,
          limit,
          pageSize,
          prefetch,
        })
        await list.toArray()
        const asked = requests.map(({ url }) => {
          const { searchParams } = new URL(url)
          return Number(searchParams.get('PageSize') ?? searchParams.get('limit'))
        })
        const size = pageSize ?? maxPageSize[provider]
        const conversations = sampleOf(provider, count)
        const isFilteredHere =
          statuses !== undefined &&
          (provider === 'twilio' || statuses.length > 1 || statuses[0] === 'unknown')
        if (limit === 0) {
          expect(asked).toEqual([])
        } else if (isFilteredHere) {
          const matching = [...conversations.entries()].filter(([, { status }]) => isAmong(statuses, status))
          const [lastWanted] = matching[(limit ?? Number.POSITIVE_INFINITY) - 1] ?? [conversations.length - 1]
          expect(asked).toHaveLength(Math.max(1, Math.ceil((lastWanted + 1) / size)))
        } else {
          const total = conversations.filter(({ status }) => statuses === undefined || status === statuses[0])
          const wanted = Math.min(limit ?? Number.POSITIVE_INFINITY, total.length)
          expect(asked).toHaveLength(Math.max(1, Math.ceil(wanted / size)))
          expect(asked.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(
            limit ?? Number.POSITIVE_INFINITY,
          )
        }
      }),
      { numRuns: 100 },
    )
  })

  it('continues from the cursor of any page exactly where it stopped, even with another page size', async () => {
    await fc.assert(
      fc.asyncProperty(
        listing,
        async ({ provider, count, statuses, stopAfter, pageSize, prefetch, resume }) => {
          const { fetch } = standInWith(provider, count)
          const query = { provider: providerOf(provider, fetch), participant: { address }, status: statuses }
          const expected = idsOf(sampleOf(provider, count).filter(({ status }) => isAmong(statuses, status)))
          const pages = await collect(
            listParticipantConversations({ ...query, limit: stopAfter, pageSize, prefetch }).pages(),
          )
          const ends = [pages.length - 1, Math.floor(pages.length / 2)]
          for (const end of ends) {
            const before = pages.slice(0, end + 1).reduce((sum, { items }) => sum + items.length, 0)
            const cursor = pages[end]?.nextCursor ?? null
            const rest =
              cursor === null
                ? []
                : await listParticipantConversations({ ...query, ...resume, cursor }).toArray()
            expect(idsOf(rest)).toEqual(expected.slice(before))
          }
        },
      ),
      { numRuns: 100 },
    )
  })
})
