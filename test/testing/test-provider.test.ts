import { describe, expect, it } from 'vitest'
import { bearer, defineProvider, type PageSize, type Paging } from '../../src/adapter.ts'
import {
  type AnyConversation,
  bird,
  ConfigurationError,
  type ConversationProvider,
  twilio,
} from '../../src/index.ts'
import { testProvider } from '../../src/testing/index.ts'
import { account, address, channelId, workspace } from '../support/accounts.ts'

const { accountSid, authToken } = account
const { accessKey, workspaceId } = workspace
const retry = { retries: 0 }

describe('twilio() fulfills the contract:', () => {
  testProvider({
    test: it,
    createProvider: (fetch, http) => twilio({ accountSid, authToken, fetch, ...http }),
    participant: { address },
    unsupportedParticipants: [{ id: 'x' }, { identifierKey: 'phonenumber', identifierValue: address }],
    secrets: [authToken, encodeURIComponent(address)],
    respond({ conversations, nextPageToken, request }) {
      const next = new URL(request.url)
      if (nextPageToken !== null) next.searchParams.set('PageToken', nextPageToken)
      return Response.json({
        conversations: conversations.map(({ id, status }) => ({
          conversation_sid: id,
          conversation_state: status,
          participant_identity: 'jo',
        })),
        meta: { key: 'conversations', next_page_url: nextPageToken === null ? null : next.href },
      })
    },
    respondError: (status) => Response.json({ code: 20_000 + status, message: 'no', status }, { status }),
  })
})

describe('bird() fulfills the contract:', () => {
  testProvider({
    test: it,
    createProvider: (fetch, http) => bird({ accessKey, workspaceId, channelId, fetch, ...http }),
    participant: { address },
    unsupportedParticipants: [{ identity: 'jo' }],
    secrets: [accessKey, encodeURIComponent(address)],
    respond: ({ conversations, nextPageToken }) =>
      Response.json({
        results: conversations.map(({ id, status }) => ({ id, status })),
        ...(nextPageToken !== null && { nextPageToken }),
      }),
    respondError: (status) => Response.json({ code: 'No', message: 'no' }, { status }),
  })
})

/** An adapter that pages in one manner. */
function paged(paging: Paging<unknown>, pageSize?: PageSize) {
  return (fetch: typeof globalThis.fetch) =>
    defineProvider({
      name: 'example',
      scope: '',
      baseUrl: 'https://example.com',
      http: { fetch, retry },
      authorization: bearer('a-secret-token'),
      participants: { id: true },
      statuses: { all: ['active'] },
      request: ({ lookup }) => ({ path: ['contacts', lookup.value] }),
      pageSize,
      paging,
      rows: { in: 'items', normalize: (_raw: { id: number }) => ({ status: 'active' }) },
    })
}

const small = { query: 'size', max: 50 } as const
const manners: Record<
  string,
  (fetch: typeof globalThis.fetch) => ConversationProvider<AnyConversation, 'id'>
> = {
  'tokens in the query': paged({ by: 'token', query: 'after', next: 'after' }, small),
  'tokens in the body': paged(
    { by: 'token', body: 'page.after', next: 'after' },
    { body: 'page.size', max: 50 },
  ),
  'page numbers and the number of the last page': paged(
    { by: 'number', query: 'page', last: 'pages' },
    small,
  ),
  'page numbers from 0, and a sign that more follow': paged(
    { by: 'number', query: 'page', first: 0, more: 'more' },
    small,
  ),
  'page numbers alone': paged({ by: 'number', query: 'page' }, small),
  'page numbers, with pages of a fixed size': paged(
    { by: 'number', query: 'page', last: 'pages' },
    { fixed: 10 },
  ),
  'offsets and a total': paged({ by: 'offset', query: 'skip', total: 'total' }, small),
  'offsets alone, in the body': paged({ by: 'offset', body: 'skip' }, { body: 'take', max: 50 }),
  'one page': paged({ by: 'none' }),
}

describe.each(Object.entries(manners))(
  'an adapter whose provider has %s fulfills the contract:',
  (_, create) => {
    testProvider({
      test: it,
      createProvider: create,
      participant: { id: 'contact-1' },
      conversationId: String,
      respond({ conversations, nextPageToken, hasMore, total, request }) {
        const size = Number(new URL(request.url).searchParams.get('size') ?? 10)
        return Response.json({
          items: conversations.map(({ id }) => ({ id: Number(id) })),
          after: nextPageToken,
          more: hasMore,
          total,
          pages: Math.ceil(total / size),
        })
      },
    })
  },
)

describe('testProvider()', () => {
  const options = {
    test: () => {},
    createProvider: (fetch: typeof globalThis.fetch) => bird({ accessKey, workspaceId, channelId, fetch }),
    participant: { address },
    readPageToken: () => null,
    respond: () => new Response(),
  }

  it.each([
    [null, 'the options must be an object; got null'],
    [{ ...options, test: undefined }, 'test must be a function; got undefined'],
    [{ ...options, participant: address }, 'participant must be an object; got "+12025550123"'],
    [{ ...options, respondErrors: () => {} }, 'unknown option "respondErrors". Did you mean "respondError"?'],
    [{ ...options, unsupportedParticipants: {} }, 'unsupportedParticipants must be an array of participants'],
    [{ ...options, conversationId: 'c-1' }, 'conversationId must be a function; got "c-1"'],
    [{ ...options, secrets: accessKey }, 'secrets must be an array of strings; got a string (not shown)'],
    [{ ...options, hasFixedPageSize: 25 }, 'hasFixedPageSize must be true or false; got 25'],
    [{ ...options, secrets: [''] }, 'secrets must be an array of non-empty strings'],
  ])('refuses invalid options: %#', (wrong, problem) => {
    expect(() => testProvider(wrong as never)).toThrow(ConfigurationError)
    expect(() => testProvider(wrong as never)).toThrow(`testProvider(): ${problem}`)
  })

  it('reports all invalid options at once', () => {
    const wrong = { ...options, respond: 1, readPageToken: 'x' }
    expect(() => testProvider(wrong as never)).toThrow(
      'testProvider():\n- readPageToken must be a function; got "x"\n- respond must be a function; got 1',
    )
  })
})
