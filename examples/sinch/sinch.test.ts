/** How an adapter of one's own is tested: the suite for adapters, and a few facts of its own provider. */
import { listParticipantConversations } from 'participant-conversations'
import { testProvider } from 'participant-conversations/testing'
import { describe, expect, test } from 'vitest'
import { type SinchResource, sinch } from './sinch.ts'

const accessToken = 'a-secret-access-token'

describe('the adapter for Sinch', () => {
  testProvider({
    test,
    createProvider: (fetch) => sinch({ projectId: 'project-1', accessToken: () => accessToken, fetch }),
    participant: { id: 'contact-1' },
    unsupportedParticipants: [{ address: '+12025550123' }, { identity: 'jo' }],
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

/** What is listed where Sinch sends one conversation, and what it was asked for. */
async function listOne(raw: SinchResource, status?: 'active' | 'inactive') {
  const urls: string[] = []
  const provider = sinch({
    projectId: 'project/1',
    accessToken: () => accessToken,
    region: 'eu',
    fetch: async (input, init) => {
      urls.push(`${input} ${new Headers(init?.headers).get('authorization')}`)
      return Response.json({ conversations: [raw] })
    },
  })
  const options = { provider, participant: { id: 'contact 1' }, limit: 1, ...(status && { status }) }
  const [conversation] = await listParticipantConversations(options).toArray()
  return { conversation, urls }
}

test('asks Sinch for the conversations of a contact', async () => {
  const { urls } = await listOne({ id: '1', active: true }, 'active')
  expect(urls).toEqual([
    'https://eu.conversation.api.sinch.com/v1/projects/project%2F1/conversations?contact_id=contact+1&page_size=1&only_active=true Bearer a-secret-access-token',
  ])
})

test('tells channel, contact, metadata and the last message', async () => {
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

test('knows that 1970 means no message', async () => {
  const { conversation } = await listOne({ id: '1', last_received: '1970-01-01T00:00:00Z' })
  expect(conversation?.updatedAt).toBeNull()
})
