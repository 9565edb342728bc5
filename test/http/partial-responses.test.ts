import { describe, expect, it, vi } from 'vitest'
import { ConfigurationError, ConnectionError, ResponseValidationError, ServerError } from '../../src/index.ts'
import { idsOf, list, listUntilError, providers } from '../support/http-server.ts'

const page = { conversations: [{ conversation_sid: 'CHé' }], meta: { key: 'conversations' } }
const text = JSON.stringify(page)
const bytes = new TextEncoder().encode(text)

/** A fetch that resolves with a handmade response. */
const fetchOf = (response: object) => async () => response as Response
const streamOf = (...chunks: unknown[]) =>
  new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })

describe('a handmade response', () => {
  it.each([
    ['with ok, status and json()', { ok: true, status: 200, json: async () => page }],
    ['with ok and json(), without a status', { ok: true, json: async () => page }],
    ['with text()', { status: 200, text: async () => text }],
    ['with arrayBuffer()', { status: 200, arrayBuffer: async () => bytes.buffer }],
    [
      'from node-fetch, with a Node.js stream as its body',
      { status: 200, headers: new Map(), body: { pipe() {} }, arrayBuffer: async () => bytes.buffer },
    ],
    ['with headers that are a plain object', { status: 200, headers: {}, text: async () => text }],
    ['with a stream, without headers', { status: 200, body: streamOf(bytes) }],
    ['with a stream of text', new Response(streamOf(text.slice(0, 9), text.slice(9)))],
  ])('is read: %s', async (_, response) => {
    expect(idsOf(await list(providers.twilio({ fetch: fetchOf(response) })).toArray())).toEqual(['CHé'])
  })

  it('with an error status is the error of that status', async () => {
    const fetch = fetchOf({ ok: false, status: 500, json: async () => ({ message: 'No' }) })
    const { error } = await listUntilError(list(providers.twilio({ fetch, retry: { retries: 0 } })))
    expect(error).toBeInstanceOf(ServerError)
    expect(error).toMatchObject({ status: 500, requestId: null })
    expect(error.message).toContain('No')
  })

  it.each([
    ['json()', { status: 200, json: async () => page }],
    ['text()', { status: 200, text: async () => text }],
    ['a stream of text', { status: 200, body: streamOf(text) }],
  ])('is refused over the size limit: %s', async (_, response) => {
    const provider = providers.twilio({ fetch: fetchOf(response), maxResponseBytes: 20 })
    const { error } = await listUntilError(list(provider))
    expect(error).toBeInstanceOf(ResponseValidationError)
    expect(error.message).toContain('larger than 20 bytes')
  })
})

it.each([
  ['no body', { status: 200 }],
  ['neither a status nor ok', { json: async () => page }],
])('a response with %s is a ConfigurationError about fetch', async (_, response) => {
  const { error } = await listUntilError(list(providers.twilio({ fetch: fetchOf(response) })))
  expect(error).toBeInstanceOf(ConfigurationError)
  expect(error.message).toContain('fetch must resolve with a Response')
})

it('Response.error() is a network error without advice about redirects', async () => {
  const provider = providers.twilio({
    fetch: fetchOf(Response.error()),
    retry: { retries: 1, minDelayMs: 1 },
  })
  const { error } = await listUntilError(list(provider))
  expect(error).toBeInstanceOf(ConnectionError)
  expect(error).toMatchObject({ attempts: 2 })
  expect(error.message).not.toMatch(/redirect/i)
})

it('an opaque redirect is reported as a redirect', async () => {
  const fetch = fetchOf({ type: 'opaqueredirect', status: 0, headers: new Headers(), body: null })
  const { error } = await listUntilError(list(providers.twilio({ fetch })))
  expect(error).toMatchObject({ status: 302 })
  expect(error.message).toMatch(/Redirects are not followed/)
})

it('a body that is too large is canceled so that its connection is released', async () => {
  let isCanceled = false
  const body = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(100)),
    cancel() {
      isCanceled = true
    },
  })
  const provider = providers.twilio({ fetch: async () => new Response(body), maxResponseBytes: 1000 })
  await listUntilError(list(provider))
  expect(isCanceled).toBe(true)
})

it('a body that repeats because fake timers freeze queueMicrotask is reported as that, not as too large', async () => {
  vi.useFakeTimers({ toFake: ['queueMicrotask'] })
  try {
    const body = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(100)) })
    const provider = providers.twilio({ fetch: async () => new Response(body), maxResponseBytes: 1000 })
    const { error } = await listUntilError(list(provider))
    expect(error).toBeInstanceOf(ConfigurationError)
    expect(error.message).toMatch(/fake timers replace queueMicrotask; add it to toNotFake/)
  } finally {
    vi.useRealTimers()
  }
})
