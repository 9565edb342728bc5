import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import * as adapter from '../../../src/adapter.ts'
import type { HttpOptions } from '../../../src/index.ts'
import { failureOf, failuresOf, options } from './harness.ts'
import type { Fetch } from './http.ts'

/** An adapter with `createApiClient()`, which requests the id of a contact before each page. */

const contacts = z.object({ items: z.array(z.object({ id: z.string() })) })
const tickets = z.object({
  items: z.array(z.looseObject({ key: z.string(), state: z.enum(['active', 'closed']) })),
  next: z.nullish(z.string()),
})

const parts = {
  contact: (id: string): adapter.PageRequest => ({ path: ['contacts', adapter.hidden(id)] }),
  page: (id: string, limit: number, after: string | null, active: boolean | null): adapter.PageRequest => ({
    path: ['contacts', adapter.hidden(id), 'tickets'],
    query: { limit, after: adapter.hidden(after), active: active === null ? null : String(active) },
  }),
}

/** The provider's response to the request for a contact. */
function withContacts(fetch: Fetch): Fetch {
  return async (input, init) => {
    const { pathname } = new URL(new Request(input).url)
    if (!pathname.endsWith('/tickets')) return Response.json({ items: [{ id: pathname.split('/').at(-1) }] })
    return fetch(input, init)
  }
}

function desk(fetch: Fetch, http: HttpOptions, broken: Partial<typeof parts>) {
  const name = 'desk'
  const made = { ...parts, ...broken }
  const request = adapter.createApiClient({
    name,
    baseUrl: 'https://desk.example.com',
    http: { fetch: withContacts(fetch), ...http },
    authorization: adapter.bearer('a-secret-key'),
  })
  const provider: adapter.ConversationProvider<adapter.AnyConversation, 'id'> = {
    name,
    scope: 'account-1',
    capabilities: { maxPageSize: 100, statusFilter: 'one', statuses: ['active', 'closed'] },
    lookups(participant) {
      const isOwn = (participant.provider ?? name) === name
      if (isOwn && 'id' in participant) return [{ key: String(participant.id) }]
      throw adapter.unsupportedParticipant(name, 'must have an id', participant)
    },
    async listPage({ lookup, pageSize, pageToken, status, signal, listing }) {
      const purpose = { signal, listing }
      const find = made.contact(lookup.key)
      const contact = await request(find, purpose, ({ body }) => contacts.parse(body).items[0])
      if (contact === undefined) return { items: [], nextPageToken: null, requestId: null, total: 0 }
      const active = status === null ? null : status === 'active'
      const page = made.page(contact.id, pageSize, pageToken, active)
      return request(page, purpose, ({ body, requestId }) => {
        const { items, next = null } = tickets.parse(body)
        const conversations = items.map((raw) =>
          adapter.completeConversation(name, raw.key, raw, { status: raw.state }),
        )
        return { items: conversations, nextPageToken: next, requestId, total: null }
      })
    },
  }
  return provider
}

const suiteOf = (broken: Partial<typeof parts>) => ({
  ...options,
  createProvider: (fetch: Fetch, http: HttpOptions) => desk(fetch, http, broken),
})

it('testProvider() passes an adapter with two requests for a page', async () => {
  expect(await failuresOf(suiteOf({}))).toEqual({})
})

describe('testProvider() reports that an adapter with createApiClient()', () => {
  it.each<[fault: string, broken: Partial<typeof parts>]>([
    [
      'does not hide the participant',
      {
        page: (id, limit, after, active) => ({
          ...parts.page(id, limit, after, active),
          path: ['contacts', id, 'tickets'],
        }),
      },
    ],
    [
      'does not hide the page token',
      {
        page: (id, limit, after, active) => ({
          ...parts.page(id, limit, after, active),
          query: { limit, after, active: active === null ? null : String(active) },
        }),
      },
    ],
    ['does not hide the participant in its first request', { contact: (id) => ({ path: ['contacts', id] }) }],
  ])('%s', async (_, broken) => {
    expect(await failureOf(suiteOf(broken), 'shows no secret in an error, in itself or in a cursor')).toMatch(
      /^desk: (the error for|what hooks are told about) the status 401\S* contains one of the secrets$/,
    )
  })
})
