/**
 * What the blocks of the documents use and do not declare: the app around them. Nothing leaves the process: both
 * providers are the stand-in. A block gets a copy of its own.
 */
import { readFile } from 'node:fs/promises'
import { PGlite } from '@electric-sql/pglite'
import createClient from 'twilio'
import RequestClient from 'twilio/lib/base/RequestClient.js'
import { completeConversation } from '../../src/adapter.ts'
import type {
  AnyConversation,
  Conversation,
  ConversationProvider,
  ConversationStatus,
  HttpOptions,
} from '../../src/index.ts'
import { twilio } from '../../src/index.ts'
import {
  fakeConversation,
  fakeTwilioConversation,
  sampleBirdConversations,
  sampleTwilioConversations,
} from '../../src/testing/index.ts'
import { createStandIn } from '../../src/testing/stand-in.ts'

export { setupServer } from 'msw/node'
export * as z from 'zod'
export { sinch } from '../../examples/sinch/sinch.ts'

// The test runner. A block that registers tests is done when they are.

export const registeredTests: Promise<void>[] = []
export function test(_name: string, run: () => Promise<void>): void {
  registeredTests.push((registeredTests.at(-1) ?? Promise.resolve()).then(run))
}

// The accounts, which are in the environment too.

export const accountSid = `AC${'0'.repeat(32)}`
export const authToken = 'example-auth-token'
export const accessKey = 'example-access-key'
export const workspaceId = '00000000-0000-4000-8000-000000000001'
export const channelId = '00000000-0000-4000-8000-000000000002'

Object.assign(process.env, {
  TWILIO_ACCOUNT_SID: accountSid,
  TWILIO_AUTH_TOKEN: authToken,
  BIRD_ACCESS_KEY: accessKey,
  BIRD_WORKSPACE_ID: workspaceId,
  BIRD_CHANNEL_ID: channelId,
})

// The people.

export const address = '+12025550123'
export const participant = { phone: address }
export const customer = { id: 'customer-1', phone: address, email: 'jo@example.com', isOnBird: false }
export const user = { id: 'jo', phone: address }

// The stand-in for both providers.

export const standIn = createStandIn({
  twilio: {
    accountSid,
    authToken,
    conversations: [
      // Text that Postgres refuses.
      fakeTwilioConversation({ conversation_friendly_name: 'NUL \0 and half of a pair \ud83d' }),
      ...sampleTwilioConversations({ address, count: 120 }),
    ],
  },
  bird: {
    accessKey,
    workspaceId,
    conversations: [
      ...sampleBirdConversations({ address, channelId, count: 60 }),
      ...sampleBirdConversations({ address: customer.email, channelId, count: 60 }),
    ],
  },
})
globalThis.fetch = standIn.fetch
export const tenantA = standIn
export const tenantB = createStandIn({
  twilio: { accountSid: `AC${'1'.repeat(32)}`, authToken: 'another-token', conversations: [] },
})

export const provider = twilio()

/** The `twilio` package, which sends its requests to the stand-in too. */
class StandInClient extends RequestClient {
  override async request<Data>({ uri, params = {}, ...options }: RequestClient.RequestOptions<Data>) {
    const url = new URL(uri)
    for (const [name, value] of Object.entries({ ...params })) url.searchParams.set(name, String(value))
    const authorization = await options.authStrategy?.getAuthString()
    const response = await standIn.fetch(
      new Request(url, { headers: { authorization: authorization ?? basic } }),
    )
    return {
      statusCode: response.status,
      body: JSON.parse(await response.text()),
      headers: Object.fromEntries(response.headers),
    }
  }
}
const basic = `Basic ${btoa(`${accountSid}:${authToken}`)}`
export const client = createClient(accountSid, authToken, { httpClient: new StandInClient() })

// What an app has listed, received or stored.

export const cursor: string | null = null
export const conversation = fakeConversation() as Conversation
export const raw: { id: string; [name: string]: unknown } = { id: 'c-1', name: '' }
export const error: unknown = new Error('an error of a listing')
export const text = JSON.stringify(conversation)
export const body: unknown = { conversations: [conversation.raw], results: [] }

// The app's web framework, which has one request.

/** A query of Express: `?cursor=a&cursor=b` is an array, and `?cursor[a]=b` an object. */
interface ParsedQs {
  [name: string]: undefined | string | ParsedQs | (string | ParsedQs)[]
}

export const request = {
  query: {} as ParsedQs,
  user,
  json: (): Promise<unknown> => Promise.resolve(conversation.participant),
}

interface App {
  get(
    path: string,
    handler: (received: typeof request, response: { json(answer: unknown): void }) => Promise<void>,
  ): void
}

/** Its handlers are called as soon as they are registered, so that they have run too. */
export const app: App = {
  get(_path, handler) {
    void handler(request, { json: () => {} })
  },
}

// Its database.

const database = new PGlite()
let created: Promise<unknown> | undefined

/** It has the tables of the guide. */
export const pool = {
  async query(statement: string, values?: unknown[]): Promise<{ rows: { data: unknown }[] }> {
    created ??= readFile('docs/storing.md', 'utf8').then((guide) =>
      database.exec(/^```sql\n(.*?)^```/ms.exec(guide)?.[1] ?? ''),
    )
    await created
    return database.query(statement, values)
  },
}

export async function loadCursor(): Promise<string | null> {
  return null
}
export async function storeCursor(_cursor: string | null): Promise<void> {}
export async function save(_conversations: readonly AnyConversation[]): Promise<void> {}
export async function runAgainLater(_afterMs?: number): Promise<void> {}

// Its logs and metrics.

export const log = { debug: write, info: write, warn: write, error: write }
/** pino's argument order. pino prints the message and the stack of an error only under the key `err`. */
function write(fields: object, _message: string): void {
  for (const [key, value] of Object.entries(fields)) {
    if (key !== 'err' && value instanceof Error) throw new Error(`Log errors as "err", not as "${key}"`)
  }
}
export const histogram = { record(_value: number, _attributes: object): void {} }

// An adapter of its own.

export interface ExampleOptions extends HttpOptions {
  projectId: string
  accessToken: string
}
export const projectId = 'project-1'
export const options: ExampleOptions = { projectId, accessToken: 'an-access-token' }
export const given = { accessKey }
export declare function example(options: {
  apiKey: string
  fetch: HttpOptions['fetch']
}): ConversationProvider<AnyConversation, 'id'>

export function normalize(item: { id: string; state?: ConversationStatus }): AnyConversation {
  return completeConversation('example', item.id, item, { status: item.state ?? 'active' })
}
