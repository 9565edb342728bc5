import * as adapter from 'participant-conversations/adapter'

export interface FrontOptions extends adapter.HttpOptions {
  accessToken: string | (() => string | Promise<string>)
}

export type FrontResource = { id: string; [name: string]: unknown }

/** @see https://dev.frontapp.com/reference/list-contact-conversations */
export function front({ accessToken, ...http }: FrontOptions) {
  const accountHosts = /^[\w-]+\.api\.frontapp\.com$/
  return adapter.defineProvider({
    name: 'front',
    title: 'Front',
    scope: '', // only Front knows which account a token belongs to
    baseUrl: 'https://api2.frontapp.com',
    http,
    authorization: adapter.bearer(accessToken),
    participants: { id: true, address: ['phone', 'email'] },
    statuses: { all: ['active', 'closed', 'deleted', 'unknown'] },
    request({ lookup }) {
      // https://dev.frontapp.com/docs/resource-aliases-1
      const contact = lookup.form === 'id' ? lookup.value : `alt:${lookup.kind}:${lookup.value}`
      return { path: ['contacts', contact, 'conversations'] }
    },
    pageSize: { query: 'limit', max: 100 },
    paging: { by: 'url', next: '_pagination.next', query: 'page_token', hosts: accountHosts },
    rows: { in: '_results', normalize },
    readError: (body) => adapter.recordOrNull(adapter.recordOrNull(body)?._error) ?? {}, // message, details
  })
}

function normalize(raw: FrontResource): adapter.ConversationInput {
  const recipient = adapter.recordOrNull(raw.recipient)
  const address = adapter.addressOrNull(recipient?.handle)
  return {
    title: adapter.textOrNull(raw.subject),
    status: statusOf(raw.status),
    participant: recipient && { name: adapter.textOrNull(recipient.name), address },
    createdAt: adapter.dateFromSeconds(raw.created_at),
    updatedAt: adapter.dateFromSeconds(raw.updated_at),
    attributes: adapter.recordOrNull(raw.custom_fields) ?? {},
  }
}

function statusOf(status: unknown): adapter.ConversationStatus {
  if (status === 'assigned' || status === 'unassigned') return 'active'
  if (status === 'archived') return 'closed'
  return status === 'deleted' || status === 'trashed' ? 'deleted' : 'unknown'
}
