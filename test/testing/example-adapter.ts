import {
  type AnyConversation,
  ApiError,
  AuthenticationError,
  ConnectionError,
  type ConversationProvider,
  InvalidRequestError,
  type ListPageRequest,
  type Lookup,
  NotFoundError,
  type ParticipantRef,
  PermissionError,
  RateLimitError,
  ResponseValidationError,
  ServerError,
  UnsupportedParticipantError,
} from '../../src/index.ts'
import { testProvider } from '../../src/testing/index.ts'
import { conversationOf } from '../support/listing.ts'

/** The parts of an adapter that fulfills the contract. A test replaces one with a broken one. */
export const parts = {
  name: 'example',
  capabilities: {
    maxPageSize: 5,
    statusFilter: 'one',
    statuses: ['active', 'closed'],
  } as ConversationProvider['capabilities'],
  secretProperty: {} as object,
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
  send: (fetch: Fetch, url: string, signal: AbortSignal): Promise<Response> => fetch(url, { signal }),
  errorOf(status: number): Error {
    const classes: Record<number, typeof ApiError> = {
      400: InvalidRequestError,
      401: AuthenticationError,
      403: PermissionError,
      404: NotFoundError,
      409: InvalidRequestError,
      422: InvalidRequestError,
      429: RateLimitError,
    }
    const errorClass = classes[status] ?? (status >= 500 ? ServerError : ApiError)
    return new errorClass('no', { provider: 'example', status, url: 'https://example.com/', attempts: 1 })
  },
  connectionError: (cause: unknown): unknown =>
    new ConnectionError('no', { provider: 'example', url: 'https://example.com/', attempts: 1, cause }),
  parse(text: string): Answer {
    try {
      return JSON.parse(text)
    } catch (cause) {
      throw new ResponseValidationError('no JSON', { provider: 'example', cause })
    }
  },
  nextPageToken: ({ next }: Answer): string | null => next,
  itemsOf: (items: Answer['items']): Answer['items'] => items,
  normalize: (raw: Answer['items'][number]): AnyConversation => ({
    ...conversationOf(raw.key, raw.state),
    provider: 'example',
    raw,
  }),
}

type Fetch = typeof globalThis.fetch
interface Answer {
  next: string | null
  items: { key: string; state: AnyConversation['status'] }[]
}

function example(fetch: Fetch, broken: Partial<typeof parts>): ConversationProvider {
  const made = { ...parts, ...broken }
  return {
    name: made.name,
    scope: 'test',
    capabilities: made.capabilities,
    lookups: made.lookups,
    ...made.secretProperty,
    async listPage(request) {
      const response = await made
        .send(fetch, `https://example.com/?${made.query(request)}`, request.signal)
        .then(async (answer) => ({ status: answer.status, text: await answer.text() }))
        .catch((cause) => {
          throw request.signal.aborted ? request.signal.reason : made.connectionError(cause)
        })
      if (response.status !== 200) throw made.errorOf(response.status)
      const body = made.parse(response.text)
      return {
        items: made.itemsOf(body.items).map(made.normalize),
        nextPageToken: made.nextPageToken(body),
        requestId: null,
        total: null,
      }
    },
  }
}

/** Broken parts, or a function that returns them for each provider if they have state. */
export type Broken = Partial<typeof parts> | (() => Partial<typeof parts>)

/** Runs the suite on an adapter. Returns the message of each case that fails, by the name of the case. */
export async function failuresOf(broken: Broken): Promise<Record<string, string>> {
  const cases: { name: string; run: () => Promise<void> }[] = []
  testProvider({
    test: (name, run) => cases.push({ name, run }),
    createProvider: (fetch) => example(fetch, typeof broken === 'function' ? broken() : broken),
    participant: { id: 'contact-1' },
    unsupportedParticipants: [{ identity: 'jo' }],
    secrets: ['a-secret-key'],
    readPageToken: (request) => new URL(request.url).searchParams.get('after'),
    respond: ({ conversations, nextPageToken }) =>
      Response.json({
        next: nextPageToken,
        items: conversations.map(({ id, status }) => ({ key: id, state: status })),
      }),
  })
  const failures: Record<string, string> = {}
  for (const { name, run } of cases) {
    await run().catch((error: Error) => {
      failures[name] = error.message
    })
  }
  return failures
}
