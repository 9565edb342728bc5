import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConnectionError, ResponseValidationError } from '../../src/index.ts'
import {
  answer,
  type Behavior,
  idsOf,
  list,
  listUntilError,
  providers,
  type ScriptedServer,
  serve,
} from '../support/http-server.ts'

const MAX_BYTES = 20_000
const gzip = { 'content-encoding': 'gzip' }
const tooLarge = JSON.stringify({ conversations: [], padding: ' '.repeat(5 * 1024 * 1024) })

/** Sends the content in chunks, without a content-length. */
function chunked(content: string | Buffer, headers: Record<string, string> = {}): Behavior {
  const bytes = Buffer.from(content)
  return (outgoing) => {
    outgoing.writeHead(200, headers)
    for (let start = 0; start < bytes.length; start += 65_536) {
      outgoing.write(bytes.subarray(start, start + 65_536))
    }
    outgoing.end()
  }
}

/** Starts a response and closes the connection in the middle of its body. */
function cut(headers: Record<string, string>): Behavior {
  return (outgoing) => {
    outgoing.writeHead(200, headers)
    outgoing.write('{"conversations": [', () => setImmediate(() => outgoing.destroy()))
  }
}

const notJson: readonly (readonly [string, Behavior])[] = [
  ['is text', answer(200, 'maintenance')],
  ['is HTML', answer(200, '<!doctype html><title>Sign in</title>', { 'content-type': 'text/html' })],
  ['is empty', answer(200, '')],
  ['is not UTF-8', answer(200, Buffer.from('{"conversations":[],"name":"caf\xe9"}', 'latin1'))],
  ['is UTF-16', answer(200, Buffer.from('{"conversations":[]}', 'utf16le'))],
  ['is truncated JSON', answer(200, '{"conversations": [')],
  ['is two JSON documents', answer(200, '{"conversations": []}{"conversations": []}')],
]
const notDocumented: readonly (readonly [string, Behavior])[] = [
  ['is null', answer(200, null)],
  ['is empty with the status 204', (outgoing) => outgoing.writeHead(204).end()],
  ['is an array', answer(200, [])],
  ['is a JSON string', answer(200, JSON.stringify('fine'))],
  ['has no array of conversations', answer(200, { meta: {} })],
]
const oversized: readonly (readonly [string, Behavior])[] = [
  ['and has a content-length', answer(200, tooLarge)],
  ['and is chunked', chunked(tooLarge)],
  ['after decompression', answer(200, gzipSync(tooLarge), gzip)],
  ['after decompression, and is chunked', chunked(gzipSync(tooLarge), gzip)],
]
const broken: readonly (readonly [string, Behavior])[] = [
  ['is shorter than its content-length', cut({ 'content-length': '1000' })],
  ['lacks its last chunk', cut({})],
  ['is labeled gzip but is not', answer(200, '{"conversations": []}', gzip)],
]

