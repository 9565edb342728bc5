import * as adapter from 'participant-conversations/adapter'
import * as z from 'zod/mini'

export interface FrontOptions extends adapter.HttpOptions {
  /** An API token or an OAuth access token, or a function that returns one. */
  accessToken: string | (() => string | Promise<string>)
}

export type FrontResource = z.infer<typeof frontConversation>
export type FrontConversation = adapter.ConversationFields & { provider: 'front'; raw: FrontResource }

const frontConversation = z.looseObject({ id: z.string().check(z.minLength(1)) })
const frontPage = z.object({
  _pagination: z.nullish(z.object({ next: z.nullish(z.string()) })),
})
const frontError = z.object({ _error: z.object({ message: z.string(), details: z.optional(z.unknown()) }) })

const statuses: readonly adapter.ConversationStatus[] = ['active', 'closed', 'deleted', 'unknown']

/**
 * Front. Looks up a contact by `id`, or by phone number or e-mail `address`; the newest conversations come first.
 *
 * @see https://dev.frontapp.com/reference/list-contact-conversations
 * @see https://github.com/frontapp/front-api-specs (core-api/core-api.json)
 */
export function front(
  options: FrontOptions,
): adapter.ConversationProvider<FrontConversation, 'id' | 'address'> {
  return adapter.defineProvider({
    name: 'front',
    title: 'Front',
    scope: '', // only Front knows which account a token belongs to
    capabilities: { maxPageSize: 100, statusFilter: 'none', statuses },
    baseUrl: 'https://api2.frontapp.com',
    http: options,
    authorization: adapter.bearer(options.accessToken),
    participants: { id: true, address: ['phone', 'email'] },
    request: ({ lookup, pageSize, pageToken }) => ({
      path: ['contacts', adapter.hidden(contactOf(lookup)), 'conversations'],
      query: { limit: pageSize, page_token: adapter.hidden(pageToken) },
    }),
    page: frontPage,
    rows: { in: '_results', schema: frontConversation, normalize },
    read({ _pagination }, { endpoint }) {
      const { query, error } = adapter.readNextPageUrl(_pagination?.next, {
        provider: 'front',
        property: '_pagination.next',
        parameter: 'page_token',
        endpoints: [endpoint],
        hosts: /^[\w-]+\.api\.frontapp\.com$/,
      })
      return { nextPageToken: query?.get('page_token'), nextPageError: error }
    },
    readError: (body) => z.safeParse(frontError, body).data?._error ?? {},
  })
}

/** The id of a contact, or its alias: https://dev.frontapp.com/docs/resource-aliases-1 */
function contactOf(lookup: adapter.ParticipantLookup<'id' | 'address'>): string {
  return lookup.form === 'id' ? lookup.value : `alt:${lookup.kind}:${lookup.value}`
}

function normalize(raw: FrontResource): FrontConversation {
  const recipient = adapter.recordOrNull(raw.recipient)
  const participant = recipient && participantOf(recipient)
  return {
    ...adapter.emptyFields(),
    id: raw.id,
    provider: 'front',
    title: adapter.textOrNull(raw.subject),
    status: statusOf(raw.status),
    participant,
    participants: participant === null ? [] : [participant],
    createdAt: dateOf(raw.created_at),
    updatedAt: dateOf(raw.updated_at),
    attributes: adapter.recordOrNull(raw.custom_fields) ?? {},
    raw,
  }
}

function statusOf(status: unknown): adapter.ConversationStatus {
  if (status === 'assigned' || status === 'unassigned') return 'active'
  if (status === 'archived') return 'closed'
  return status === 'deleted' || status === 'trashed' ? 'deleted' : 'unknown'
}

function participantOf({ name, handle }: Readonly<Record<string, unknown>>): adapter.Participant {
  const { kind, value } = adapter.parseAddress(adapter.textOrNull(handle) ?? '')
  const address = kind === 'email' || adapter.isPhoneNumber(value) ? value : null
  return { ...adapter.emptyParticipant(), provider: 'front', name: adapter.textOrNull(name), address }
}

/** From seconds since 1970, with decimals. */
function dateOf(seconds: unknown): Date | null {
  const date = new Date(typeof seconds === 'number' ? Math.round(seconds * 1000) : Number.NaN)
  return Number.isNaN(date.getTime()) ? null : date
}
