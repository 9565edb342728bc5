import type { ConversationOf, ParticipantOf } from 'participant-conversations'
import * as adapter from 'participant-conversations/adapter'

export const source: adapter.CredentialsSource = async ({ requestJson, signal, call, refused }) => {
  // @ts-expect-error Its type is known, and has no such property.
  if (signal.aborted || signal.isAborted) throw signal.reason
  const url = 'https://api.example.com/token'
  const { body } = await requestJson({ url, headers: {}, secrets: [refused ?? ''], signal, call })
  return String(body)
}
export const authorization: adapter.Authorization = adapter.bearer(source)

interface Ticket {
  id: number
  open: boolean
}

/** What a description says once, the types follow. */
export const desk = (options: adapter.HttpOptions & { key: string }) =>
  adapter.defineProvider({
    name: 'desk',
    scope: 'account-1',
    baseUrl: 'https://api.example.com',
    http: options,
    authorization: adapter.apiKey(options.key, { header: 'x-api-key' }),
    participants: { id: true, address: ['email'] },
    statuses: { all: ['active', 'closed'] },
    request: ({ lookup }) => ({
      path: ['tickets', lookup.form === 'address' ? lookup.prefixed : lookup.value],
      // @ts-expect-error An id has no prefix.
      query: { prefix: lookup.form === 'id' ? lookup.prefixed : null },
    }),
    pageSize: { query: 'limit', max: 100 },
    paging: { by: 'number', query: 'page', last: (page: { pages: number }) => page.pages },
    rows: { in: 'tickets', normalize: (raw: Ticket) => ({ status: raw.open ? 'active' : 'closed' }) },
  })

type Desk = ReturnType<typeof desk>
export const name: 'desk' = null as unknown as ConversationOf<Desk>['provider']
export const open: boolean = (null as unknown as ConversationOf<Desk>).raw.open
export const participant: ParticipantOf<Desk> = { address: 'jo@example.com' }
// @ts-expect-error No identity can be looked up.
export const refused: ParticipantOf<Desk> = { identity: 'jo' }

export const withoutPaging = () =>
  // @ts-expect-error How pages follow each other has to be said.
  adapter.defineProvider({
    name: 'desk',
    scope: '',
    baseUrl: 'https://api.example.com',
    authorization: adapter.none(),
    participants: { id: true },
    statuses: { all: ['active'] },
    request: ({ lookup }) => ({ path: [lookup.value] }),
    rows: { normalize: () => ({ status: 'active' }) },
  })
