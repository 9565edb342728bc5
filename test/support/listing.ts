import type {
  AnyConversation,
  BirdConversation,
  BirdOptions,
  BirdProvider,
  ConversationList,
  ConversationPage,
  ConversationProvider,
  ConversationStatus,
  ListPageRequest,
  ListPageResult,
  ParticipantOf,
  TwilioConversation,
  TwilioOptions,
  TwilioProvider,
} from '../../src/index.ts'
import { bird, listParticipantConversations, twilio } from '../../src/index.ts'
import { account, address, channelId, workspace } from './accounts.ts'

/** What the tests of listings share: names, providers and responses. */

export { address, channelId }
export const { accountSid, authToken } = account
export const { accessKey, workspaceId } = workspace

type Fetch = typeof globalThis.fetch

export function twilioWith(fetch: Fetch, options: TwilioOptions = {}): ReturnType<typeof twilio> {
  return twilio({ accountSid, authToken, fetch, retry: { retries: 0 }, ...options })
}

export function birdWith(fetch: Fetch, options: BirdOptions = {}): ReturnType<typeof bird> {
  return bird({ accessKey, workspaceId, channelId, fetch, retry: { retries: 0 }, ...options })
}

export interface SentRequest {
  readonly method: string
  readonly url: URL
  /** As it was passed to `fetch`, before URL parsing. */
  readonly href: string
  readonly headers: Headers
  /** Parsed from JSON; null if there is none. */
  readonly body: unknown
  readonly signal: AbortSignal | null
}

export interface RecordingFetch {
  readonly fetch: Fetch
  readonly requests: readonly SentRequest[]
}

/** Makes an endless listing fail instead of hang: nothing else could run while it lists from memory. */
const MOST_REQUESTS = 10_000

function refuseEndless(requests: readonly unknown[]): void {
  if (requests.length > MOST_REQUESTS) throw new Error(`the listing has made ${MOST_REQUESTS} requests`)
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    // A form, such as the one that requests an OAuth token.
    return body
  }
}

/** Creates a `fetch` that records requests and returns a `Response`, or anything else as JSON. */
export function recordingFetch(
  answer: (request: SentRequest, index: number) => unknown = () => ({ conversations: [], results: [] }),
): RecordingFetch {
  const requests: SentRequest[] = []
  return {
    requests,
    async fetch(input, init) {
      const href = input instanceof Request ? input.url : String(input)
      const request = {
        method: init?.method ?? 'GET',
        url: new URL(href),
        href,
        headers: new Headers(init?.headers),
        body: typeof init?.body === 'string' ? parsed(init.body) : null,
        signal: init?.signal ?? null,
      }
      requests.push(request)
      refuseEndless(requests)
      const body = await answer(request, requests.length - 1)
      return body instanceof Response ? body : Response.json(body)
    },
  }
}

