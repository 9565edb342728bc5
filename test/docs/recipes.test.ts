/** The recipes of docs/recipes.md: the code that is printed there runs, and the stand-in takes the providers' place. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  bird,
  type Conversation,
  listParticipantConversations,
  PaginationError,
  PermissionError,
  type TwilioProvider,
  twilio,
} from '../../src/index.ts'
import {
  createStandIn,
  fakeBirdConversation,
  fakeTwilioConversation,
  type StandIn,
  type StandInFailure,
  sampleBirdConversations,
  sampleTwilioConversations,
} from '../../src/testing/index.ts'
import { root } from '../package/packed.ts'
import { idsOf, rejectionOf, settled } from '../support/listing.ts'
import { findBlocks } from './blocks.ts'

type TwilioRaw = ReturnType<typeof fakeTwilioConversation>
type BirdRaw = ReturnType<typeof fakeBirdConversation>

const account = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'example-auth-token' }
const workspace = { accessKey: 'example-access-key', workspaceId: '00000000-0000-4000-8000-000000000001' }
const channelId = '00000000-0000-4000-8000-000000000002'
const otherChannelId = '00000000-0000-4000-8000-000000000003'

const phone = '+12025550123'
const customer = { phone }
const ourNumber = '+12025550100'
const anotherNumber = '+12025550199'

const blocks = (await findBlocks()).filter(({ file }) => file === 'docs/recipes.md')
const folder = await mkdtemp(join(root, '.docs-'))
const tested = new Set<string>()
let copies = 0

/** Returns a function that imports the block under a heading, each time as a new module. */
function recipe<Module>(heading: string): () => Promise<Module> {
  tested.add(heading)
  return async () => {
    copies += 1
    const path = join(folder, `recipe-${copies}.ts`)
    await writeFile(path, blocks.find((block) => block.heading === heading)?.code ?? '')
    return import(path)
  }
}

function play(conversations: { twilio?: TwilioRaw[]; bird?: BirdRaw[] }): StandIn {
  const standIn = createStandIn({
    twilio: { ...account, conversations: conversations.twilio ?? [] },
    bird: { ...workspace, conversations: conversations.bird ?? [] },
  })
  vi.stubGlobal('fetch', standIn.fetch)
  return standIn
}

function onTwilio(address: string, proxyAddress: string, overrides: Partial<TwilioRaw> = {}): TwilioRaw {
  return fakeTwilioConversation({
    participant_messaging_binding: { type: 'sms', address, proxy_address: proxyAddress },
    conversation_state: 'active',
    ...overrides,
  })
}

beforeEach(() => {
  vi.stubEnv('TWILIO_ACCOUNT_SID', account.accountSid)
  vi.stubEnv('TWILIO_AUTH_TOKEN', account.authToken)
  vi.stubEnv('BIRD_ACCESS_KEY', workspace.accessKey)
  vi.stubEnv('BIRD_WORKSPACE_ID', workspace.workspaceId)
  vi.stubEnv('BIRD_CHANNEL_ID', channelId)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})
afterAll(() => rm(folder, { recursive: true }))

it('has a test for every recipe', () => {
  expect(blocks.map(({ heading }) => heading)).toEqual([...tested])
})

describe('the open conversation on your number', () => {
  const load = recipe<{ openConversation(phone: string): Promise<Conversation | null> }>(
    'The open conversation on your number',
  )
  const ofOthers = {
    twilio: [
      onTwilio(phone, anotherNumber),
      onTwilio(phone, ourNumber, { conversation_state: 'closed' }),
      onTwilio('+12025550124', ourNumber),
    ],
    bird: [
      fakeBirdConversation({ channelId: otherChannelId, status: 'active' }),
      fakeBirdConversation({ channelId, status: 'closed' }),
    ],
  }

  it.each([
    ['SMS', onTwilio(phone, ourNumber)],
    ['WhatsApp', onTwilio(`whatsapp:${phone}`, `whatsapp:${ourNumber}`)],
  ])('is found on Twilio, by %s', async (_, wanted) => {
    play({ ...ofOthers, twilio: [...ofOthers.twilio, wanted] })
    const { openConversation } = await load()
    expect(await openConversation(phone)).toMatchObject({
      provider: 'twilio',
      id: wanted.conversation_sid,
      channel: { businessAddress: ourNumber },
    })
  })

  it('is found on Bird', async () => {
    const wanted = fakeBirdConversation({ channelId, status: 'active' })
    play({ ...ofOthers, bird: [...ofOthers.bird, wanted] })
    const { openConversation } = await load()
    expect(await openConversation(phone)).toMatchObject({
      provider: 'bird',
      id: wanted.id,
      channel: { businessAddress: ourNumber },
    })
  })

  it('is null if those on the number are closed, and the open ones are on another', async () => {
    play(ofOthers)
    const { openConversation } = await load()
    expect(await openConversation(phone)).toBeNull()
  })
})

