import { bearer, defineProvider, type ProviderDescription } from '../../../src/adapter.ts'
import type { AnyConversation, ConversationProvider, HttpOptions } from '../../../src/index.ts'
import type { TestProviderOptions } from '../../../src/testing/index.ts'
import type { Fetch } from './http.ts'

/** An adapter that is a description, and its provider. */

export interface Row {
  readonly id: number
  readonly open: boolean
  readonly subject?: string
}

export interface Page {
  readonly after?: string | null
  readonly more?: boolean
  readonly total: number
  readonly pages: number
  readonly items: readonly Row[]
}

export type Description = ProviderDescription<'example', 'id', Row, Page, Record<string, never>>

export function described(fetch: Fetch, http: HttpOptions, broken: Partial<Description>) {
  const description: Description = {
    name: 'example',
    scope: 'test',
    baseUrl: 'https://example.com',
    http: { fetch, ...http },
    authorization: bearer('a-secret-key'),
    participants: { id: true },
    statuses: { all: ['active', 'closed'] },
    request: ({ lookup }) => ({ path: ['contacts', lookup.value, 'conversations'] }),
    pageSize: { query: 'size', max: 50 },
    paging: { by: 'token', query: 'after', next: 'after' },
    rows: { in: 'items', normalize: (raw) => ({ status: raw.open ? 'active' : 'closed' }) },
    total: 'total',
    ...broken,
  }
  const provider: ConversationProvider<AnyConversation, 'id'> = defineProvider(description)
  return provider
}

type Options = TestProviderOptions<AnyConversation, 'id'>

/** The suite for a description. Ids are numbers. */
export function describedSuite(broken: Partial<Description>): Omit<Options, 'test'> {
  return {
    createProvider: (fetch, http) => described(fetch, http, broken),
    participant: { id: 'contact-1' },
    conversationId: String,
    respond({ conversations, nextPageToken, hasMore, total, request }) {
      const size = Number(new URL(request.url).searchParams.get('size') ?? 10)
      return Response.json({
        items: conversations.map(({ id, status }) => ({ id: Number(id), open: status === 'active' })),
        after: nextPageToken,
        more: hasMore,
        total,
        pages: Math.ceil(total / size),
      })
    },
  }
}