/** Never resolves; rejects when the request is aborted, as `fetch` does. */
export function hang({ signal }: Pick<SentRequest, 'signal'>): Promise<never> {
  return new Promise((_, reject) => {
    if (signal?.aborted) reject(signal.reason)
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

/** A page as Twilio sends it. */
export function twilioPage(sids: readonly string[], nextPageUrl: string | null = null): object {
  return {
    conversations: sids.map((sid) => ({ conversation_sid: sid, conversation_state: 'active' })),
    meta: { key: 'conversations', next_page_url: nextPageUrl },
  }
}

/** A page as Bird sends it. */
export function birdPage(ids: readonly string[], nextPageToken?: string): object {
  return {
    results: ids.map((id) => ({ id, status: 'active' })),
    ...(nextPageToken === undefined ? undefined : { nextPageToken }),
  }
}

/** Creates a conversation without any details. */
export function conversationOf(id: string, status: ConversationStatus = 'active'): AnyConversation {
  return {
    id,
    provider: 'fake',
    title: null,
    uniqueName: null,
    description: null,
    status,
    channel: { id: null, type: null, businessAddress: null },
    serviceId: null,
    participant: null,
    participants: [],
    participantCount: { active: null, pending: null },
    createdBy: null,
    createdAt: null,
    updatedAt: null,
    lastMessage: null,
    timers: { inactiveAt: null, closedAt: null },
    attributes: {},
    raw: { id },
  }
}

export type PageRequest = ListPageRequest
export type PageAnswer = Pick<ListPageResult<AnyConversation>, 'items' | 'nextPageToken'>

export interface FakeProvider extends ConversationProvider {
  readonly requests: readonly PageRequest[]
}

/** Creates an adapter with its own `listPage()`, for behavior that no real provider has. */
export function fakeProvider(
  answer: (request: PageRequest, index: number) => PageAnswer | Promise<PageAnswer>,
  capabilities: Partial<ConversationProvider['capabilities']> = {},
): FakeProvider {
  const requests: PageRequest[] = []
  return {
    name: 'fake',
    scope: 'test',
    capabilities: {
      maxPageSize: 100,
      statusFilter: 'none',
      statuses: ['active', 'inactive', 'closed'],
      ...capabilities,
    },
    requests,
    async listPage(request) {
      requests.push(request)
      refuseEndless(requests)
      const page = await answer(request, requests.length - 1)
      return { requestId: null, total: null, ...page }
    },
  }
}

/** Returns conversations numbered from 0 in pages of a given size. The token of a page is its position. */
export function numbered(count: number, size: number): (request: PageRequest) => PageAnswer {
  return ({ pageToken }) => {
    const start = Number(pageToken ?? 0)
    const end = Math.min(start + size, count)
    return {
      items: Array.from({ length: end - start }, (_, index) => conversationOf(String(start + index))),
      nextPageToken: end < count ? String(end) : null,
    }
  }
}

export async function collect<T>(iterable: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of iterable) all.push(item)
  return all
}

export function idsOf(conversations: Iterable<{ id: string }>): string[] {
  return Array.from(conversations, ({ id }) => id)
}

/** Returns the first page. */
export async function firstPageOf<C extends AnyConversation>(
  list: ConversationList<C>,
): Promise<ConversationPage<C>> {
  for await (const page of list.pages()) return page
  throw new Error('a listing has a first page')
}

/** Returns the cursor of the first page. */
export async function firstCursorOf(list: ConversationList<AnyConversation>): Promise<string> {
  for await (const { nextCursor } of list.pages()) {
    if (nextCursor !== null) return nextCursor
    break
  }
  throw new Error('there is no first page, or nothing after it')
}

/** Returns what a call throws, which must be an instance of `errorClass`. */
export function thrownBy<E>(call: () => unknown, errorClass: new (...args: never[]) => E): E {
  try {
    call()
  } catch (error) {
    if (error instanceof errorClass) return error
    throw error
  }
  throw new Error(`the call threw no ${errorClass.name}`)
}

/** Returns what a promise rejects with. */
export async function rejectionOf(promise: PromiseLike<unknown>): Promise<unknown> {
  const nothing = Symbol('nothing')
  const reason = await promise.then(
    () => nothing,
    (error: unknown) => error,
  )
  if (reason === nothing) throw new Error('the promise was fulfilled')
  return reason
}

/** Returns what a promise rejects with, which must be an instance of `errorClass`. */
export async function errorOf<E>(
  promise: PromiseLike<unknown>,
  errorClass: new (...args: never[]) => E,
): Promise<E> {
  const error = await rejectionOf(promise)
  if (error instanceof errorClass) return error
  throw error
}

/** Runs everything that is ready to run. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Returns the conversation for a raw object from Twilio. */
export async function fromTwilio(
  raw: object,
  participant: ParticipantOf<TwilioProvider> = { address },
): Promise<TwilioConversation> {
  const [conversation] = await listFromTwilio({ conversations: [raw] }, participant)
  if (conversation === undefined) throw new Error('there is no conversation')
  return conversation
}

/** Returns the conversations for the body of a Twilio response. */
export function listFromTwilio(
  body: unknown,
  participant: ParticipantOf<TwilioProvider> = { address },
): Promise<TwilioConversation[]> {
  const { fetch } = recordingFetch(() => body)
  return listParticipantConversations({ provider: twilioWith(fetch), participant }).toArray()
}

/** Returns the conversation for a raw object from Bird, in the listing of a participant. */
export async function fromBird(
  raw: object,
  participant: ParticipantOf<BirdProvider> = { address },
): Promise<BirdConversation> {
  const [conversation] = await listFromBird({ results: [raw] }, participant)
  if (conversation === undefined) throw new Error('there is no conversation')
  return conversation
}

/** Returns the conversations for the body of a Bird response. */
export function listFromBird(
  body: unknown,
  participant: ParticipantOf<BirdProvider> = { address },
): Promise<BirdConversation[]> {
  const { fetch } = recordingFetch(() => body)
  return listParticipantConversations({ provider: birdWith(fetch), participant }).toArray()
}
