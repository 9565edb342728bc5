import { setupServer } from 'msw/node'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  ConnectionError,
  type HttpOptions,
  listParticipantConversations,
  ResponseValidationError,
  TimeoutError,
  twilio,
} from '../../src/index.ts'
import { createStandIn, sampleTwilioConversations } from '../../src/testing/index.ts'
import { listen } from '../../src/testing/server.ts'
import { account, address, basic } from '../support/accounts.ts'
import { errorOf, rejectionOf, settled } from '../support/listing.ts'

const url = 'https://conversations.twilio.com/v1/ParticipantConversations?Address=%2B12025550123'
const timeoutMs = 60_000

const standIn = createStandIn({
  twilio: { ...account, conversations: sampleTwilioConversations({ address, count: 30 }) },
})

function list(options: HttpOptions = { fetch: standIn.fetch }) {
  const provider = twilio({ ...account, timeoutMs, retry: { retries: 0 }, ...options })
  return listParticipantConversations({ provider, participant: { address }, pageSize: 20 })
}

/** Advances the timers until the listing has ended. */
async function inTime<T>(listing: Promise<T>): Promise<T> {
  let isOver = false
  const ended = listing.finally(() => {
    isOver = true
  })
  ended.catch(() => {})
  while (!isOver) {
    await vi.advanceTimersByTimeAsync(1000)
    await settled()
  }
  return ended
}

afterEach(() => {
  standIn.reset()
  vi.useRealTimers()
})

const fakeTimers = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })

const msw = setupServer(...standIn.handlers)

describe.each([
  { how: 'through its fetch', options: { fetch: standIn.fetch }, begin: () => {}, end: () => {} },
  {
    how: 'through its MSW handlers',
    options: {},
    begin: () => msw.listen({ onUnhandledRequest: 'error' }),
    end: () => msw.close(),
  },
])('a stand-in that is used $how', ({ options, begin, end }) => {
  beforeEach(begin)
  afterEach(end)

  it('can respond late', async () => {
    fakeTimers()
    const startedAt = Date.now()
    standIn.fail({ page: 2, delayMs: 3000 })
    expect(await inTime(list(options).toArray())).toHaveLength(30)
    expect(Date.now() - startedAt).toBe(3000)
  })

  it('can leave a request without a response', async () => {
    fakeTimers()
    standIn.fail({ delayMs: Number.POSITIVE_INFINITY })
    await inTime(errorOf(list(options).toArray(), TimeoutError))
    expect(await list(options).toArray()).toHaveLength(30)
  })

  it('can fail late', async () => {
    fakeTimers()
    standIn.fail({ delayMs: 3000, status: 503 })
    expect(await inTime(rejectionOf(list(options).toArray()))).toMatchObject({ status: 503 })
  })

  it('can send a body that hangs', async () => {
    fakeTimers()
    standIn.fail({ page: 2, body: 'hangs' })
    await inTime(errorOf(list(options).toArray(), TimeoutError))
    expect(await list(options).toArray()).toHaveLength(30)
  })

  it('can send a body that breaks off', async () => {
    standIn.fail({ page: 2, body: 'breaks off' })
    await errorOf(list(options).toArray(), ConnectionError)
    expect(await list(options).toArray()).toHaveLength(30)
  })

  it('can send a body that is not JSON', async () => {
    standIn.fail({ body: 'not JSON' })
    const error = await errorOf(list(options).toArray(), ResponseValidationError)
    expect(error.message).toContain('JSON')
  })
})

describe('a stand-in on a loopback server', () => {
  const { pathname, search } = new URL(url)

  it('sends half of a body that hangs', async () => {
    await using server = await listen(standIn.fetch)
    standIn.fail({ body: 'hangs' })
    const controller = new AbortController()
    const response = await fetch(`${server.url}${pathname}${search}`, {
      headers: basic,
      signal: controller.signal,
    })
    const reader = readerOf(response)
    expect(new TextDecoder().decode((await reader.read()).value)).toMatch(/^\{"conversations":\[\{/)
    const rest = rejectionOf(reader.read())
    controller.abort('enough')
    expect(await rest).toBe('enough')
  })

  it('closes the connection when a body breaks off', async () => {
    await using server = await listen(standIn.fetch)
    standIn.fail({ body: 'breaks off' })
    const response = await fetch(`${server.url}${pathname}${search}`, { headers: basic })
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow(new TypeError('terminated'))
  })

  it('breaks off a listing once', async () => {
    await using server = await listen(standIn.fetch)
    standIn.fail({ page: 2, body: 'breaks off' })
    await errorOf(list({ baseUrl: server.url }).toArray(), ConnectionError)
    expect(await list({ baseUrl: server.url }).toArray()).toHaveLength(30)
  })
})

function readerOf({ body }: Response): ReadableStreamDefaultReader<Uint8Array> {
  if (body === null) throw new Error('there is no body')
  return body.getReader()
}

describe('standIn.fetch', () => {
  it("rejects with the signal's reason while a response is delayed, and records no status", async () => {
    const controller = new AbortController()
    standIn.fail({ delayMs: Number.POSITIVE_INFINITY })
    const answer = standIn.fetch(url, { headers: basic, signal: controller.signal })
    await settled()
    controller.abort('enough')
    expect(await rejectionOf(answer)).toBe('enough')
    expect(standIn.requests).toMatchObject([{ status: 0 }])
  })

  it("ends a body that hangs with the signal's reason", async () => {
    const controller = new AbortController()
    standIn.fail({ body: 'hangs' })
    const response = await standIn.fetch(url, { headers: basic, signal: controller.signal })
    const body = response.text()
    controller.abort('enough')
    expect(await rejectionOf(body)).toBe('enough')
  })

  it('breaks off a body in the middle of a page', async () => {
    standIn.fail({ body: 'breaks off' })
    const response = await standIn.fetch(url, { headers: basic })
    const reader = readerOf(response)
    expect(new TextDecoder().decode((await reader.read()).value)).toMatch(/^\{"conversations":\[\{/)
    await expect(reader.read()).rejects.toThrow(new TypeError('terminated'))
  })
})
