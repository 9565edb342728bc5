/** Tests of an adapter with page numbers and an OAuth token: conformance, and what is specific to Help Scout. */
import { listParticipantConversations, type ParticipantRef, RateLimitError } from 'participant-conversations'
import { testProvider } from 'participant-conversations/testing'
import { describe, expect, test } from 'vitest'
import { type HelpScoutOptions, helpScout } from './help-scout.ts'

const credentials = { clientId: 'app-1', clientSecret: 'a-secret', retry: { retries: 0 } }
const accessToken = 'a-secret-access-token'
const TOKEN_URL = 'https://api.helpscout.net/v2/oauth2/token'

type Fetch = NonNullable<HelpScoutOptions['fetch']>

/** A `fetch` that issues a token, and sends all other requests on. */
function withToken(fetch: Fetch): Fetch {
  return async (url, init) =>
    url === TOKEN_URL ? Response.json({ access_token: accessToken, expires_in: 172_800 }) : fetch(url, init)
}

const WORDS = {
  active: { status: 'active' },
  inactive: { status: 'pending' },
  closed: { status: 'closed' },
  deleted: { status: 'closed', state: 'deleted' },
  unknown: { status: 'spam' },
}

describe('the adapter for Help Scout', () => {
  testProvider({
    test,
    createProvider: (fetch) => helpScout({ ...credentials, fetch: withToken(fetch) }),
    participant: { id: '123' },
    unsupportedParticipants: [{ address: '+12025550123' }, { identity: 'jo' }],
    secrets: [credentials.clientSecret, accessToken],
    conversationId: String,
    respond: ({ conversations, request, total }) =>
      Response.json({
        ...(conversations.length > 0 && {
          _embedded: {
            conversations: conversations.map(({ id, status }) => ({ id: Number(id), ...WORDS[status] })),
          },
        }),
        page: {
          size: 25,
          totalElements: total,
          totalPages: Math.ceil(total / 25),
          number: Number(new URL(request.url).searchParams.get('page')),
        },
      }),
    respondError: (status) => Response.json({ logRef: 'log-1', message: 'no' }, { status }),
  })
})

/** Lists the conversations that the responses have, and returns them with the URLs that were requested. */
async function list(responses: Response[], participant: ParticipantRef<'id' | 'address'> = { id: '123' }) {
  const urls: string[] = []
  const provider = helpScout({
    ...credentials,
    fetch: withToken(async (url) => {
      urls.push(url)
      return responses.shift() ?? Response.error()
    }),
  })
  const conversations = await listParticipantConversations({ provider, participant }).toArray()
  return { conversations, urls }
}

/** A page of one conversation. */
function pageOf(conversation: object, totalPages = 1): Response {
  return Response.json({ _embedded: { conversations: [conversation] }, page: { totalPages } })
}

test.each([
  [{ id: '123' }, '(customerIds:"123")'],
  [{ address: 'jo@example.com' }, '(email:"jo@example.com")'],
  [{ address: 'jo")OR(email:"x@example.com' }, '(email:"jo\\")OR(email:\\"x@example.com")'],
])('finds %o with %s, whatever its status', async (participant, query) => {
  const { urls } = await list([pageOf({ id: 1 })], participant)
  const { origin, pathname, searchParams } = new URL(urls[0] ?? '')
  expect(origin + pathname).toBe('https://api.helpscout.net/v2/conversations')
  expect(Object.fromEntries(searchParams)).toEqual({ query, status: 'all', sortOrder: 'asc', page: '1' })
})

test('lists all pages', async () => {
  const { conversations, urls } = await list([pageOf({ id: 1 }, 2), pageOf({ id: 2 }, 2)])
  expect(conversations.map(({ id }) => id)).toEqual(['1', '2'])
  expect(urls.map((url) => new URL(url).searchParams.get('page'))).toEqual(['1', '2'])
})

test('lists nothing for a customer without conversations', async () => {
  const { conversations } = await list([Response.json({ page: { totalElements: 0, totalPages: 0 } })])
  expect(conversations).toEqual([])
})

test('maps subject, type, customer and dates', async () => {
  const raw = {
    id: 10,
    subject: 'Hello',
    status: 'active',
    type: 'email',
    primaryCustomer: { id: 238604, first: 'Jo', last: 'Doe', email: 'jo@example.com' },
    createdAt: '2024-03-01T12:00:00Z',
    userUpdatedAt: '2024-03-02T12:00:00Z',
  }
  const { conversations } = await list([pageOf(raw)])
  const customer = { provider: 'help-scout', id: '238604', name: 'Jo Doe', address: 'jo@example.com' }
  expect(conversations).toMatchObject([
    {
      id: '10',
      title: 'Hello',
      status: 'active',
      channel: { type: 'email' },
      participant: customer,
      participants: [customer],
      createdAt: new Date('2024-03-01T12:00:00Z'),
      updatedAt: new Date('2024-03-02T12:00:00Z'),
      raw,
    },
  ])
})

test('reports how long to wait, and the reference for the support team', async () => {
  const body = { logRef: '64bb72b4', message: 'Too many requests' }
  const response = Response.json(body, { status: 429, headers: { 'x-ratelimit-retry-after': '7' } })
  const error = await list([response]).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(RateLimitError)
  expect(error).toMatchObject({ retryAfterMs: 7000, requestId: '64bb72b4' })
})
