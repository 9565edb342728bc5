import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  ConfigurationError,
  ConnectionError,
  ConversationsError,
  ServerError,
  TimeoutError,
} from '../../src/index.ts'
import { always, COUNT, failing, listWithWaits, status } from '../support/http-server.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] })
  vi.setSystemTime('2026-01-01T00:00:00Z')
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a request is retried', () => {
  it.each([408, 429, 500, 502, 503, 504])('after the status %i', async (code) => {
    const { fetch, calls } = failing(status(code))
    const { items } = await listWithWaits({ fetch })
    expect(items).toHaveLength(COUNT)
    expect(calls()).toBe(1 + 3)
  })

  it.each([
    ['fetch fails as in Node.js', () => Promise.reject(new TypeError('fetch failed'))],
    [
      'fetch fails with a cause',
      () => Promise.reject(new TypeError('x', { cause: new Error('ECONNRESET') })),
    ],
    ['fetch fails as in a browser', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['another Error is thrown', () => Promise.reject(new Error('socket hang up'))],
    ['a value that is not an Error is thrown', () => Promise.reject('boom')],
    ['undefined is thrown', () => Promise.reject(undefined)],
    ['fetch aborts by itself', () => Promise.reject(new DOMException('aborted', 'AbortError'))],
  ])('after a network fault: %s', async (_, fault) => {
    const { fetch, calls } = failing(fault)
    const { items } = await listWithWaits({ fetch })
    expect(items).toHaveLength(COUNT)
    expect(calls()).toBe(1 + 3)
  })

  it('after an attempt that timed out', async () => {
    const { fetch, calls } = failing(() => new Promise(() => {}))
    const { items, elapsed } = await listWithWaits({ fetch, timeoutMs: 5000, retry: { minDelayMs: 0 } })
    expect(items).toHaveLength(COUNT)
    expect(calls()).toBe(1 + 3)
    expect(elapsed).toBe(5000)
  })

  it('three times by default', async () => {
    const { fetch, calls } = failing(...always(status(503)))
    const { error } = await listWithWaits({ fetch })
    expect(error).toBeInstanceOf(ServerError)
    expect(error).toMatchObject({ attempts: 4 })
    expect(calls()).toBe(4)
  })

  it.each([0, 1, 5])('as often as the option retries allows: %i', async (retries) => {
    const { fetch, calls } = failing(...always(() => Promise.reject(new TypeError('fetch failed'))))
    const { error } = await listWithWaits({ fetch, retry: { retries } })
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({ attempts: 1 + retries })
    expect(calls()).toBe(1 + retries)
  })

  it('never if retries is 0, not even after a timeout', async () => {
    const { fetch, calls } = failing(...always(() => new Promise<Response>(() => {})))
    const { error, waits } = await listWithWaits({ fetch, timeoutMs: 50, retry: { retries: 0 } })
    expect(error).toBeInstanceOf(TimeoutError)
    expect(error).toMatchObject({ attempts: 1 })
    expect([calls(), waits]).toEqual([1, []])
  })

  it('with a new count for each page', async () => {
    const { fetch, calls } = failing(status(500), status(500), null, status(500))
    const { items } = await listWithWaits({ fetch, retry: { retries: 2 } })
    expect(items).toHaveLength(COUNT)
    expect(calls()).toBe(3 + 3)
  })
})

describe('a request is not retried', () => {
  it.each([400, 401, 403, 404, 405, 409, 410, 422, 425, 501, 505])('after the status %i', async (code) => {
    const { fetch, calls } = failing(...always(status(code)))
    const { error, waits } = await listWithWaits({ fetch })
    expect(error).toMatchObject({ status: code, attempts: 1 })
    expect([calls(), waits]).toEqual([1, []])
  })

  it.each([
    ['a ReferenceError', new ReferenceError('undefinedName is not defined')],
    ['a TypeError', new TypeError("Cannot read properties of undefined (reading 'url')")],
    ['a RangeError', new RangeError('Invalid array length')],
    ['a SyntaxError', new SyntaxError('Unexpected end of input')],
  ])('after a programming error in a custom fetch: %s', async (_, mistake) => {
    const { fetch, calls } = failing(...always(() => Promise.reject(mistake)))
    const { error, waits } = await listWithWaits({ fetch })
    expect(error).toBeInstanceOf(ConversationsError)
    expect(error).not.toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({
      message: expect.stringContaining(mistake.message),
      cause: expect.objectContaining({ name: mistake.name, message: mistake.message }),
      cursor: expect.any(String),
    })
    expect([calls(), waits]).toEqual([1, []])
  })

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['a string', 'ok'],
    ['parsed JSON', { conversations: [] }],
  ])('if fetch resolves with something other than a Response: %s', async (_, value) => {
    const { fetch, calls } = failing(...always(() => value as unknown as Response))
    const { error } = await listWithWaits({ fetch })
    expect(error).toBeInstanceOf(ConfigurationError)
    expect(error).toMatchObject({ message: expect.stringContaining('fetch must resolve with a Response') })
    expect(calls()).toBe(1)
  })
})
