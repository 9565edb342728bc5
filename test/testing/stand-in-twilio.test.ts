import { afterEach, describe, expect, it, vi } from 'vitest'
import type { TwilioParticipantConversation } from '../../src/index.ts'
import { fakeTwilioConversation } from '../../src/testing/fake.ts'
import { sampleTwilioConversations } from '../../src/testing/sample-data.ts'
import type { TwilioSampleConversation } from '../../src/testing/sample-twilio.ts'
import { createStandIn } from '../../src/testing/stand-in.ts'
import { address } from '../support/accounts.ts'

const sid = (letters: string, digit: string): string => letters + digit.repeat(32)
const chat: TwilioSampleConversation = {
  conversation_sid: sid('CH', '0'),
  conversation_state: 'active',
  participant_identity: 'ada lovelace+test',
  participant_messaging_binding: null,
}
const withoutAccount = ({ account_sid: _, ...rest }: TwilioParticipantConversation) => rest
const conversations = [chat, ...sampleTwilioConversations({ address, count: 120 })].reverse()
const inService = sampleTwilioConversations({ address, count: 3, seed: 2 })
const credentials = {
  accountSid: sid('AC', 'a'),
  authToken: 'account secret: ü',
  apiKey: sid('SK', 'b'),
  apiSecret: 'key secret',
  clientId: 'OQ1',
  clientSecret: 'client secret',
}
const twilio = { ...credentials, conversations, services: { [sid('IS', 'c')]: inService } }
const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
const authorization = basic(credentials.accountSid, credentials.authToken)

// biome-ignore lint/suspicious/noExplicitAny: a test asserts the shape of a response, so it does not assume one
type Json = any

function ask(standIn = createStandIn({ twilio })) {
  return async (query: Record<string, string> | string, init: RequestInit & { path?: string } = {}) => {
    const target = String(query).startsWith('https:')
      ? String(query)
      : `https://conversations.twilio.com${init.path ?? '/v1/ParticipantConversations'}?${new URLSearchParams(query)}`
    const response = await standIn.fetch(target, { headers: { authorization }, ...init })
    return { response, status: response.status, body: (await response.json()) as Json }
  }
}

const ofAddress = conversations.filter((entry) => entry.participant_messaging_binding?.address === address)
const expected = ofAddress
  .map((entry) => ({ ...entry, account_sid: credentials.accountSid }))
  .toSorted((a, b) => String(a.conversation_sid).localeCompare(String(b.conversation_sid)))