describe('any open conversation of a person', () => {
  const load = recipe<{
    anyOpenConversation(person: {
      phone: string
      chatIdentity: string
      email: string
    }): Promise<Conversation | null>
  }>('Any open conversation of a person')
  const person = { phone, chatIdentity: 'jo', email: 'jo@example.com' }

  it.each([
    ['SMS', onTwilio(phone, ourNumber)],
    ['WhatsApp', onTwilio(`whatsapp:${phone}`, `whatsapp:${ourNumber}`)],
    ['chat', onTwilio('', '', { participant_identity: 'jo', participant_messaging_binding: null })],
    ['e-mail', onTwilio('jo@example.com', 'support@example.com')],
  ])('is found on Twilio, by %s', async (_, wanted) => {
    const closed = onTwilio(phone, ourNumber, { conversation_state: 'closed' })
    play({ twilio: [closed, wanted], bird: [fakeBirdConversation({ status: 'closed' })] })
    const { anyOpenConversation } = await load()
    expect((await anyOpenConversation(person))?.id).toBe(wanted.conversation_sid)
  })

  it.each([phone, 'jo@example.com'])('is found on Bird, by %s', async (address) => {
    const samples = sampleBirdConversations({ address, channelId, count: 1 })
    const bird = samples.map((sample) => ({ ...sample, status: 'active' }))
    play({ bird })
    const { anyOpenConversation } = await load()
    expect((await anyOpenConversation(person))?.id).toBe(bird[0]?.id)
  })
})

describe('the newest conversations', () => {
  const load = recipe<{
    newestConversations(phone: string, count: number): Promise<readonly Conversation[]>
  }>('The newest conversations')

  it('come from all pages of both providers, and those without a date last', async () => {
    play({
      twilio: [
        ...sampleTwilioConversations({ address: phone, count: 60 }),
        onTwilio(phone, ourNumber, { conversation_date_updated: null }),
      ],
      bird: sampleBirdConversations({ address: phone, channelId, count: 120 }),
    })
    const { newestConversations } = await load()

    const all = await newestConversations(phone, 1_000)
    const times = all.slice(0, -1).map(({ updatedAt }) => updatedAt?.getTime() ?? Number.NaN)
    expect(all).toHaveLength(60 + 1 + 120)
    expect(times).toEqual([...times].sort((a, b) => b - a))
    expect(new Set(all.slice(0, 20).map(({ provider }) => provider))).toEqual(new Set(['twilio', 'bird']))
    expect(all.at(-1)?.updatedAt).toBeNull()
    expect(idsOf(await newestConversations(phone, 3))).toEqual(idsOf(all.slice(0, 3)))
  })
})

