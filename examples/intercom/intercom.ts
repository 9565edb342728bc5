import * as adapter from 'participant-conversations/adapter'

export interface IntercomOptions extends adapter.HttpOptions {
  accessToken: string
  workspaceId: string
  region?: 'eu' | 'au' | undefined
}

export type IntercomResource = { id: string; [name: string]: unknown }

const STATES = Object.entries({ open: 'active', snoozed: 'inactive', closed: 'closed' } as const)

/** @see https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/searchconversations */
export function intercom({ accessToken, workspaceId, region, ...http }: IntercomOptions) {
  return adapter.defineProvider({
    name: 'intercom',
    title: 'Intercom',
    scope: workspaceId,
    baseUrl: region === undefined ? 'https://api.intercom.io' : `https://api.${region}.intercom.io`,
    hostOptions: ['region'],
    http,
    authorization: adapter.bearer(accessToken),
    participants: { id: true },
    statuses: { all: STATES.map(([, status]) => status), filter: 'one' },
    request({ lookup, status }) {
      const filters = [{ field: 'contact_ids', operator: '=', value: lookup.value }]
      const state = STATES.find((pair) => pair[1] === status)?.[0]
      if (state !== undefined) filters.push({ field: 'state', operator: '=', value: state })
      const body = { query: { operator: 'AND', value: filters } }
      return { path: ['conversations', 'search'], headers: { 'intercom-version': '2.11' }, body }
    },
    pageSize: { body: 'pagination.per_page', max: 150 },
    paging: { by: 'token', body: 'pagination.starting_after', next: 'pages.next.starting_after' },
    rows: {
      in: 'conversations',
      normalize: (raw: IntercomResource, { lookup }) => ({
        title: adapter.textOrNull(raw.title),
        status: STATES.find(([state]) => state === raw.state)?.[1] ?? 'unknown',
        participant: { id: lookup.value, type: 'contact' },
        createdAt: adapter.dateFromSeconds(raw.created_at),
        updatedAt: adapter.dateFromSeconds(raw.updated_at),
        attributes: adapter.recordOrNull(raw.custom_attributes) ?? {},
      }),
    },
    total: 'total_count',
    readError(body) {
      const { request_id: requestId, errors } = adapter.recordOrNull(body) ?? {}
      const { code, message } = adapter.recordOrNull(Array.isArray(errors) ? errors[0] : null) ?? {}
      return { code, message, requestId }
    },
  })
}