describe("the stand-in's Twilio lists", () => {
  it('all conversations of an address, unchanged but for the account and sorted by SID, in pages of 50', async () => {
    const get = ask()
    const first = await get({ Address: address })
    const second = await get(first.body.meta.next_page_url)
    const third = await get(second.body.meta.next_page_url)
    const pages = [first, second, third].map(({ body }) => body.conversations)
    expect(pages.map((page) => page.length)).toEqual([50, 50, 20])
    expect(pages.flat()).toEqual(expected)
    expect(third.body.meta.next_page_url).toBeNull()
  })

  it('the others, if some conversations are not as documented', async () => {
    const wrong = [null, 7, 'x', []].map((participant_messaging_binding, index) => ({
      conversation_sid: `CH${index}`,
      participant_messaging_binding,
    })) as never[]
    const standIn = createStandIn({ twilio: { ...twilio, conversations: [...wrong, ...conversations] } })
    expect((await ask(standIn)({ Address: address })).body.conversations).toEqual(expected.slice(0, 50))
    const { body } = await ask(standIn)({ Identity: 'ada lovelace+test' })
    expect(body.conversations).toEqual([chat])
  })

  it('every conversation once at each page size, with tokens of every form', async () => {
    const get = ask()
    const forms = new Set<string>()
    for (const PageSize of ['1', '3', '7', '40', '50']) {
      const found: unknown[] = []
      let next: string | Record<string, string> = { Address: address, PageSize }
      while (next) {
        const { body } = await get(next)
        found.push(...body.conversations)
        next = body.meta.next_page_url
        if (next) forms.add(new URL(String(next)).searchParams.get('PageToken')?.replace(/\w+/g, '') ?? '')
      }
      expect(found).toEqual(expected)
    }
    expect(forms).toEqual(new Set(['', '--::.', ': /+&?#%==']))
  })

  it('made-up conversations as those of its account, and those that have none without one', async () => {
    const [madeUp] = sampleTwilioConversations({ address, count: 1 })
    const fake = fakeTwilioConversation()
    const own = fakeTwilioConversation({ account_sid: credentials.accountSid })
    const without = [
      { ...fakeTwilioConversation(), account_sid: null },
      withoutAccount(fakeTwilioConversation()),
    ]
    const served = [madeUp ?? {}, fake, own, ...without]
    const standIn = createStandIn({ twilio: { ...twilio, conversations: served } })
    const { body } = await ask(standIn)({ Address: address })
    const accounts = new Map(
      body.conversations.map((entry: Json) => [entry.conversation_sid, entry.account_sid]),
    )
    expect(served.map((entry) => accounts.get(entry.conversation_sid))).toEqual([
      credentials.accountSid,
      credentials.accountSid,
      credentials.accountSid,
      null,
      undefined,
    ])
    expect([madeUp?.account_sid, fake.account_sid]).toEqual([sid('AC', '0'), sid('AC', '0')])
  })

  it('the conversations of an identity, matched exactly', async () => {
    expect((await ask()({ Identity: 'ada lovelace+test' })).body.conversations).toEqual([chat])
    expect((await ask()({ Identity: 'Ada lovelace+test' })).body.conversations).toEqual([])
    expect((await ask()({ Address: address.slice(1) })).body.conversations).toEqual([])
  })

  it('the conversations of a service by its SID, and returns 404 for an unknown service', async () => {
    const known = await ask()(
      { Address: address },
      { path: `/v1/Services/${sid('IS', 'c')}/ParticipantConversations` },
    )
    expect(known.body.conversations).toHaveLength(3)
    const unknown = await ask()(
      { Address: address },
      { path: '/v1/Services/toString/ParticipantConversations' },
    )
    expect(unknown).toMatchObject({ status: 404, body: { code: 20404, status: 404 } })
  })

  it('pages with links to the origin and path of the request', async () => {
    const path = `/v1/Services/${sid('IS', 'c')}/ParticipantConversations`
    const { body } = await ask()(
      `https://conversations.dublin.ie1.twilio.com${path}?Address=%2B12025550123&PageSize=2&Extra=1`,
    )
    const base = `https://conversations.dublin.ie1.twilio.com${path}?Address=%2B12025550123&PageSize=2`
    expect(body.meta).toEqual({
      page: 0,
      page_size: 2,
      first_page_url: `${base}&Page=0`,
      previous_page_url: null,
      url: `${base}&Page=0`,
      next_page_url: expect.stringContaining(`${base}&Page=1&PageToken=PT`),
      key: 'conversations',
    })
  })

  it('the previous page by its link', async () => {
    const get = ask()
    const first = await get({ Address: address })
    const second = await get(first.body.meta.next_page_url)
    const third = await get(second.body.meta.next_page_url)
    expect((await get(third.body.meta.previous_page_url)).body).toEqual(second.body)
    expect((await get(second.body.meta.previous_page_url)).body).toEqual(first.body)
  })

  it('pages of another size after a token', async () => {
    const first = await ask()({ Address: address })
    const url = new URL(first.body.meta.next_page_url)
    url.searchParams.set('PageSize', '5')
    expect((await ask()(url.href)).body.conversations).toEqual(expected.slice(50, 55))
  })
})

describe("the stand-in's Twilio refuses", () => {
  it.each([
    ['a missing participant', {}],
    ['an empty participant', { Address: '' }],
    ['an address and an identity', { Address: address, Identity: 'ada' }],
    ['an identity of 257 characters', { Identity: 'a'.repeat(257) }],
    ['a page size of 0', { Address: address, PageSize: '0' }],
    ['a page size of 51', { Address: address, PageSize: '51' }],
    ['a page size of 1.5', { Address: address, PageSize: '1.5' }],
    ['a negative page', { Address: address, Page: '-1' }],
    ['a page without a token', { Address: address, Page: '1' }],
  ])('%s', async (_, query) => {
    expect(await ask()(query)).toMatchObject({ status: 400, body: { code: 20001, status: 400 } })
  })

  it('a duplicate parameter', async () => {
    const { status } = await ask()(
      'https://conversations.twilio.com/v1/ParticipantConversations?Page=0&Page=0',
    )
    expect(status).toBe(400)
  })

  it('a token that is unknown, tampered with or from another query', async () => {
    const { body } = await ask()({ Address: address })
    const token = new URL(body.meta.next_page_url).searchParams.get('PageToken') ?? ''
    expect((await ask()({ Address: address, PageToken: token })).status).toBe(200)
    for (const query of [
      { Address: address, PageToken: `${token}0` },
      { Address: address, PageToken: token.slice(1) },
      { Address: address, PageToken: '' },
      { Identity: 'ada lovelace+test', PageToken: token },
    ]) {
      expect(await ask()(query)).toMatchObject({ status: 400, body: { code: 21481 } })
    }
  })

  it('other methods and other paths', async () => {
    const post = await ask()({ Address: address }, { method: 'POST' })
    expect(post).toMatchObject({ status: 405, body: { code: 20004, status: 405 } })
    const path = await ask()({}, { path: '/v1/Conversations' })
    expect(path).toMatchObject({ status: 404, body: { code: 20404, message: expect.any(String) } })
  })

  it('malformed percent-encoding in the path', async () => {
    const { status } = await ask()({}, { path: '/v1/Services/%E0%A4%A/ParticipantConversations' })
    expect(status).toBe(400)
  })
})

