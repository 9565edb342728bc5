import { describe, expect, it } from 'vitest'
import {
  type AnyConversation,
  AuthenticationError,
  bird,
  ConfigurationError,
  ConnectionError,
  type ConversationList,
  type ConversationProvider,
  listParticipantConversations,
  RateLimitError,
  type RetryOptions,
  ServerError,
  twilio,
} from '../../src/index.ts'
import {
  createStandIn,
  type StandIn,
  sampleBirdConversations,
  sampleTwilioConversations,
} from '../../src/testing/index.ts'
import { account, address, basic, channelId, workspace } from '../support/accounts.ts'

function standInFor(count: number): StandIn {
  return createStandIn({
    twilio: { ...account, conversations: sampleTwilioConversations({ address, count }) },
    bird: { ...workspace, conversations: sampleBirdConversations({ address, channelId, count }) },
  })
}

function listFrom(
  standIn: StandIn,
  name: 'twilio' | 'bird',
  {
    retry = { retries: 0 },
    ...options
  }: { retry?: RetryOptions; cursor?: string; limit?: number; pageSize?: number } = {},
): ConversationList<AnyConversation> {
  const { fetch } = standIn
  const provider: ConversationProvider =
    name === 'twilio' ? twilio({ ...account, fetch, retry }) : bird({ ...workspace, channelId, fetch, retry })
  return listParticipantConversations({ provider, participant: { address }, pageSize: 10, ...options })
}

/** The number of conversations before the error, and the error. */
async function failureOf(list: AsyncIterable<unknown>): Promise<{ before: number; error: unknown }> {
  let before = 0
  try {
    for await (const _ of list) before += 1
  } catch (error) {
    return { before, error }
  }
  throw new Error('nothing failed')
}

const statuses = (standIn: StandIn): number[] => standIn.requests.map(({ status }) => status)

