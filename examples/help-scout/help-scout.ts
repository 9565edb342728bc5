import * as adapter from 'participant-conversations/adapter'

export interface HelpScoutOptions extends adapter.HttpOptions {
  clientId: string
  clientSecret: string
}

export type HelpScoutResource = { id: number; [name: string]: unknown }

/** @see https://developer.helpscout.com/mailbox-api/endpoints/conversations/list/ */
export function helpScout({ clientId, clientSecret, ...http }: HelpScoutOptions) {
  const tokenUrl = 'https://api.helpscout.net/v2/oauth2/token'
  return adapter.defineProvider({
    name: 'help-scout',
    title: 'Help Scout',
    scope: clientId,
    baseUrl: 'https://api.helpscout.net',
    http,
    authorization: adapter.clientCredentials({ tokenUrl, clientId, clientSecret }),
    participants: { id: true, address: ['email'] },
    statuses: { all: ['active', 'inactive', 'closed', 'deleted', 'unknown'] },
    request({ lookup }) {
      // In quotes, so that a value cannot add to the query. The oldest come first, so that new ones move no others.
      const query = `(${lookup.form === 'id' ? 'customerIds' : 'email'}:${JSON.stringify(lookup.value)})`
      return { path: ['v2', 'conversations'], query: { query, status: 'all', sortOrder: 'asc' } }
    },
    pageSize: { fixed: 25 },
    paging: { by: 'number', query: 'page', last: 'page.totalPages' },
    rows: { in: '_embedded.conversations', optional: true, normalize },
    total: 'page.totalElements',
    readError(body, { header }) {
      const { logRef: requestId, message } = adapter.recordOrNull(body) ?? {}
      const retryAfterMs = Number(header('x-ratelimit-retry-after') ?? Number.NaN) * 1000
      return { message, requestId, retryAfterMs }
    },
  })
}

function normalize(raw: HelpScoutResource): adapter.ConversationInput {
  const customer = adapter.recordOrNull(raw.primaryCustomer)
  const status =
    raw.status === 'pending' ? 'inactive' : adapter.statusOrUnknown(raw.status, ['active', 'closed'])
  return {
    title: adapter.textOrNull(raw.subject),
    status: raw.state === 'deleted' ? 'deleted' : status,
    channel: { type: adapter.textOrNull(raw.type) },
    participant: customer && {
      id: adapter.textOrNull(String(customer.id ?? '')),
      name: adapter.textOrNull([customer.first, customer.last].filter(Boolean).join(' ')),
      address: adapter.addressOrNull(customer.email),
    },
    createdAt: adapter.dateOrNull(raw.createdAt),
    updatedAt: adapter.dateOrNull(raw.userUpdatedAt),
  }
}