describe("authentication with the stand-in's Twilio", () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  const issue = (standIn = createStandIn({ twilio }), form: Record<string, string> = {}) =>
    standIn.fetch('https://oauth.twilio.com/v2/token', {
      method: 'POST',
      body: new URLSearchParams({
        client_id: credentials.clientId,
        client_secret: credentials.clientSecret,
        grant_type: 'client_credentials',
        ...form,
      }),
    })

  it('succeeds with an auth token and with an API key', async () => {
    expect((await ask()({ Address: address })).status).toBe(200)
    const headers = { authorization: basic(credentials.apiKey, credentials.apiSecret) }
    expect((await ask()({ Address: address }, { headers })).status).toBe(200)
  })

  it('succeeds with an access token that the test passes to both', async () => {
    const { accountSid } = credentials
    const standIn = createStandIn({ twilio: { accountSid, accessToken: 'from-a-vault', conversations } })
    const headers = { authorization: 'Bearer from-a-vault' }
    expect((await ask(standIn)({ Address: address }, { headers })).status).toBe(200)
    const other = { authorization: 'Basic from-a-vault' }
    expect((await ask(standIn)({ Address: address }, { headers: other })).status).toBe(401)
  })

  it.each([
    ['no credentials', {}],
    ['a wrong secret', { authorization: basic(credentials.apiKey, credentials.authToken) }],
    ['invalid base64', { authorization: 'Basic ***' }],
    ['a bearer token that was not issued', { authorization: 'Bearer undefined' }],
    ['an access key', { authorization: 'AccessKey key' }],
  ])('fails with %s', async (_, headers) => {
    const { status, body, response } = await ask()({ Address: address }, { headers })
    expect(status).toBe(401)
    expect(body).toEqual({
      code: 20003,
      message: expect.any(String),
      more_info: 'https://www.twilio.com/docs/errors/20003',
      status: 401,
    })
    expect(response.headers.get('twilio-request-id')).toMatch(/^RQ[0-9a-f]{32}$/)
  })

  it('succeeds with a bearer token until it expires', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const standIn = createStandIn({ twilio: { ...twilio, accessTokenTtlSeconds: 60 } })
    const token = (await (await issue(standIn)).json()) as Json
    expect(token).toEqual({ access_token: expect.any(String), token_type: 'Bearer', expires_in: 60 })
    const headers = { authorization: `Bearer ${token.access_token}` }
    for (const scheme of ['Basic', 'AccessKey']) {
      const other = { authorization: `${scheme} ${token.access_token}` }
      expect((await ask(standIn)({ Address: address }, { headers: other })).status).toBe(401)
    }
    vi.advanceTimersByTime(59_999)
    expect((await ask(standIn)({ Address: address }, { headers })).status).toBe(200)
    vi.advanceTimersByTime(1)
    expect(await ask(standIn)({ Address: address }, { headers })).toMatchObject({
      status: 401,
      body: { code: 20003 },
    })
  })

  it('issues no bearer token for other clients, grants or bodies', async () => {
    expect((await issue(undefined, { client_secret: 'wrong' })).status).toBe(401)
    expect((await issue(undefined, { grant_type: 'password' })).status).toBe(400)
    const { accountSid, authToken } = credentials
    const withoutClient = createStandIn({ twilio: { accountSid, authToken, conversations } })
    expect((await issue(withoutClient)).status).toBe(401)
    const url = 'https://oauth.twilio.com/v2/token'
    expect((await withoutClient.fetch(url, { method: 'POST', body: '{}' })).status).toBe(400)
    expect((await withoutClient.fetch(url)).status).toBe(405)
  })
})
