import * as adapter from 'participant-conversations/adapter'
import * as z from 'zod/mini'

export interface SinchOptions extends adapter.HttpOptions {
  projectId: string
  /** Called before each request: a token is valid for an hour. */
  accessToken: () => string | Promise<string>
  region?: 'us' | 'eu' | 'br' | undefined
}

export type SinchResource = z.infer<typeof sinchConversation>
export type SinchConversation = adapter.ConversationFields & { provider: 'sinch'; raw: SinchResource }

const sinchConversation = z.looseObject({ id: z.string().check(z.minLength(1)) })
const sinchPage = z.looseObject({
  next_page_token: z.nullish(z.string()),
  total_size: z.optional(z.unknown()),
})
const sinchError = z.object({ error: z.looseObject({ code: z.number(), message: z.string() }) })

/** @see https://developers.sinch.com/docs/conversation/api-reference/conversation/conversation/conversation_listconversations */
export function sinch(options: SinchOptions): adapter.ConversationProvider<SinchConversation, 'id'> {
  const { projectId, accessToken, region = 'us' } = options
  return adapter.defineProvider({
    name: 'sinch',
    title: 'Sinch',
    scope: `${region}/${projectId}`,
    capabilities: { maxPageSize: 20, statusFilter: 'one', statuses: ['active', 'inactive'] },
    baseUrl: `https://${region}.conversation.api.sinch.com`,
    http: options,
    authorization: adapter.bearer(accessToken),
    participants: { id: true },
    request: ({ lookup, pageSize, pageToken, status }) => ({
      path: ['v1', 'projects', projectId, 'conversations'],
      query: {
        contact_id: adapter.hidden(lookup.value),
        page_size: pageSize,
        page_token: adapter.hidden(pageToken),
        only_active: status && status === 'active', // false lists only the inactive ones
      },
    }),
    page: sinchPage,
    // Protocol Buffers omit what is empty.
    rows: { in: 'conversations', optional: true, schema: sinchConversation, normalize },
    read: ({ next_page_token, total_size }) => ({
      nextPageToken: next_page_token,
      total: adapter.countOrNull(total_size),
    }),
    readError: (body) => z.safeParse(sinchError, body).data?.error ?? {},
  })
}

function normalize(raw: SinchResource): SinchConversation {
  const id = adapter.textOrNull(raw.contact_id)
  const contact = { ...adapter.emptyParticipant(), provider: 'sinch', id, type: 'contact' }
  const channel = adapter.textOrNull(raw.active_channel)?.toLowerCase().replace('applebc', 'apple') ?? null
  const lastReceived = adapter.dateOrNull(raw.last_received)
  return {
    ...adapter.emptyFields(),
    id: raw.id,
    provider: 'sinch',
    status: raw.active === true ? 'active' : 'inactive',
    channel: { id: null, type: channel, businessAddress: null },
    participant: contact,
    participants: [contact],
    updatedAt: lastReceived?.getTime() === 0 ? null : lastReceived, // 1970: no message yet
    attributes: adapter.recordOrNull(raw.metadata_json) ?? {},
    raw,
  }
}
