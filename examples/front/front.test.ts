/** Tests of an adapter whose next page is a URL: conformance, what is specific to Front, and what comes for free. */
import { inspect } from 'node:util'
import {
  listParticipantConversations,
  PaginationError,
  type ParticipantRef,
  RateLimitError,
  TimeoutError,
} from 'participant-conversations'
import { testProvider } from 'participant-conversations/testing'
import { describe, expect, test } from 'vitest'
import { type FrontResource, front } from './front.ts'

const accessToken = 'a-secret-access-token'
const STATUSES = { active: 'assigned', closed: 'archived', deleted: 'deleted', inactive: '', unknown: '' }

/** The URL of the next page, as Front returns it. */
function nextUrl(url: string, pageToken: string, origin = 'https://acme.api.frontapp.com'): string {
  return `${origin}${new URL(url).pathname}?limit=100&page_token=${encodeURIComponent(pageToken)}`
}

describe('the adapter for Front', () => {
  testProvider({
    test,
    createProvider: (fetch) => front({ accessToken, fetch, retry: { retries: 0 } }),
    participant: { id: 'crd_participant' },
    unsupportedParticipants: [{ identity: 'jo' }, { address: 'a nickname' }, { address: '12025550123' }],
    secrets: [accessToken, 'crd_participant'],
    respond: ({ conversations, nextPageToken, request }) =>
      Response.json({
        _pagination: { next: nextPageToken && nextUrl(request.url, nextPageToken) },
        _results: conversations.map(({ id, status }) => ({ id, status: STATUSES[status] })),
      }),
    respondError: (status) => Response.json({ _error: { status, message: 'no' } }, { status }),
  })
})

/** Lists one conversation from Front, and returns it with the requests that were sent. */
async function listOne(
  raw: Partial<FrontResource>,
  participant: ParticipantRef<'id' | 'address'> = { id: 'crd_1' },
) {
  const requests: string[] = []
  const provider = front({
    accessToken,
    async fetch(url, init) {
      requests.push(`${url} ${new Headers(init.headers).get('authorization')}`)
      return Response.json({ _results: [{ id: 'cnv_1', ...raw }] })
    },
  })
  const [conversation] = await listParticipantConversations({ provider, participant }).toArray()
  return { conversation, requests }
}

test('requests the conversations of a contact', async () => {
  const { requests } = await listOne({})
  expect(requests).toEqual([
    `https://api2.frontapp.com/contacts/crd_1/conversations?limit=100 Bearer ${accessToken}`,
  ])
})

test.each([
  ['+12025550123', 'alt:phone:+12025550123'],
  ['whatsapp:+12025550123', 'alt:phone:+12025550123'],
  ['jo@example.com', 'alt:email:jo@example.com'],
])('looks up the address %s by the alias %s', async (address, alias) => {
  const { requests } = await listOne({}, { address })
  expect(requests[0]).toContain(`/contacts/${encodeURIComponent(alias)}/conversations?`)
})

test.each([
  ['assigned', 'active'],
  ['unassigned', 'active'],
  ['archived', 'closed'],
  ['deleted', 'deleted'],
  ['trashed', 'deleted'],
  ['snoozed', 'unknown'],
  [undefined, 'unknown'],
])('maps the status %s to %s', async (sent, status) => {
  const { conversation } = await listOne({ status: sent })
  expect(conversation?.status).toBe(status)
})

test('maps subject, recipient, dates and custom fields', async () => {
  const { conversation } = await listOne({
    subject: 'Hello',
    recipient: { name: 'Jo', handle: 'jo@example.com', role: 'from' },
    created_at: 1701292649.333,
    updated_at: 1701292650,
    custom_fields: { ticket: 7 },
  })
  expect(conversation).toMatchObject({
    title: 'Hello',
    participant: { provider: 'front', id: null, name: 'Jo', address: 'jo@example.com' },
    createdAt: new Date('2023-11-29T21:17:29.333Z'),
    updatedAt: new Date('2023-11-29T21:17:30.000Z'),
    attributes: { ticket: 7 },
  })
})

test('a recipient can be passed back as the participant, unless its handle is not an address', async () => {
  const { conversation } = await listOne({ recipient: { handle: 'jo@example.com' } })
  const { requests } = await listOne({}, conversation?.participant ?? { id: 'none' })
  expect(requests[0]).toContain('/contacts/alt%3Aemail%3Ajo%40example.com/')

  const { conversation: other } = await listOne({ recipient: { handle: '@jo' } })
  expect(other?.participant?.address).toBeNull()
})

