import { afterEach, describe, expect, it, vi } from 'vitest'
import { apiKey, defineProvider } from '../../src/adapter.ts'
import {
  type AnyConversation,
  bird,
  type ConversationProvider,
  type HttpOptions,
  listParticipantConversations,
  type ParticipantRef,
  twilio,
} from '../../src/index.ts'
import {
  accessKey,
  accountSid,
  address,
  authToken,
  channelId,
  recordingFetch,
  workspaceId,
} from '../support/listing.ts'

/** Properties that an attacker or a careless library may have added to `Object.prototype`. */
const POLLUTION: Readonly<Record<string, unknown>> = {
  baseUrl: 'https://evil.example',
  allowInsecureHttp: true,
  dispatcher: { dispatch: () => true },
  timeoutMs: 1,
  retry: { retries: 9 },
  retries: 9,
  maxResponseBytes: 1,
  headers: { 'x-evil': 'evil' },
  hooks: { onRequest: () => Promise.reject(new Error('an inherited hook')) },
  onRequest: () => Promise.reject(new Error('an inherited hook')),
  onResponse: () => Promise.reject(new Error('an inherited hook')),
  accountSid: `AC${'e'.repeat(32)}`,
  authToken: 'evil',
  apiKey: 'SKevil',
  apiSecret: 'evil',
  accessToken: 'evil',
  clientId: 'evil',
  tokenUrl: 'https://evil.example',
  serviceSid: 'ISevil',
  region: 'ie1',
  edge: 'dublin',
  accessKey: 'evil',
  workspaceId: '00000000-0000-4000-8000-00000000dead',
  channelId: 'evil',
  reverse: true,
  bird: { channelId: 'evil', reverse: true },
  twilio: {},
  status: 'closed',
  limit: 0,
  cursor: 'evil',
  cursorSecret: 'evil'.repeat(8),
  prefetch: true,
  concurrency: 0,
  filter: () => false,
  onSourceError: 'skip',
  onInvalidConversation: 'skip',
  signal: AbortSignal.abort(),
  providerOptions: { bird: { channelId: 'evil' } },
  address: '+12025550199',
  channel: 'whatsapp',
  identity: 'evil',
  id: 'evil',
  identifierKey: 'evil',
  identifierValue: 'evil',
  provider: 'evil',
  projectedAddress: '+12025550199',
  query: { evil: 'evil' },
  hidden: 'evil',
  title: 'Evil',
  listOptions: {},
  hostOptions: ['evil'],
  notFound: 'empty',
  pageSize: { query: 'evil', max: 1 },
  total: 'evil',
  page: 'evil',
  schema: 'evil',
  in: 'evil',
  optional: true,
  hosts: /evil/,
  first: 0,
  last: 'evil',
  more: 'evil',
  fixed: 1,
  max: 1,
  body: { evil: 'evil' },
  header: 'x-evil',
  scheme: 'Evil',
  option: 'evil',
  secrets: ['evil'],
  maxLength: 1,
  shared: ['evil'],
  readError: () => Promise.reject(new Error('an inherited function')),
  advice: 'evil',
  requestIdHeaders: 'evil',
}

const polluted: string[] = []
afterEach(() => {
  for (const name of polluted.splice(0)) Reflect.deleteProperty(Object.prototype, name)
  vi.unstubAllEnvs()
})

function pollute(name: string): void {
  polluted.push(name)
  Object.defineProperty(Object.prototype, name, {
    value: POLLUTION[name],
    configurable: true,
    writable: true,
  })
}

interface NotesOptions extends HttpOptions {
  user: string
}

/** An adapter that passes its options on unchanged, and sets as little as it can. */
function notes(options: NotesOptions): ConversationProvider<AnyConversation, 'id'> {
  return defineProvider({
    name: 'notes',
    scope: options.user,
    baseUrl: 'https://notes.example',
    http: options,
    authorization: apiKey('a-secret', { header: 'x-key' }),
    participants: { id: true },
    statuses: { all: ['active'] },
    request: ({ lookup }) => ({ path: ['notes', lookup.value] }),
    paging: { by: 'none' },
    rows: { in: 'results', normalize: () => ({ status: 'active' }) },
  })
}