describe.each([
  { transport: 'undici', options: {} },
  { transport: 'the global fetch', options: { fetch: globalThis.fetch } },
])('over $transport, a response', ({ options }) => {
  let server: ScriptedServer
  const create = () =>
    providers.twilio({
      baseUrl: server.url,
      maxResponseBytes: MAX_BYTES,
      retry: { retries: 2, minDelayMs: 1 },
      ...options,
    })

  beforeEach(async () => {
    server = await serve()
  })
  afterEach(() => server.close())

  /** Makes the third page fail, then continues from the cursor of the error. */
  async function failOnThirdPage(behavior: Behavior) {
    server.misbehave(3, behavior)
    const { ids, error } = await listUntilError(list(create()))
    const attempts = server.seen.length - 2
    server.heal()
    const rest = idsOf(await list(create(), error.cursor ?? '').toArray())
    return { error, attempts, got: ids, continued: [...ids, ...rest] }
  }
  const everything = async () => idsOf(await list(create()).toArray())

  it.each(notJson)('whose body %s is refused and not retried', async (_, behavior) => {
    const { error, attempts, got, continued } = await failOnThirdPage(behavior)
    expect(error).toBeInstanceOf(ResponseValidationError)
    expect(error).toMatchObject({ name: 'ResponseValidationError', provider: 'twilio' })
    expect(error.message).toMatch(/not UTF-8 JSON.*Check baseUrl/)
    expect(attempts).toBe(1)
    expect(got).toHaveLength(6)
    expect(continued).toEqual(await everything())
  })

  it.each(notDocumented)('whose body %s is refused and not retried', async (_, behavior) => {
    const { error, attempts, continued } = await failOnThirdPage(behavior)
    expect(error).toBeInstanceOf(ResponseValidationError)
    expect(error.message).toMatch(/not as documented.*Check baseUrl/)
    expect(attempts).toBe(1)
    expect(continued).toEqual(await everything())
  })

  it.each(oversized)('that is too large %s is refused and not retried', async (_, behavior) => {
    const { error, attempts, continued } = await failOnThirdPage(behavior)
    expect(error).toBeInstanceOf(ResponseValidationError)
    expect(error.message).toMatch(/larger than 20000 bytes.*Lower pageSize, or raise maxResponseBytes/)
    expect(attempts).toBe(1)
    expect(continued).toEqual(await everything())
  })

  it.each(broken)('whose body %s counts as a broken connection and is retried', async (_, behavior) => {
    const { error, attempts, continued } = await failOnThirdPage(behavior)
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({ attempts: 3, url: expect.stringContaining('PageToken=***') })
    expect(error.cause).toBeInstanceOf(Error)
    expect(attempts).toBe(3)
    expect(continued).toEqual(await everything())
  })

  it('that breaks off once is retried without losing or repeating a conversation', async () => {
    const healthy = await everything()
    server.misbehave(server.seen.length + 2, cut({}), 1)
    expect(await everything()).toEqual(healthy)
    expect(server.seen).toHaveLength(3 + 4)
  })

  it('of exactly the maximum size is read', async () => {
    const body = JSON.stringify({ conversations: [], meta: { key: 'conversations' } }).padEnd(MAX_BYTES)
    for (const behavior of [answer(200, body), answer(200, gzipSync(body), gzip)]) {
      server.misbehave(1, behavior)
      expect(await everything()).toEqual([])
    }
  })

  it('that is compressed is decompressed', async () => {
    const page = { conversations: [{ conversation_sid: 'CHé' }], meta: { key: 'conversations' } }
    for (const encoding of ['gzip', 'x-gzip', 'GZIP']) {
      server.misbehave(1, answer(200, gzipSync(JSON.stringify(page)), { 'content-encoding': encoding }))
      expect(await everything()).toEqual(['CHé'])
    }
    expect(server.seen[0]?.headers['accept-encoding']).toMatch(/\bgzip\b/)
  })

  it('that is large even when compressed is decompressed, or an error if it is damaged', async () => {
    // Digits that do not repeat.
    const noise = randomBytes(200_000).toString('hex')
    const page = { conversations: [{ conversation_sid: 'CH1', noise }], meta: { key: 'conversations' } }
    const compressed = gzipSync(JSON.stringify(page))
    expect(compressed.byteLength).toBeGreaterThan(128 * 1024)
    const provider = providers.twilio({ baseUrl: server.url, retry: { retries: 0 } })
    server.misbehave(1, answer(200, compressed, gzip), 1)
    expect(idsOf(await list(provider).toArray())).toEqual(['CH1'])
    server.misbehave(2, answer(200, compressed.fill(7, 1000, 2000), gzip), 1)
    expect((await listUntilError(list(provider))).error).toBeInstanceOf(ConnectionError)
  })

  it('that begins with a byte order mark is read', async () => {
    server.misbehave(1, answer(200, '\uFEFF{"conversations": [], "meta": {"key": "conversations"}}'))
    expect(await everything()).toEqual([])
  })

  it('that is not JSON is not quoted in the error, since it may contain personal data', async () => {
    server.misbehave(1, answer(200, 'Ada Lovelace, +12025550199'))
    const { error } = await listUntilError(list(create()))
    expect(`${error.message} ${error.cause}`).not.toMatch(/Ada|Lovelace|12025550199/)
  })
})

it.each([
  ['undici', {}],
  ['the global fetch', { fetch: globalThis.fetch }],
])('a truncated gzip body is an error, not a shorter listing, over %s', async (_, options) => {
  await using server = await serve()
  server.misbehave(1, answer(200, gzipSync('{"conversations": []}').subarray(0, 25), gzip))
  const { error } = await listUntilError(list(providers.twilio({ baseUrl: server.url, ...options })))
  expect(error).toBeInstanceOf(ResponseValidationError)
  expect(server.seen).toHaveLength(1)
})

it('a custom fetch may return a body that has nothing but getReader()', async () => {
  const chunks = [new TextEncoder().encode('{"conversations": [{"conversation_sid": "CH1"}]}')]
  const reader = {
    read: async () => ({ done: chunks.length === 0, value: chunks.pop() }),
    cancel: () => new Promise(() => {}),
  }
  const fetch = async () =>
    ({ status: 200, headers: new Headers(), body: { getReader: () => reader } }) as unknown as Response
  expect(idsOf(await list(providers.twilio({ fetch })).toArray())).toEqual(['CH1'])
})

it('a body that is too large is an error at once, even if cancel() never settles', async () => {
  const reader = {
    read: async () => ({ done: false, value: new Uint8Array(100) }),
    cancel: () => new Promise(() => {}),
  }
  const fetch = async () =>
    ({ status: 200, headers: new Headers(), body: { getReader: () => reader } }) as unknown as Response
  const { error } = await listUntilError(list(providers.twilio({ fetch, maxResponseBytes: 1000 })))
  expect(error).toBeInstanceOf(ResponseValidationError)
})