describe('standIn.fail()', () => {
  it.each(['twilio', 'bird'] as const)('makes only the next request to %s fail', async (name) => {
    const standIn = standInFor(30)
    standIn.fail({ status: 500 })
    const { before, error } = await failureOf(listFrom(standIn, name))
    expect(before).toBe(0)
    expect(error).toBeInstanceOf(ServerError)
    expect(await listFrom(standIn, name).toArray()).toHaveLength(30)
    expect(statuses(standIn)).toEqual([500, 200, 200, 200])
  })

  it('makes a page fail, whatever the size of earlier pages', async () => {
    const standIn = standInFor(30)
    standIn.fail({ page: 3, status: 401 })
    const { before, error } = await failureOf(listFrom(standIn, 'twilio'))
    expect(before).toBe(20)
    expect(error).toMatchObject({ status: 401, code: 20003, provider: 'twilio' })
    if (!(error instanceof AuthenticationError) || error.cursor === null) throw error
    expect(await listFrom(standIn, 'twilio', { cursor: error.cursor }).toArray()).toHaveLength(10)

    standIn.fail({ page: 3, status: 401 })
    expect((await failureOf(listFrom(standIn, 'twilio', { limit: 25 }))).before).toBe(20)
  })

  it('can be called repeatedly, and fails in that order as often as requested', async () => {
    const standIn = standInFor(10)
    standIn.fail({ status: 503, times: 2 })
    standIn.fail({ status: 429 })
    const retry = { retries: 3, minDelayMs: 0, maxDelayMs: 1 }
    expect(await listFrom(standIn, 'bird', { retry }).toArray()).toHaveLength(10)
    expect(statuses(standIn)).toEqual([503, 503, 429, 200])
  })

  it('makes requests fail until the stand-in is reset', async () => {
    const standIn = standInFor(10)
    standIn.fail({ status: 503, times: Number.POSITIVE_INFINITY })
    const retry = { retries: 5, minDelayMs: 0, maxDelayMs: 1 }
    expect((await failureOf(listFrom(standIn, 'twilio', { retry }))).error).toMatchObject({ attempts: 6 })
    standIn.reset()
    expect(standIn.requests).toEqual([])
    expect(await listFrom(standIn, 'twilio').toArray()).toHaveLength(10)
  })

  it.each(['twilio', 'bird'] as const)(
    'counts the pages of %s anew after a reset, although an earlier listing had other pages',
    async (name) => {
      const standIn = standInFor(30)
      const pages = listFrom(standIn, name, { limit: 10 }).pages()
      const { nextCursor } = (await pages[Symbol.asyncIterator]().next()).value
      await listFrom(standIn, name, { pageSize: 5 }).toArray()
      standIn.reset()
      standIn.fail({ page: 2, status: 500 })
      const { before, error } = await failureOf(listFrom(standIn, name, { cursor: nextCursor }))
      expect(before).toBe(0)
      expect(error).toBeInstanceOf(ServerError)
    },
  )

  it('makes one provider fail without affecting the other', async () => {
    const standIn = standInFor(10)
    standIn.fail({ provider: 'bird', status: 403 })
    expect(await listFrom(standIn, 'twilio').toArray()).toHaveLength(10)
    expect((await failureOf(listFrom(standIn, 'bird'))).error).toMatchObject({ status: 403 })
  })

  it('sends a Retry-After header', async () => {
    const standIn = standInFor(10)
    standIn.fail({ status: 429, retryAfter: 7 })
    const { error } = await failureOf(listFrom(standIn, 'twilio'))
    expect(error).toBeInstanceOf(RateLimitError)
    expect(error).toMatchObject({ retryAfterMs: 7000 })
  })

  it('rejects as fetch does without a connection', async () => {
    const standIn = standInFor(10)
    standIn.fail({ networkError: true })
    const { error } = await failureOf(listFrom(standIn, 'bird'))
    expect(error).toBeInstanceOf(ConnectionError)
    expect(statuses(standIn)).toEqual([0])
    standIn.fail({ networkError: true })
    const url = `https://conversations.twilio.com/v1/ParticipantConversations?Address=%2B12025550123`
    await expect(standIn.fetch(url, { headers: basic })).rejects.toThrow(new TypeError('fetch failed'))
  })

  it.each([
    [400, 20001, 'BadRequest'],
    [401, 20003, 'Unauthorized'],
    [403, 70051, 'Forbidden'],
    [404, 20404, 'NotFound'],
    [422, 20422, 'InvalidPayload'],
    [429, 20429, 'TooManyRequests'],
    [500, 20500, 'InternalServerError'],
    [503, 20503, 'ServiceUnavailable'],
    [599, 20599, 'ServerError'],
  ])("returns %i with each provider's own code", async (status, onTwilio, onBird) => {
    const standIn = standInFor(10)
    standIn.fail({ status, times: 2 })
    expect((await failureOf(listFrom(standIn, 'twilio'))).error).toMatchObject({ status, code: onTwilio })
    expect((await failureOf(listFrom(standIn, 'bird'))).error).toMatchObject({ status, code: onBird })
  })

  it('returns another code and message if they are passed', async () => {
    const standIn = standInFor(10)
    standIn.fail({ status: 400, code: 21481, message: 'Invalid page token' })
    const { error } = await failureOf(listFrom(standIn, 'twilio'))
    expect(error).toMatchObject({ code: 21481, message: expect.stringContaining('Invalid page token') })
  })

  it('applies to the next request that would have succeeded', async () => {
    const standIn = standInFor(10)
    standIn.fail({ status: 500 })
    const provider = twilio({ ...account, authToken: 'wrong', fetch: standIn.fetch })
    const list = listParticipantConversations({ provider, participant: { address } })
    expect((await failureOf(list)).error).toMatchObject({ status: 401 })
    expect((await failureOf(listFrom(standIn, 'twilio'))).error).toMatchObject({ status: 500 })
  })

  it.each([
    [{}, 'the options need one of status, networkError, body or, for a slow response, delayMs alone'],
    [{ status: 429, networkError: true }, 'the options need one of status, networkError, body'],
    [{ status: 502, body: 'not JSON' }, 'the options need one of status, networkError, body'],
    [{ status: 200 }, 'status must be a whole number from 400 to 599; got 200'],
    [{ status: '429' }, 'status must be a whole number from 400 to 599; got "429"'],
    [{ status: 429, retryafter: '1' }, 'unknown option "retryafter". Did you mean "retryAfter"?'],
    [{ status: 429, constructor: 1 }, 'unknown option "constructor".'],
    [{ status: 429, times: 0 }, 'times must be a whole number of at least 1, or Infinity; got 0'],
    [{ status: 429, times: 1.5 }, 'times must be a whole number of at least 1, or Infinity; got 1.5'],
    [{ status: 429, page: 0 }, 'page must be a whole number of at least 1; got 0'],
    [{ status: 429, provider: 'sinch' }, 'provider must be "twilio" or "bird"; got "sinch"'],
    [{ networkError: false }, 'networkError must be true; got false'],
    [{ networkError: true, message: 'x' }, 'message is only sent with a status'],
    [{ delayMs: -1 }, 'delayMs must be a number of milliseconds from 0 to 2147483647, or Infinity; got -1'],
    [
      { delayMs: Number.NaN },
      'delayMs must be a number of milliseconds from 0 to 2147483647, or Infinity; got NaN',
    ],
    // A timer of that length would fire at once.
    [
      { delayMs: 3e9 },
      'delayMs must be a number of milliseconds from 0 to 2147483647, or Infinity; got 3000000000',
    ],
    [{ body: 'gone' }, 'body must be "hangs", "breaks off" or "not JSON"; got "gone"'],
    [null, 'the options must be an object; got null'],
  ])('refuses %j', (failure, problem) => {
    const call = () => standInFor(1).fail(failure as never)
    expect(call).toThrow(ConfigurationError)
    expect(call).toThrow(`standIn.fail(): ${problem}`)
  })

  it.each([
    -1,
    1.5,
    Number.POSITIVE_INFINITY,
    '',
    ' 3',
    '1.5',
    '-1',
    'soon',
    '2026-01-01T00:00:00Z',
    'Invalid Date',
  ])('refuses the retryAfter %j, which is no value of the header', (retryAfter) => {
    expect(() => standInFor(1).fail({ status: 429, retryAfter })).toThrow(
      `standIn.fail(): retryAfter must be a whole number of seconds, or an HTTP date such as date.toUTCString() returns; got ${typeof retryAfter === 'string' ? JSON.stringify(retryAfter) : retryAfter}`,
    )
  })

  it.each([
    [0, '0'],
    ['120', '120'],
    ['Wed, 21 Oct 2026 07:28:00 GMT', 'Wed, 21 Oct 2026 07:28:00 GMT'],
  ])('sends the retryAfter %j as it is', async (retryAfter, header) => {
    const standIn = standInFor(1)
    standIn.fail({ status: 429, retryAfter })
    const url = 'https://conversations.twilio.com/v1/ParticipantConversations?Address=%2B12025550123'
    const { headers } = await standIn.fetch(url, { headers: basic })
    expect(headers.get('retry-after')).toBe(header)
  })

  it('reports all invalid options at once', () => {
    const call = () => standInFor(1).fail({ status: 1, page: 0, time: 2 } as never)
    expect(call).toThrow(
      [
        'standIn.fail():',
        'page must be a whole number of at least 1; got 0',
        'status must be a whole number from 400 to 599; got 1',
        'unknown option "time". Did you mean "times"?',
      ].join('\n- '),
    )
  })
})
