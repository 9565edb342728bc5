/** Tests of an adapter that searches with POST: conformance, and what is specific to Intercom. */
import { listParticipantConversations, RateLimitError } from 'participant-conversations'
import { testProvider } from 'participant-conversations/testing'
import { describe, expect, test } from 'vitest'
import { intercom } from './intercom.ts'

const options = { accessToken: 'a-secret-access-token', workspaceId: 'workspace-1', retry: { retries: 0 } }
const participant = { id: 'contact-1' }
const STATES = { active: 'open', inactive: 'snoozed', closed: 'closed', deleted: '', unknown: '' }

describe('the adapter for Intercom', () => {
  testProvider({
    test,
    createProvider: (fetch) => intercom({ ...options, fetch }),
    participant,
    unsupportedParticipants: [{ address: 'jo@example.com' }, { identity: 'jo' }],
    secrets: [options.accessToken, participant.id],
    respond: ({ conversations, nextPageToken, total }) =>
      Response.json({
        conversations: conversations.map(({ id, status }) => ({ id, state: STATES[status] })),
        pages: nextPageToken === null ? {} : { next: { starting_after: nextPageToken } },
        total_count: total,
      }),
    respondError: (status) =>
      Response.json({ type: 'error.list', errors: [{ code: 'no', message: 'no' }] }, { status }),
  })
})

/** Lists what one response has, and returns it with the requests that were sent. */
async function list(response: Response, more: { region?: 'eu'; status?: 'active' | 'inactive' } = {}) {
  const requests: { url: string; headers: Headers; body: unknown }[] = []
  const provider = intercom({
    ...options,
    ...(more.region && { region: more.region }),
    async fetch(url, init) {
      requests.push({ url, headers: new Headers(init.headers), body: JSON.parse(String(init.body)) })
      return response
    },
  })
  const listing = listParticipantConversations({
    provider,
    participant,
    ...(more.status && { status: more.status }),
  })
  const { value: page } = await listing.pages()[Symbol.asyncIterator]().next()
  return { page, requests }
}

test('searches the conversations of a contact', async () => {
  const { requests } = await list(Response.json({ conversations: [] }))
  expect(requests).toMatchObject([
    {
      url: 'https://api.intercom.io/conversations/search',
      body: {
        query: { operator: 'AND', value: [{ field: 'contact_ids', operator: '=', value: 'contact-1' }] },
        pagination: { per_page: 150 },
      },
    },
  ])
  expect(requests[0]?.headers.get('intercom-version')).toBe('2.11')
  expect(requests[0]?.headers.get('authorization')).toBe('Bearer a-secret-access-token')
})

test('searches the snoozed ones alone, in the region of the workspace', async () => {
  const { requests } = await list(Response.json({ conversations: [] }), { region: 'eu', status: 'inactive' })
  expect(requests[0]?.url).toBe('https://api.eu.intercom.io/conversations/search')
  expect(requests[0]?.body).toMatchObject({
    query: {
      value: [{ field: 'contact_ids' }, { field: 'state', operator: '=', value: 'snoozed' }],
    },
  })
})

test('maps title, contact, dates, custom attributes and the total', async () => {
  const raw = {
    id: '1911149811',
    title: 'Hello',
    state: 'open',
    created_at: 1539897198,
    updated_at: 1540393270,
    custom_attributes: { priority: 'High' },
  }
  const { page } = await list(Response.json({ conversations: [raw], total_count: 1 }))
  const contact = { provider: 'intercom', id: 'contact-1', type: 'contact' }
  expect(page?.total).toBe(1)
  expect(page?.items).toMatchObject([
    {
      id: '1911149811',
      title: 'Hello',
      status: 'active',
      participant: contact,
      participants: [contact],
      createdAt: new Date('2018-10-18T21:13:18.000Z'),
      updatedAt: new Date('2018-10-24T15:01:10.000Z'),
      attributes: { priority: 'High' },
      raw,
    },
  ])
})

test('reports code, message and request id of an error', async () => {
  const errors = [{ code: 'rate_limit_exceeded', message: 'Slow down' }]
  const body = { type: 'error.list', request_id: 'request-1', errors }
  const error = await list(Response.json(body, { status: 429 })).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(RateLimitError)
  expect(error).toMatchObject({
    code: 'rate_limit_exceeded',
    requestId: 'request-1',
    message: expect.stringContaining('Slow down'),
  })
})
