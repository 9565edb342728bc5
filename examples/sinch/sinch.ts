import * as adapter from 'participant-conversations/adapter'

export interface SinchOptions extends adapter.HttpOptions {
  projectId: string
  /** Called before each request: a token is valid for an hour. */
  accessToken: () => string | Promise<string>
  region?: 'us' | 'eu' | 'br' | undefined
}

export type SinchResource = { id: string; [name: string]: unknown }

/** @see https://developers.sinch.com/docs/conversation/api-reference/conversation/conversation/conversation_listconversations */
export function sinch({ projectId, accessToken, region = 'us', ...http }: SinchOptions) {
  return adapter.defineProvider({
    name: 'sinch',
    title: 'Sinch',
    scope: `${region}/${projectId}`,
    baseUrl: `https://${region}.conversation.api.sinch.com`,
    hostOptions: ['region'],
    http,
    authorization: adapter.bearer(accessToken),
    participants: { id: true },
    statuses: { all: ['active', 'inactive'], filter: 'one' },
    request: ({ lookup, status }) => ({
      path: ['v1', 'projects', projectId, 'conversations'],
      query: { contact_id: lookup.value, only_active: status && status === 'active' }, // false: only inactive ones
    }),
    pageSize: { query: 'page_size', max: 20 },
    paging: { by: 'token', query: 'page_token', next: 'next_page_token' },
    rows: { in: 'conversations', optional: true, normalize }, // Protocol Buffers omit what is empty
    total: 'total_size',
    readError: (body) => adapter.recordOrNull(adapter.recordOrNull(body)?.error) ?? {}, // code, message, details
  })
}

function normalize(raw: SinchResource): adapter.ConversationInput {
  const channel = adapter.textOrNull(raw.active_channel)?.toLowerCase()
  const lastReceived = adapter.dateOrNull(raw.last_received)
  return {
    status: raw.active === true ? 'active' : 'inactive',
    channel: { type: channel?.replace('applebc', 'apple') ?? null },
    participant: { id: adapter.textOrNull(raw.contact_id), type: 'contact' },
    updatedAt: lastReceived?.getTime() === 0 ? null : lastReceived, // 1970: no message yet
    attributes: adapter.recordOrNull(raw.metadata_json) ?? {},
  }
}