describe('a "load more" endpoint', () => {
  const load = recipe<{ loadMore(request: Request, customer: { phone: string }): Promise<Response> }>(
    'A "load more" endpoint',
  )

  it.each([
    ['that can be read', undefined],
    ['that are encrypted', 'a secret of at least 32 characters'],
  ])('returns every conversation once, with cursors %s', async (_, secret) => {
    vi.stubEnv('CURSOR_SECRET', secret)
    const twilio = sampleTwilioConversations({ address: phone, count: 70 })
    const bird = sampleBirdConversations({ address: phone, channelId, count: 30 })
    play({ twilio, bird })
    const { loadMore } = await load()

    const ids: string[] = []
    let url = 'https://app.example/conversations'
    for (let pages = 0; pages < 10; pages++) {
      const response = await loadMore(new Request(url), customer)
      const { items, nextCursor } = (await response.json()) as {
        items: Record<string, unknown>[]
        nextCursor: string | null
      }
      for (const item of items) {
        expect(Object.keys(item)).toEqual(['provider', 'id', 'title', 'status', 'channel', 'updatedAt'])
        ids.push(String(item.id))
      }
      if (nextCursor === null) break
      expect(items).toHaveLength(20)
      url = `https://app.example/conversations?cursor=${encodeURIComponent(nextCursor)}`
    }
    const mine = twilio.filter((raw) => raw.participant_messaging_binding?.address === phone)
    const onBird = bird.filter((raw) =>
      raw.featuredParticipants?.some(({ contact }) => contact?.identifierValue === phone),
    )
    const expected = [...mine.map((raw) => raw.conversation_sid), ...idsOf(onBird)]
    expect(ids.toSorted()).toEqual(expected.toSorted())
  })
})

describe('an HTTP status for each error', () => {
  const load = recipe<{ errorResponse(error: unknown): Response }>('An HTTP status for each error')
  const options = { ...account, retry: { retries: 0 } }

  it.each<[StandInFailure, number]>([
    [{ status: 401 }, 500],
    [{ status: 403 }, 500],
    [{ status: 400 }, 500],
    [{ status: 404 }, 404],
    [{ status: 429 }, 503],
    [{ status: 503 }, 502],
    [{ status: 418 }, 502],
    [{ networkError: true }, 502],
    [{ body: 'not JSON' }, 502],
    [{ delayMs: Number.POSITIVE_INFINITY }, 504],
  ])('is, after the failure %j, %i', async (failure, status) => {
    const standIn = play({ twilio: [onTwilio(phone, ourNumber)] })
    standIn.fail(failure)
    const provider = twilio({ ...options, timeoutMs: 'delayMs' in failure ? 1 : 30_000 })
    const list = listParticipantConversations({ provider, participant: { phone }, concurrency: 1 })
    const error = await rejectionOf(list.toArray())

    const { errorResponse } = await load()
    expect(errorResponse(error).status).toBe(status)
    expect(errorResponse(error).headers.get('retry-after')).toBeNull()
  })

  it('comes with the seconds to wait after a rate limit that says them', async () => {
    const standIn = play({})
    standIn.fail({ status: 429, retryAfter: 120 })
    const list = listParticipantConversations({ provider: twilio(options), participant: { phone } })
    const { errorResponse } = await load()
    const response = errorResponse(await rejectionOf(list.toArray()))
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '120'])
  })

  it.each([
    [400, () => list({ cursor: 'made up' })],
    [400, () => list({ participant: { phone: '12025550123' } })],
    [500, () => list({ limit: -1 })],
    [502, () => Promise.reject(new PaginationError('The page tokens form a loop'))],
    [500, () => Promise.reject(new Error('a bug'))],
  ])('is %i without a request', async (status, fail) => {
    const { errorResponse } = await load()
    expect(errorResponse(await rejectionOf(fail())).status).toBe(status)
  })

  async function list(overrides: object): Promise<unknown> {
    return listParticipantConversations({
      provider: twilio(options),
      participant: { phone },
      ...overrides,
    }).toArray()
  }
})

describe('a GraphQL connection', () => {
  const load = recipe<{
    conversations(
      customer: { phone: string },
      page: { first: number; after?: string | null },
    ): Promise<{ nodes: Conversation[]; pageInfo: { endCursor: string | null; hasNextPage: boolean } }>
  }>('A GraphQL connection')

  it('has every conversation once, on at most 100 to a page', async () => {
    play({
      twilio: sampleTwilioConversations({ address: phone, count: 130 }),
      bird: sampleBirdConversations({ address: phone, channelId, count: 150 }),
    })
    const { conversations } = await load()

    const sizes: number[] = []
    const ids: string[] = []
    let after: string | null = null
    for (let hasNextPage = true; hasNextPage && sizes.length < 10; ) {
      const { nodes, pageInfo } = await conversations(customer, { first: 1_000, after })
      sizes.push(nodes.length)
      ids.push(...idsOf(nodes))
      after = pageInfo.endCursor
      hasNextPage = pageInfo.hasNextPage
    }
    expect(sizes).toEqual([100, 100, 80])
    expect(new Set(ids).size).toBe(280)
    expect(after).toBeNull()
  })

  it('may end with an empty page', async () => {
    play({ twilio: sampleTwilioConversations({ address: phone, count: 2 }) })
    const { conversations } = await load()
    const { nodes, pageInfo } = await conversations(customer, { first: 2 })
    expect(nodes).toHaveLength(2)
    expect(pageInfo.hasNextPage).toBe(true)
    expect(await conversations(customer, { first: 2, after: pageInfo.endCursor })).toEqual({
      nodes: [],
      pageInfo: { endCursor: null, hasNextPage: false },
    })
  })
})

