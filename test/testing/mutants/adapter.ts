import {
  type AnyConversation,
  type ConversationProvider,
  type HttpOptions,
  type ListPageRequest,
  type Lookup,
  type ParticipantRef,
  UnsupportedParticipantError,
} from '../../../src/index.ts'
import { conversationOf } from '../../support/listing.ts'
import { type Fetch, httpParts, requestJson } from './http.ts'

/** An adapter that is written by hand and fulfills the contract, in parts. A mutant replaces one with a broken one. */

export interface Item {
  readonly key: string
  readonly state: AnyConversation['status']
}

export interface Answer {
  readonly next: string | null
  readonly items: Item[]
  readonly total: number
}

export const parts = {
  ...httpParts,
  name: 'example',
  capabilities: {
    maxPageSize: 50,
    statusFilter: 'one',
    statuses: ['active', 'closed'],
  } as ConversationProvider['capabilities'],
  /** Further properties of the provider. */
  more: {} as object,
  lookups(participant: ParticipantRef): readonly Lookup[] {
    const isOwn = (participant.provider ?? 'example') === 'example'
    if (isOwn && 'id' in participant) return [{ key: String(participant.id) }]
    throw new UnsupportedParticipantError('example: no id', { provider: 'example' })
  },
  query({ lookup, pageSize, pageToken, status }: ListPageRequest): string {
    return new URLSearchParams({
      contact: lookup.key,
      size: String(pageSize),
      ...(pageToken !== null && { after: pageToken }),
      ...(status !== null && { state: status }),
    }).toString()
  },
  itemsOf(answer: Answer, _request: ListPageRequest): readonly Item[] {
    return answer.items.map((item) => ({ ...item }))
  },
  nextPageToken: ({ next }: Answer, _request: ListPageRequest): string | null => next,
  normalize: (raw: Item): AnyConversation => ({
    ...conversationOf(raw.key, raw.state),
    provider: 'example',
    raw,
  }),
  totalOf: ({ total }: Answer): number | null => total,
}

export type Parts = typeof parts

/** Broken parts, or a function that returns them for each provider if they have state. */
export type Broken = Partial<Parts> | (() => Partial<Parts>)

export function example(fetch: Fetch, http: HttpOptions, broken: Broken): ConversationProvider {
  const made = { ...parts, ...(typeof broken === 'function' ? broken() : broken) }
  return {
    name: made.name,
    scope: 'test',
    capabilities: made.capabilities,
    lookups: made.lookups,
    ...made.more,
    async listPage(request) {
      const body = await requestJson(made, fetch, http, {
        url: `https://example.com/?${made.query(request)}`,
        signal: request.signal,
        isFirst: request.pageToken === null,
      })
      // What else the provider sends, the adapter takes for a page, as many do.
      const answer = body as Answer
      return {
        items: made.itemsOf(answer, request).map(made.normalize),
        nextPageToken: made.nextPageToken(answer, request),
        requestId: null,
        total: made.totalOf(answer),
      }
    },
  }
}

/** Replaces fields of every conversation. */
export const withFields = (
  fields: (item: Item) => Partial<AnyConversation>,
): Pick<typeof parts, 'normalize'> => ({
  normalize: (item: Item): AnyConversation =>
    ({ ...parts.normalize(item), ...fields(item) }) as AnyConversation,
})