test('maps empty and malformed fields to null', async () => {
  const { conversation } = await listOne({
    subject: '',
    recipient: null,
    created_at: 'soon',
    updated_at: 1e300,
  })
  expect(conversation).toMatchObject({
    title: null,
    participant: null,
    participants: [],
    createdAt: null,
    updatedAt: null,
    attributes: {},
  })
})

test.each(['https://api2.frontapp.com', 'https://acme.api.frontapp.com'])(
  'requests the next page from the configured origin if its URL is on %s',
  async (origin) => {
    const urls: string[] = []
    const provider = front({
      accessToken,
      async fetch(url) {
        urls.push(url)
        return Response.json({
          _results: [],
          _pagination: { next: urls[1] ? null : nextUrl(url, 'a+b', origin) },
        })
      },
    })
    await listParticipantConversations({ provider, participant: { address: 'jo@example.com' } }).toArray()
    expect(urls[1]).toBe(`${urls[0]}&page_token=a%2Bb`)
    expect(urls[1]).toMatch(/^https:\/\/api2\.frontapp\.com\//)
  },
)

test('does not request a next page on another host, but yields the conversations before it', async () => {
  const urls: string[] = []
  const ids: string[] = []
  const provider = front({
    accessToken,
    async fetch(url) {
      urls.push(url)
      const next = nextUrl(url, 'next', 'https://acme.api.frontapp.com.example.com')
      return Response.json({ _results: [{ id: 'cnv_1' }], _pagination: { next } })
    },
  })
  const list = async () => {
    for await (const { id } of listParticipantConversations({ provider, participant: { id: 'crd_1' } })) {
      ids.push(id)
    }
  }
  await expect(list()).rejects.toThrow(PaginationError)
  expect(ids).toEqual(['cnv_1'])
  expect(urls).toHaveLength(1)
})

describe('without any code for it, the adapter', () => {
  const participant = { address: 'jo@example.com' }

  test('retries a request after a 503', async () => {
    const statuses: number[] = []
    const answers = [new Response('', { status: 503 }), Response.json({ _results: [{ id: 'cnv_1' }] })]
    const provider = front({
      accessToken,
      retry: { minDelayMs: 1 },
      hooks: { onResponse: ({ status }) => statuses.push(status) },
      fetch: async () => answers.shift() ?? Response.error(),
    })
    const [conversation] = await listParticipantConversations({ provider, participant }).toArray()
    expect(conversation?.id).toBe('cnv_1')
    expect(statuses).toEqual([503, 200])
  })

  test('aborts a request that takes too long', async () => {
    const fetch = () => new Promise<Response>(() => {})
    const provider = front({ accessToken, fetch, timeoutMs: 5, retry: { retries: 0 } })
    const listing = listParticipantConversations({ provider, participant }).toArray()
    await expect(listing).rejects.toThrow(TimeoutError)
  })

  /** The error for a response without a page. */
  async function failureOf(response: Response): Promise<unknown> {
    const provider = front({ accessToken, fetch: async () => response, retry: { retries: 0 } })
    const list = listParticipantConversations({ provider, participant })
    return list.toArray().catch((error: unknown) => error)
  }

  test('reports how long to wait after a 429', async () => {
    const error = await failureOf(new Response('', { status: 429, headers: { 'retry-after': '7' } }))
    expect(error).toBeInstanceOf(RateLimitError)
    expect(error).toMatchObject({ retryAfterMs: 7000 })
  })

  test('shows neither the participant nor the token in an error', async () => {
    const body = {
      _error: { status: 404, title: 'Not found', message: 'No such contact', details: ['alias'] },
    }
    const error = await failureOf(Response.json(body, { status: 404 }))
    expect(error).toMatchObject({
      url: 'https://api2.frontapp.com/contacts/alt%3Aemail%3A***/conversations?limit=100',
      message: expect.stringContaining('No such contact'),
      details: ['alias'],
    })
    const shown = inspect(error, { depth: null, showHidden: true })
    expect(shown).not.toMatch(/jo(@|%40)example/)
    expect(shown).not.toContain(accessToken)
  })
})