describe('closing conversations', () => {
  const load = recipe<{
    closeAll(phone: string, close: (conversation: { id: string }) => Promise<unknown>): Promise<number>
  }>('Closing conversations')

  /** Plays a Bird whose page tokens count conversations, and that can close one. */
  function playCounting(count: number): { open: Set<string>; close(of: { id: string }): Promise<boolean> } {
    const open = new Set(Array.from({ length: count }, (_, index) => `conversation-${index}`))
    vi.stubGlobal('fetch', async (input: string | URL | Request) => {
      const url = new URL(input instanceof Request ? input.url : input)
      if (url.hostname.endsWith('twilio.com')) {
        return Response.json({ conversations: [], meta: { key: 'conversations', next_page_url: null } })
      }
      const start = Number(url.searchParams.get('pageToken') ?? 0)
      const end = start + Number(url.searchParams.get('limit'))
      const results = [...open].slice(start, end).map((id) => ({ id, status: 'active' }))
      return Response.json({ results, ...(end < open.size && { nextPageToken: String(end) }) })
    })
    return { open, close: async ({ id }) => open.delete(id) }
  }

  it('closes all of them, though page tokens count conversations', async () => {
    const { open, close } = playCounting(250)
    const { closeAll } = await load()
    expect(await closeAll(phone, close)).toBe(250)
    expect(open.size).toBe(0)
  })

  it('would skip some inside the loop', async () => {
    const { open, close } = playCounting(250)
    const list = listParticipantConversations({ provider: bird(), participant: { phone }, status: 'active' })
    for await (const conversation of list) await close(conversation)
    expect(open.size).toBeGreaterThan(0)
  })
})

describe('1,000 participants under a rate limit', () => {
  const load = recipe<{
    listEach(
      phones: readonly string[],
      save: (phone: string, conversations: readonly Conversation[]) => Promise<unknown>,
    ): Promise<readonly { phone: string; error: unknown }[]>
  }>('1,000 participants under a rate limit')

  const phones = Array.from({ length: 1_000 }, (_, index) => `+1202555${String(index).padStart(4, '0')}`)

  it('are all listed, with at most 8 requests at once', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0) // no jitter, so no wait
    const standIn = play({ twilio: phones.map((address) => onTwilio(address, ourNumber)) })
    standIn.fail({ status: 429, retryAfter: 0, times: 5 })
    const counted = countRequests(standIn)
    const saved = new Map<string, number>()
    const { listEach } = await load()
    const failures = await listEach(phones, async (phone, conversations) => {
      saved.set(phone, (saved.get(phone) ?? 0) + conversations.length)
    })
    expect(failures).toEqual([])
    expect([...saved.keys()].toSorted()).toEqual(phones)
    expect(new Set(saved.values())).toEqual(new Set([1]))
    expect(counted.most).toBe(8)
  })

  it('are listed without the one that fails for good, which is returned', async () => {
    const standIn = play({ twilio: phones.slice(0, 50).map((address) => onTwilio(address, ourNumber)) })
    standIn.fail({ status: 403 })
    const saved = new Set<string>()
    const { listEach } = await load()
    const failures = await listEach(phones.slice(0, 50), async (phone) => saved.add(phone))
    expect(failures).toEqual([{ phone: phones[0], error: expect.any(PermissionError) }])
    expect(saved.size).toBe(49)
  })
})

