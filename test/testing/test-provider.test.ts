import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { bearer, defineProvider, emptyFields, hidden } from '../../src/adapter.ts'
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
    createProvider: (fetch) => twilio({ accountSid, authToken, fetch, retry }),
    participant: { address },
    unsupportedParticipants: [{ id: 'x' }, { identifierKey: 'phonenumber', identifierValue: address }],
    secrets: [authToken, btoa(`${accountSid}:${authToken}`), address, encodeURIComponent(address)],
    readPageToken: (request) => new URL(request.url).searchParams.get('PageToken'),
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
    createProvider: (fetch) => bird({ accessKey, workspaceId, channelId, fetch, retry }),
    participant: { address },
    unsupportedParticipants: [{ identity: 'jo' }],
    secrets: [accessKey, address, encodeURIComponent(address)],
    readPageToken: (request) => new URL(request.url).searchParams.get('pageToken'),
    respond: ({ conversations, nextPageToken }) =>
      Response.json({
        results: conversations.map(({ id, status }) => ({ id, status })),
        ...(nextPageToken !== null && { nextPageToken }),
      }),
    respondError: (status) => Response.json({ code: 'No', message: 'no' }, { status }),
  })
})

describe('an adapter whose provider has numeric ids fulfills the contract:', () => {
  const numeric = (fetch: typeof globalThis.fetch): ConversationProvider<AnyConversation, 'id'> =>
    defineProvider({
      name: 'numeric',
      scope: '',
      capabilities: { maxPageSize: 50, statusFilter: 'none', statuses: ['active'] },
      baseUrl: 'https://example.com',
      http: { fetch, retry },
      authorization: bearer('a-secret-token'),
      participants: { id: true },
      request: ({ lookup, pageSize, pageToken }) => ({
        path: ['contacts', hidden(lookup.value)],
        query: { size: pageSize, after: hidden(pageToken) },
      }),
      page: z.object({ after: z.nullable(z.string()) }),
      rows: {
        in: 'items',
        schema: z.object({ id: z.int() }),
        normalize: (raw) => ({
          ...emptyFields(),
          id: String(raw.id),
          provider: 'numeric',
          status: 'active',
          raw,
        }),
      },
      read: ({ after }) => ({ nextPageToken: after }),
      readError: () => ({ code: null, message: null }),
    })

  testProvider({
    test: it,
    createProvider: numeric,
    participant: { id: 'contact-1' },
    conversationId: String,
    readPageToken: (request) => new URL(request.url).searchParams.get('after'),
    respond: ({ conversations, nextPageToken }) =>
      Response.json({ items: conversations.map(({ id }) => ({ id: Number(id) })), after: nextPageToken }),
    secrets: ['a-secret-token'],
  })
})

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
