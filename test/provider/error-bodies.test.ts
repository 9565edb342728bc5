import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineProvider, type ErrorBody, type ResponseHead, recordOrNull } from '../../src/adapter.ts'
import { ApiError, type HttpOptions, listParticipantConversations, RateLimitError } from '../../src/index.ts'
import { described, participant, rowsFrom } from '../support/described.ts'
import { errorOf, idsOf, recordingFetch } from '../support/listing.ts'

type ReadError = (body: unknown, response: ResponseHead) => ErrorBody

function listWith(readError: ReadError, answers: readonly unknown[], http: HttpOptions = {}) {
  const { fetch, requests } = recordingFetch((_, index) => answers[index])
  const provider = defineProvider({ ...described, http: { fetch, ...http }, readError })
  return { list: listParticipantConversations({ provider, participant }), requests }
}

describe('readError() of a description', () => {
  const http = { retry: { retries: 0 } }

  it('receives the body and the response: its status, and its headers in any case', async () => {
    const answer = Response.json(
      { reason: 'closed' },
      { status: 409, headers: { 'x-code': 'E7', 'x-request-id': 'R1' } },
    )
    const readError: ReadError = (body, { status, header }) => ({
      code: header('X-Code'),
      message: `${recordOrNull(body)?.reason} (${status})`,
    })
    const error = await errorOf(listWith(readError, [answer], http).list.toArray(), ApiError)
    expect(error).toMatchObject({ status: 409, code: 'E7', requestId: 'R1' })
    expect(error.message).toContain(': closed (409) (code E7).')
  })

  it('receives no secret that the provider repeats, in the body or in a header', async () => {
    const answer = Response.json('a-secret-token', { status: 400, headers: { 'x-said': 'a-secret-token' } })
    const readError: ReadError = (body, { header }) => ({ code: header('x-said'), details: { body } })
    const error = await errorOf(listWith(readError, [answer], http).list.toArray(), ApiError)
    expect(error).toMatchObject({ code: '[redacted]', details: { body: '[redacted]' } })
  })

  it('receives null for a body that is not JSON', async () => {
    const seen: unknown[] = []
    const readError: ReadError = (body) => {
      seen.push(body)
      return {}
    }
    const answer = new Response('<html>', { status: 400 })
    await errorOf(listWith(readError, [answer], http).list.toArray(), ApiError)
    expect(seen).toEqual([null])
  })

  it.each([
    ['takes precedence', { requestId: 'in-the-body' }, 'in-the-body'],
    ['may be null, for that of the header', { requestId: null }, 'in-a-header'],
    ['may be missing, for that of the header', {}, 'in-a-header'],
  ])('may return the id of the request, which %s', async (_what, read, requestId) => {
    const answer = Response.json({}, { status: 400, headers: { 'x-request-id': 'in-a-header' } })
    const error = await errorOf(listWith(() => read, [answer], http).list.toArray(), ApiError)
    expect(error.requestId).toBe(requestId)
  })
})

describe('a retry after an error', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const answers = (headers: Record<string, string> = {}) => [
    Response.json({ wait: 7 }, { status: 429, headers }),
    { items: rowsFrom(0, 1) },
  ]
  const readError: ReadError = (body) => ({ retryAfterMs: Number(recordOrNull(body)?.wait) * 1000 })

  /** Lists with a clock that jumps to the next timer, and returns how many seconds the retry has waited, without jitter. */
  async function waitOf(read: ReadError, headers: Record<string, string> = {}): Promise<number[]> {
    const waits: number[] = []
    const hooks = {
      onRetry: ({ delayMs }: { delayMs: number }) => void waits.push(Math.floor(delayMs / 1000)),
    }
    const { list } = listWith(read, answers(headers), { hooks })
    const all = list.toArray()
    await vi.runAllTimersAsync()
    expect(idsOf(await all)).toEqual(['c0'])
    return waits
  }

  it('waits as long as readError() says', async () => {
    expect(await waitOf(readError)).toEqual([7])
  })

  it('prefers that to Retry-After, which counts without it', async () => {
    expect(await waitOf(readError, { 'retry-after': '3' })).toEqual([7])
    for (const retryAfterMs of [null, undefined]) {
      expect(await waitOf(() => ({ retryAfterMs }), { 'retry-after': '3' })).toEqual([3])
    }
  })

  it.each([Number.NaN, -1, Number.POSITIVE_INFINITY, '7000'])(
    'does not wait %j milliseconds, which is no time',
    async (retryAfterMs) => {
      const read = () => ({ retryAfterMs }) as ErrorBody
      expect(await waitOf(read, { 'retry-after': '3' })).toEqual([3])
    },
  )

  it('is on the error that the caller receives', async () => {
    const { list } = listWith(readError, answers(), { retry: { retries: 0 } })
    const error = await errorOf(list.toArray(), RateLimitError)
    expect(error.retryAfterMs).toBe(7000)
  })
})