describe('canceling when the client disconnects', () => {
  const load = recipe<{ list(request: Request, customer: { phone: string }): Promise<Response> }>(
    'Canceling when the client disconnects',
  )

  it('aborts what is in flight, and sends nothing more', async () => {
    const standIn = play({ twilio: sampleTwilioConversations({ address: phone, count: 200 }) })
    standIn.fail({ provider: 'twilio', page: 2, delayMs: Number.POSITIVE_INFINITY })
    const counted = countRequests(standIn)
    const { list } = await load()
    const controller = new AbortController()
    const request = new Request('https://app.example/conversations', { signal: controller.signal })

    const response = rejectionOf(list(request, customer))
    await vi.waitUntil(() => counted.sent === 5) // four first pages, and a second one that hangs
    controller.abort()

    expect(await response).toBe(request.signal.reason)
    await vi.waitUntil(() => standIn.requests.length === 5) // noted when they end
    await settled()
    expect(counted).toMatchObject({ sent: 5, inFlight: 0 })
    expect(standIn.requests.map(({ status }) => status)).toEqual([200, 200, 200, 200, 0])
  })

  it('returns everything to a client that stays', async () => {
    play({ twilio: sampleTwilioConversations({ address: phone, count: 70 }) })
    const { list } = await load()
    const response = await list(new Request('https://app.example/conversations'), customer)
    expect(await response.json()).toHaveLength(70)
  })
})

describe('a dead letter for invalid conversations', () => {
  const load = recipe<{
    listValid(
      phone: string,
    ): Promise<{ conversations: Conversation[]; deadLetters: { raw: unknown; reason: string }[] }>
  }>('A dead letter for invalid conversations')

  it('keeps what the provider sent, and why it cannot be used', async () => {
    const valid = [onTwilio(phone, ourNumber), fakeBirdConversation({ channelId })] as const
    const invalid = [
      onTwilio(phone, ourNumber, { conversation_sid: null }),
      fakeBirdConversation({ channelId, id: '' }),
    ] as const
    play({ twilio: [invalid[0], valid[0]], bird: [invalid[1], valid[1]] })
    const { listValid } = await load()
    const { conversations, deadLetters } = await listValid(phone)
    expect(idsOf(conversations)).toEqual([valid[0].conversation_sid, valid[1].id])
    expect(deadLetters).toEqual([
      { raw: invalid[0], reason: expect.stringContaining('conversation_sid') },
      { raw: invalid[1], reason: expect.stringContaining('id') },
    ])
  })
})

describe('one provider for all requests', () => {
  const load = recipe<{
    providerOf(tenant: { id: string; clientId: string; clientSecret: string }): TwilioProvider
  }>('One provider for all requests')

  it('fetches one token for each tenant', async () => {
    const tenants = ['a', 'b'].map((id) => ({ id, clientId: `OQ${id}`, clientSecret: `the-secret-of-${id}` }))
    const standIns = tenants.map(({ id, ...client }) =>
      createStandIn({
        twilio: {
          accountSid: `AC${id.repeat(32)}`,
          ...client,
          conversations: sampleTwilioConversations({ address: phone, count: 3, seed: id.charCodeAt(0) }),
        },
      }),
    )
    const server = setupServer(...standIns.flatMap(({ handlers }) => handlers))
    server.listen({ onUnhandledRequest: 'error' })
    try {
      const { providerOf } = await load()
      for (const tenant of [...tenants, ...tenants]) {
        const list = listParticipantConversations({ provider: providerOf(tenant), participant: { phone } })
        expect(await list.toArray()).toHaveLength(3)
      }
    } finally {
      server.close()
    }
    const tokens = standIns.map(
      ({ requests }) => requests.filter(({ url }) => url.endsWith('/v2/token')).length,
    )
    expect(tokens).toEqual([1, 1])
  })
})

/** Counts the requests that reach a stand-in: all, at this moment, and at most at once. */
function countRequests({ fetch }: StandIn): { sent: number; inFlight: number; most: number } {
  const counted = { sent: 0, inFlight: 0, most: 0 }
  vi.stubGlobal('fetch', async (...request: Parameters<typeof fetch>) => {
    counted.sent += 1
    counted.inFlight += 1
    counted.most = Math.max(counted.most, counted.inFlight)
    try {
      await settled() // others may begin
      return await fetch(...request)
    } finally {
      counted.inFlight -= 1
    }
  })
  return counted
}
