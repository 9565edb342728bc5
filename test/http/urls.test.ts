import { MockAgent } from 'undici'
import { describe, expect, it, vi } from 'vitest'
import {
  type AnyConversation,
  bird,
  type ConversationList,
  type HttpOptions,
  listParticipantConversations,
  twilio,
} from '../../src/index.ts'
import { BIRD, leaks, listUntilError, TWILIO } from '../support/http-server.ts'

type Fetch = typeof globalThis.fetch

const PAGE_TOKEN = "PT 7/+='token"
const PHONE = '+12025550123'
const EMAIL = "ada.o'lovelace@example.com"
const ID = '5c0f9d1e-aaaa-4bbb-8ccc-0123456789ab'
const onTwilio = (options: HttpOptions) =>
  twilio({ accountSid: TWILIO.accountSid, authToken: TWILIO.authToken, ...options })
const onBird = (options: HttpOptions) => bird({ ...BIRD, ...options })

/** Every way to name a participant, and the part that must not appear in a logged URL. */
const participants: readonly {
  what: string
  list: (options: HttpOptions) => ConversationList<AnyConversation>
  hidden: string
}[] = [
  ...[PHONE, EMAIL].flatMap((address) => [
    {
      what: `Twilio, ${address}`,
      list: (options: HttpOptions) =>
        listParticipantConversations({ provider: onTwilio(options), participant: { address } }),
      hidden: address,
    },
    {
      what: `Bird, ${address}`,
      list: (options: HttpOptions) =>
        listParticipantConversations({ provider: onBird(options), participant: { address } }),
      hidden: address,
    },
  ]),
  {
    what: 'Twilio, an identity',
    list: (options) =>
      listParticipantConversations({ provider: onTwilio(options), participant: { identity: EMAIL } }),
    hidden: EMAIL,
  },
  {
    what: 'Bird, an id',
    list: (options) => listParticipantConversations({ provider: onBird(options), participant: { id: ID } }),
    hidden: ID,
  },
  {
    what: 'Bird, an identifier',
    list: (options) =>
      listParticipantConversations({
        provider: onBird(options),
        participant: { identifierKey: 'facebookid-1', identifierValue: EMAIL },
      }),
    hidden: EMAIL,
  },
]

const page = (url: string): Response => {
  const next = new URL(url)
  next.searchParams.set('PageToken', PAGE_TOKEN)
  return Response.json({
    conversations: [],
    meta: { key: 'conversations', next_page_url: next.href },
    results: [],
    nextPageToken: PAGE_TOKEN,
  })
}

/** Returns the first page and fails on the second. Resolves with the arguments of the hooks and the error. */
async function failOnSecondPage(
  list: (options: HttpOptions) => ConversationList<AnyConversation>,
  fail: Fetch,
): Promise<unknown[]> {
  const told: unknown[] = []
  const tell = (info: unknown): void => {
    told.push(info)
  }
  let calls = 0
  const fetch: Fetch = async (input, init) => {
    calls += 1
    return calls === 1 ? page(String(input)) : fail(input, init)
  }
  const hooks = { onRequest: tell, onResponse: tell, onRetry: tell }
  const { error } = await listUntilError(list({ fetch, hooks, retry: { retries: 0 } }))
  expect(told.length).toBeGreaterThanOrEqual(3)
  return [...told, error]
}

/** A string as it is, and in its possible URL encodings. */
function spellings(text: string): string[] {
  const inUrl = encodeURIComponent(text)
  return [text, inUrl, new URL(`https://example.com/?${inUrl}`).search.slice(1), encodeURI(text)]
}

describe.each(participants)(
  'no URL shown to the caller contains the participant or the page token ($what)',
  ({ list, hidden }) => {
    const secrets = [...spellings(hidden), ...spellings(PAGE_TOKEN)]

    it.each([400, 401, 404, 429, 503])('after the status %i', async (status) => {
      const seen = await failOnSecondPage(list, async () => Response.json({ message: 'No' }, { status }))
      expect(seen.at(-1)).toMatchObject({ status, url: expect.stringContaining('***') })
      expect(leaks(secrets, ...seen)).toEqual([])
    })

    it('after a response that is not JSON', async () => {
      expect(leaks(secrets, ...(await failOnSecondPage(list, async () => new Response('-'))))).toEqual([])
    })

    it('after a timeout', async () => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] })
      try {
        const listing = failOnSecondPage(list, () => new Promise(() => {}))
        await vi.runAllTimersAsync()
        const seen = await listing
        expect(seen.at(-1)).toMatchObject({ name: 'TimeoutError', url: expect.stringContaining('***') })
        expect(leaks(secrets, ...seen)).toEqual([])
      } finally {
        vi.useRealTimers()
      }
    })

    it('after a response that repeats the URL', async () => {
      const seen = await failOnSecondPage(list, async (input) => {
        const { pathname, search } = new URL(String(input))
        return Response.json({ message: `There is no ${pathname}${search}` }, { status: 404 })
      })
      expect(leaks(secrets, ...seen)).toEqual([])
    })

    it.each([
      ['the URL as it was passed', (url: string) => url],
      ['the URL as a parser normalizes it', (url: string) => new URL(url).href],
    ])('after an error of fetch, such as node-fetch throws, that contains %s', async (_, spell) => {
      const seen = await failOnSecondPage(list, (input) =>
        Promise.reject(new Error(`request to ${spell(String(input))} failed, reason: ECONNREFUSED`)),
      )
      expect(seen.at(-1)).toMatchObject({
        name: 'ConnectionError',
        message: expect.stringContaining('failed, reason: ECONNREFUSED'),
      })
      expect(leaks(secrets, ...seen)).toEqual([])
    })

    it('after a request that a MockAgent did not expect', async () => {
      const dispatcher = new MockAgent()
      dispatcher.disableNetConnect()
      for (const origin of ['https://conversations.twilio.com', 'https://api.bird.com']) {
        dispatcher.get(origin).intercept({ path: '/elsewhere' }).reply(200)
      }
      const { error } = await listUntilError(list({ dispatcher, retry: { retries: 0 } }))
      expect(leaks(spellings(hidden), error)).toEqual([])
      await dispatcher.close()
    })
  },
)
