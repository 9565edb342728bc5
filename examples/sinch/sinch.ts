/**
 * An adapter for a third provider, the Sinch Conversation API: one request, one page; the rest is the library's.
 *
 * https://developers.sinch.com/docs/conversation/api-reference/conversation/conversation/conversation_listconversations
 */
import {
  ApiError,
  AuthenticationError,
  ConnectionError,
  type ConversationFields,
  type ConversationProvider,
  type IdRef,
  InvalidRequestError,
  NotFoundError,
  type Participant,
  PermissionError,
  RateLimitError,
  ResponseValidationError,
  ServerError,
  UnsupportedParticipantError,
} from 'participant-conversations'

export interface SinchOptions {
  projectId: string
  /** Tokens are good for an hour: the function is called for each request. */
  accessToken: () => string | Promise<string>
  region?: 'us' | 'eu' | 'br'
  fetch?: typeof globalThis.fetch
}

/** A conversation as Sinch sends it. */
export interface SinchResource {
  id: string
  contact_id?: string
  active?: boolean
  active_channel?: string
  last_received?: string
  metadata_json?: Record<string, unknown>
}

export type SinchConversation = ConversationFields & { provider: 'sinch'; raw: SinchResource }
const PROVIDER = 'sinch'

export function sinch(options: SinchOptions): ConversationProvider<SinchConversation, IdRef> {
  const { projectId, accessToken, region = 'us', fetch = (...args) => globalThis.fetch(...args) } = options
  const endpoint = `https://${region}.conversation.api.sinch.com/v1/projects/${encodeURIComponent(projectId)}/conversations`
  // For errors: without the query, which names the contact.
  const context = { provider: PROVIDER, url: endpoint, attempts: 1 }

  return {
    name: PROVIDER,
    scope: `${region}/${projectId}`,
    // only_active=true lists active conversations only, and false inactive ones only: it filters by either status.
    capabilities: { maxPageSize: 20, statusFilter: 'one', statuses: ['active', 'inactive'] },
    participantKey: contactIdOf,

    async listPage({ participant, pageSize, pageToken, status, signal }) {
      const query = new URLSearchParams({ contact_id: contactIdOf(participant), page_size: String(pageSize) })
      if (pageToken !== null) query.set('page_token', pageToken)
      if (status !== null) query.set('only_active', String(status === 'active'))
      const headers = { authorization: `Bearer ${await accessToken()}` }
      const send = async (): Promise<[Response, string]> => {
        const response = await fetch(`${endpoint}?${query}`, { headers, signal, redirect: 'error' })
        return [response, await response.text()]
      }
      const [response, text] = await send().catch((cause: unknown) => {
        if (signal.aborted) throw signal.reason
        throw new ConnectionError('Sinch could not be reached', { ...context, cause })
      })
      const body = parse(text)
      if (!response.ok) {
        const { status } = response
        const { code = null, message = 'no message', details } = body?.error ?? {}
        const said = `Sinch answered ${status}: ${message}`
        throw new (errorClassOf(status))(said, { ...context, status, code, details })
      }
      // Protocol Buffers leave out what is empty: the list too.
      const list = body?.conversations ?? []
      if (body === null || !Array.isArray(list) || !list.every((entry) => entry?.id)) {
        throw new ResponseValidationError('Sinch answered with no list of conversations', context)
      }
      const { next_page_token: nextPageToken = null, total_size: total = null } = body
      return { items: list.map(normalise), nextPageToken, requestId: null, total }
    },
  }
}

interface SinchAnswer {
  conversations?: SinchResource[]
  next_page_token?: string
  total_size?: number
  error?: { code?: number; message?: string; details?: unknown }
}

function parse(text: string): SinchAnswer | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}

function errorClassOf(status: number): typeof ApiError {
  if (status === 401) return AuthenticationError
  if (status === 403) return PermissionError
  if (status === 404) return NotFoundError
  if ([400, 409, 422].includes(status)) return InvalidRequestError
  if (status === 429) return RateLimitError
  return status >= 500 ? ServerError : ApiError
}

function contactIdOf(ref: IdRef): string {
  const isOurs = !('provider' in ref) || ref.provider === PROVIDER
  if (isOurs && typeof ref.id === 'string') return ref.id
  throw new UnsupportedParticipantError('sinch: give the { id } of a contact', { provider: PROVIDER })
}

function normalise(raw: SinchResource): SinchConversation {
  const participant = contact(raw.contact_id ?? null)
  const lastReceived = new Date(raw.last_received ?? Number.NaN)
  return {
    id: raw.id,
    provider: PROVIDER,
    title: null,
    uniqueName: null,
    description: null,
    // Protocol Buffers leave out false.
    status: raw.active === true ? 'active' : 'inactive',
    channel: { id: null, type: raw.active_channel?.toLowerCase().replace('applebc', 'apple') || null },
    participant,
    participants: [participant],
    participantCount: { active: null, pending: null },
    createdBy: null,
    createdAt: null,
    // 1970 where there is no message yet.
    updatedAt: lastReceived.getTime() > 0 ? lastReceived : null,
    lastMessage: null,
    timers: { inactiveAt: null, closedAt: null },
    attributes: raw.metadata_json ?? {},
    raw,
  }
}

function contact(id: string | null): Participant {
  const unknown = { status: null, name: null, address: null, channel: null, identity: null, userId: null }
  const others = { proxyAddress: null, projectedAddress: null, identifierKey: null, identifierValue: null }
  return { provider: PROVIDER, id, type: 'contact', ...unknown, ...others }
}
