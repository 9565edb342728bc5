import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RateLimitError, ServerError } from '../../src/index.ts'
import {
  ADDRESS,
  always,
  COUNT,
  failing,
  list,
  listUntilError,
  listWithWaits,
  providers,
  status,
} from '../support/http-server.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] })
  vi.setSystemTime('2026-01-01T00:00:00Z')
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe('the wait before a retry', () => {
  it.each([
    [0, [0, 0, 0, 0, 0, 0]],
    [0.5, [250, 500, 1000, 2000, 4000, 4000]],
    [0.999, [500, 999, 1998, 3996, 7992, 7992]],
  ])('is random up to a delay that doubles up to a limit: Math.random() = %f', async (chance, expected) => {
    vi.spyOn(Math, 'random').mockReturnValue(chance)
    const { fetch } = failing(...always(status(500)))
    const { waits } = await listWithWaits({ fetch, retry: { retries: 6 } })
    expect(waits).toEqual(expected)
  })

  it('differs between clients that failed together, at the limit too', async () => {
    const waits = new Set<number | undefined>()
    for (let client = 0; client < 50; client += 1) {
      const { fetch } = failing(...always(status(500, { 'retry-after': '1' })))
      const all = (await listWithWaits({ fetch, retry: { retries: 8 } })).waits
      waits.add(all.at(-1))
    }
    // Of 8,001 possible waits: on average 0.15 of 50 are the same.
    expect(waits.size).toBeGreaterThan(40)
  })

  it('stays within the bounds set by the options', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5)
    const { fetch } = failing(...always(status(500)))
    const retry = { retries: 4, minDelayMs: 100, maxDelayMs: 300 }
    expect((await listWithWaits({ fetch, retry })).waits).toEqual([50, 100, 150, 150])
  })

  it('is never longer than maxDelayMs, even if minDelayMs is', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5)
    const { fetch } = failing(...always(status(500)))
    const retry = { retries: 1, minDelayMs: 1000, maxDelayMs: 10 }
    expect((await listWithWaits({ fetch, retry })).waits).toEqual([5])
  })

  it('lasts in full', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5)
    const { fetch } = failing(status(500), status(500))
    const { items, elapsed } = await listWithWaits({ fetch })
    expect(items).toHaveLength(COUNT)
    expect(elapsed).toBe(250 + 500)
  })
})

describe('Retry-After', () => {
  it.each([
    ['in seconds', '7', 7000],
    ['as an HTTP date', 'Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['as a date in the obsolete form of asctime(), which is in GMT', 'Thu Jan  1 00:00:30 2026', 30_000],
    ['as a date in ISO 8601', '2026-01-01T00:00:30Z', 30_000],
    ['as a date that has passed', 'Wed, 31 Dec 2025 23:59:00 GMT', 0],
    ['of 0', '0', 0],
    ['of exactly maxRetryAfterMs', '60', 60_000],
  ])('is waited for in full, and then the random time: %s', async (_, header, expected) => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5)
    const { fetch } = failing(status(429, { 'retry-after': header }))
    const { items, waits, elapsed } = await listWithWaits({ fetch })
    expect(items).toHaveLength(COUNT)
    expect(waits).toEqual([expected + 250])
    expect(elapsed).toBe(expected + 250)
  })

  it('is honored with other retryable statuses', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0)
    const { fetch } = failing(status(503, { 'retry-after': '12' }), status(408, { 'retry-after': '3' }))
    expect((await listWithWaits({ fetch })).waits).toEqual([12_000, 3000])
  })

  it.each(['soon', 'wait 5', '', '-5', '1.5', '5 minutes'])(
    'is ignored if it is invalid: %j',
    async (header) => {
      vi.spyOn(Math, 'random').mockReturnValue(0.5)
      const { fetch } = failing(status(429, { 'retry-after': header }))
      expect((await listWithWaits({ fetch })).waits).toEqual([250])
    },
  )

  // Quadratic time would mean minutes for a header of this length.
  it.each(['a'.repeat(1_000_000), `1${' ,'.repeat(500_000)}`, `${'1,'.repeat(500_000)}x`])(
    'does not block the process if it is invalid and very long (%#)',
    async (header) => {
      vi.spyOn(Math, 'random').mockReturnValue(0.5)
      const { fetch } = failing(status(429, { 'retry-after': header }))
      expect((await listWithWaits({ fetch })).waits).toEqual([250])
    },
  )

  it.each([
    ['in seconds', '61', 61_000],
    ['in more seconds than a timer can wait', '99999999999', 99_999_999_999_000],
    ['as a date', 'Thu, 01 Jan 2026 01:00:00 GMT', 3_600_000],
  ])('over maxRetryAfterMs is thrown at once, with retryAfterMs: %s', async (_, header, retryAfterMs) => {
    const { fetch, calls } = failing(...always(status(429, { 'retry-after': header })))
    const { error, waits, elapsed } = await listWithWaits({ fetch })
    expect(error).toBeInstanceOf(RateLimitError)
    expect(error).toMatchObject({
      retryAfterMs,
      attempts: 1,
      cursor: expect.any(String),
      message: expect.stringContaining(`Wait ${retryAfterMs / 1000} s, then continue from the cursor`),
    })
    expect([calls(), waits, elapsed]).toEqual([1, [], 0])
  })

  it('of 0 is not given as advice', async () => {
    const { fetch } = failing(...always(status(429, { 'retry-after': '0' })))
    const { error } = await listWithWaits({ fetch })
    expect(error).toMatchObject({
      retryAfterMs: 0,
      advice: expect.stringMatching(/^Send fewer requests at once/),
    })
  })

  it('is limited by maxRetryAfterMs', async () => {
    const { fetch } = failing(...always(status(503, { 'retry-after': '2' })))
    const refused = await listWithWaits({ fetch, retry: { maxRetryAfterMs: 1999 } })
    expect(refused.error).toBeInstanceOf(ServerError)
    expect(refused.error).toMatchObject({ retryAfterMs: 2000, attempts: 1 })
    const waited = await listWithWaits({ fetch, retry: { retries: 1, maxRetryAfterMs: 2000 } })
    expect(waited.waits[0]).toBeGreaterThanOrEqual(2000)
  })

  it('is reported by the error when the retries are used up', async () => {
    const { fetch } = failing(...always(status(429, { 'retry-after': '9' })))
    const { error } = await listUntilError(list(providers.twilio({ fetch, retry: { retries: 0 } })))
    expect(error).toMatchObject({ retryAfterMs: 9000 })
  })

  it('leaves no listener on the signal after the wait', async () => {
    const { signal } = new AbortController()
    const { fetch } = failing(status(429, { 'retry-after': '1' }))
    const provider = providers.twilio({ fetch })
    const participant = { address: ADDRESS }
    const [lookup = { key: '' }] = provider.lookups?.(participant) ?? []
    const page = provider.listPage({
      participant,
      lookup,
      list: null,
      pageSize: 50,
      pageToken: null,
      status: null,
      signal,
      options: {},
    })
    await vi.runAllTimersAsync()
    await page
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('is the longest of several Retry-After headers', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0)
    const { fetch } = failing(status(503, { 'retry-after': '1, 3, 2' }))
    expect((await listWithWaits({ fetch })).waits).toEqual([3000])
  })
})
