import { bearer, defineProvider } from '../../src/adapter.ts'
import {
  type AnyConversation,
  type ConversationList,
  type ConversationProvider,
  listParticipantConversations,
} from '../../src/index.ts'
import { type RecordingFetch, recordingFetch } from './listing.ts'

/** The smallest description of an adapter. Tests add what they are about. */
export const described = {
  name: 'example',
  scope: 'test',
  baseUrl: 'https://api.example.com',
  authorization: bearer('a-secret-token'),
  participants: { id: true },
  statuses: { all: ['active'] },
  request: () => ({ path: ['conversations'] }),
  paging: { by: 'none' },
  rows: { in: 'items', normalize: () => ({ status: 'active' as const }) },
} as const

export const participant = { id: 'ada' }

/** Objects for a response: those from `start` to before `end`, whose ids are c0, c1, and so on. */
export function rowsFrom(start: number, end: number): { id: string }[] {
  return Array.from({ length: Math.max(end - start, 0) }, (_, index) => ({ id: `c${start + index}` }))
}

/** Describes an adapter as JavaScript does, without types. */
export function defineUnchecked(description: unknown): ConversationProvider {
  return Reflect.apply(defineProvider, undefined, [description])
}

/** What an adapter yields that differs from the smallest one in this, and whose only response has this body. */
export function listDescribed(
  description: object,
  body: unknown = { items: [{ id: 'a' }] },
): { list: () => ConversationList<AnyConversation>; requests: RecordingFetch['requests'] } {
  const { fetch, requests } = recordingFetch(() => body)
  const http = { fetch, retry: { retries: 0 } }
  const provider = defineUnchecked({ ...described, http, ...description })
  return { list: () => listParticipantConversations({ provider, participant }), requests }
}