/** The requests of a listing on each provider, each with its headers. */
async function requestsOf(): Promise<string[]> {
  const body = JSON.stringify({
    conversations: [{ conversation_sid: 'CH1', conversation_state: 'active' }],
    results: [{ id: '1', status: 'active' }],
    meta: { key: 'conversations', next_page_url: null },
  })
  // The platform's own Response does read inherited options.
  const { fetch, requests } = recordingFetch(() => new Response(body, { status: 200, headers: {} }))
  const lists: [ConversationProvider, ParticipantRef][] = [
    [twilio({ accountSid, authToken, fetch }), { address }],
    [twilio({ accountSid, authToken, fetch }), { identity: 'ada' }],
    [bird({ accessKey, workspaceId, channelId, fetch }), { address }],
    [bird({ accessKey, workspaceId, channelId, fetch }), { id: 'ada' }],
    [twilio({ fetch }), { address }],
    [bird({ fetch }), { address }],
    [notes({ user: 'ada', fetch }), { id: 'ada' }],
  ]
  for (const [provider, participant] of lists) {
    const found = await listParticipantConversations({ provider, participant }).toArray()
    expect(found).toHaveLength(1)
  }
  return requests.map(({ href, headers }) => `${href} ${JSON.stringify([...headers])}`)
}

describe('properties on Object.prototype are not options:', () => {
  it.each(Object.keys(POLLUTION))('%s', async (name) => {
    vi.stubEnv('TWILIO_ACCOUNT_SID', accountSid)
    vi.stubEnv('TWILIO_AUTH_TOKEN', 'token-of-the-environment')
    vi.stubEnv('BIRD_ACCESS_KEY', 'key-of-the-environment')
    vi.stubEnv('BIRD_WORKSPACE_ID', workspaceId)
    vi.stubEnv('BIRD_CHANNEL_ID', channelId)
    const expected = await requestsOf()
    pollute(name)
    const requests = await requestsOf()
    Reflect.deleteProperty(Object.prototype, name)
    expect(requests).toEqual(expected)
  })

  it('fetch, which would receive the credentials', async () => {
    const stolen: unknown[] = []
    vi.stubGlobal('fetch', async () => Response.json({ conversations: [] }))
    Object.defineProperty(Object.prototype, 'fetch', {
      value: async (...args: unknown[]) => stolen.push(args),
      configurable: true,
      writable: true,
    })
    polluted.push('fetch')
    try {
      const provider = twilio({ accountSid, authToken })
      await listParticipantConversations({ provider, participant: { address } }).toArray()
    } finally {
      vi.unstubAllGlobals()
    }
    expect(stolen).toEqual([])
  })
})

describe("an option may be inherited from the caller's own class or object:", () => {
  it('options from a class, and from a prototype', async () => {
    const { fetch, requests } = recordingFetch()
    class Base {
      accountSid = accountSid
      get authToken() {
        return authToken
      }
    }
    class Settings extends Base {
      fetch = fetch
    }
    for (const options of [new Settings(), Object.create(new Settings())]) {
      const list = { provider: twilio(options), participant: { address } }
      await listParticipantConversations(Object.create(list)).toArray()
    }
    const authorization = `Basic ${btoa(`${accountSid}:${authToken}`)}`
    expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual([
      authorization,
      authorization,
    ])
  })

  it('hooks that are methods of a class, such as a logger', async () => {
    const attempts: number[] = []
    class Hooks {
      onRequest({ attempt }: { attempt: number }) {
        attempts.push(attempt)
      }
    }
    const { fetch } = recordingFetch()
    for (const hooks of [new Hooks(), Object.create(new Hooks())]) {
      const provider = twilio({ accountSid, authToken, fetch, hooks })
      await listParticipantConversations({ provider, participant: { address } }).toArray()
    }
    expect(attempts).toEqual([1, 1])
  })

  it('a participant from a prototype', async () => {
    class Customer {
      get address() {
        return address
      }
    }
    const { fetch, requests } = recordingFetch()
    const provider = twilio({ accountSid, authToken, fetch })
    const participant = new Customer()
    await listParticipantConversations({ provider, participant: Object.create({ address }) }).toArray()
    expect(requests[0]?.url.searchParams.get('Address')).toBe(address)
    expect(participant.address).toBe(address)
  })
})
