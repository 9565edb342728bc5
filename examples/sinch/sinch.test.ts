/** Tests of an adapter with page tokens: conformance, what is specific to Sinch, and what comes for free. */
import { inspect } from 'node:util'
import { listParticipantConversations, RateLimitError, TimeoutError } from 'participant-conversations'
import { testProvider } from 'participant-conversations/testing'
import { describe, expect, test } from 'vitest'
import { type SinchResource, sinch } from './sinch.ts'

const accessToken = 'a-secret-access-token'

describe('the adapter for Sinch', () => {
  testProvider({
    test,
    createProvider: (fetch) =>
      sinch({ projectId: 'project-1', accessToken: () => accessToken, fetch, retry: { retries: 0 } }),
    participant: { id: 'contact-1' },
    unsupportedParticipants: [{ address: '+12025550123' }, { identity: 'jo' }],
    secrets: [accessToken, 'contact-1'],
    respond: ({ conversations, nextPageToken }) =>
      Response.json({
        conversations: conversations.map(({ id, status }) => ({ id, active: status === 'active' })),
        next_page_token: nextPageToken ?? '',
      }),
    respondError: (status) => Response.json({ error: { code: status, message: 'no' } }, { status }),
  })
})

/** Lists one conversation from Sinch, and returns it with the requests that were sent. */
async function listOne(raw: SinchResource, status?: 'active' | 'inactive') {
  const requests: string[] = []
  const provider = sinch({
    projectId: 'project/1',
    accessToken: () => accessToken,
    region: 'eu',
    fetch: async (url, init) => {
      requests.push(`${url} ${new Headers(init.headers).get('authorization')}`)
      return Response.json({ conversations: [raw] })
    },
  })
  const options = { provider, participant: { id: 'contact 1' }, limit: 1, ...(status && { status }) }
  const [conversation] = await listParticipantConversations(options).toArray()
  return { conversation, requests }
}

test('requests the conversations of a contact', async () => {
  const { requests } = await listOne({ id: '1', active: true }, 'active')
  expect(requests).toEqual([
    'https://eu.conversation.api.sinch.com/v1/projects/project%2F1/conversations?contact_id=contact%201&only_active=true&page_size=1 Bearer a-secret-access-token',
  ])
})

test('maps channel, contact, metadata and the time of the last message', async () => {
  const { conversation } = await listOne({
    id: '1',
    contact_id: 'contact 1',
    active_channel: 'WHATSAPP',
    last_received: '2024-03-01T12:00:00Z',
    metadata_json: { ticket: 7 },
  })
  expect(conversation).toMatchObject({
    status: 'inactive',
    channel: { id: null, type: 'whatsapp' },
    participant: { provider: 'sinch', id: 'contact 1' },
    updatedAt: new Date('2024-03-01T12:00:00Z'),
    attributes: { ticket: 7 },
  })
})

test('treats 1970 as no message yet', async () => {
  const { conversation } = await listOne({ id: '1', last_received: '1970-01-01T00:00:00Z' })
  expect(conversation?.updatedAt).toBeNull()
})

test.each([
  [true, 'active'],
  [false, 'inactive'],
  [undefined, 'inactive'],
])('maps active: %s to the status %s', async (active, status) => {
  const { conversation } = await listOne({ id: '1', active })
  expect(conversation?.status).toBe(status)
})

describe('without any code for it, the adapter', () => {
  const participant = { id: 'contact-1' }
  const options = { projectId: 'project-1', accessToken: () => accessToken }

  test('retries a request after a 503', async () => {
    const statuses: number[] = []
    const answers = [new Response('', { status: 503 }), Response.json({ conversations: [{ id: '1' }] })]
    const provider = sinch({
      ...options,
      retry: { minDelayMs: 1 },
      hooks: { onResponse: ({ status }) => statuses.push(status) },
      fetch: async () => answers.shift() ?? Response.error(),
    })
    const [conversation] = await listParticipantConversations({ provider, participant }).toArray()
    expect(conversation?.id).toBe('1')
    expect(statuses).toEqual([503, 200])
  })

  test('aborts a request that takes too long', async () => {
    const fetch = () => new Promise<Response>(() => {})
    const provider = sinch({ ...options, fetch, timeoutMs: 5, retry: { retries: 0 } })
    const listing = listParticipantConversations({ provider, participant }).toArray()
    await expect(listing).rejects.toThrow(TimeoutError)
  })

  /** The error for a response without a page. */
  async function failureOf(response: Response): Promise<unknown> {
    const provider = sinch({ ...options, fetch: async () => response, retry: { retries: 0 } })
    const list = listParticipantConversations({ provider, participant })
    return list.toArray().catch((error: unknown) => error)
  }

  test('reports how long to wait after a 429', async () => {
    const error = await failureOf(new Response('', { status: 429, headers: { 'retry-after': '7' } }))
    expect(error).toBeInstanceOf(RateLimitError)
    expect(error).toMatchObject({ retryAfterMs: 7000 })
  })

  test('shows neither the participant nor the token in an error', async () => {
    const body = { error: { code: 400, message: 'Bad request', details: ['why'] } }
    const error = await failureOf(Response.json(body, { status: 400 }))
    expect(error).toMatchObject({
      url: 'https://us.conversation.api.sinch.com/v1/projects/project-1/conversations?contact_id=***&page_size=20',
      code: 400,
      message: expect.stringContaining('Bad request'),
      details: ['why'],
    })
    const shown = inspect(error, { depth: null, showHidden: true })
    expect(shown).not.toContain('contact-1')
    expect(shown).not.toContain(accessToken)
  })
})
