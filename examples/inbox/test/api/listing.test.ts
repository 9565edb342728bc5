import { expect, test } from 'vitest'
import { foundBy, OUR_NUMBER } from '../../server/sample-conversations.ts'
import { serve } from '../../server/serve.ts'
import { CUSTOMER, createAccounts, onBird, onTwilio, WHATSAPP_USER } from '../support/accounts.ts'
import { APP, createApi, idsOf } from '../support/api.ts'

test('lists every conversation of every provider and channel, each once, 300 at a time', async () => {
  const twilio = [
    ...onTwilio(250),
    ...onTwilio(15, `whatsapp:${CUSTOMER}`),
    ...onTwilio(5, `rcs:${CUSTOMER}`),
  ]
  const { providers, ids } = createAccounts({ twilio, bird: onBird(130) })

  const pages = await createApi(providers).pages()

  expect(idsOf(...pages)).toEqual(ids)
  expect(pages.map(({ conversations }) => conversations.length)).toEqual([300, 100])
})

test('says what the page shows: provider, channel, our number, status, dates and the last message', async () => {
  const { providers } = createAccounts({ twilio: onTwilio(1), bird: onBird(1) })

  const [page] = await createApi(providers).pages()

  expect(page?.conversations).toMatchObject([
    {
      provider: 'twilio',
      channel: { type: 'sms', businessAddress: OUR_NUMBER },
      serviceId: expect.stringMatching(/^IS/),
      status: 'active',
      updatedAt: '2026-03-04T11:56:00.000Z',
      lastMessage: null,
    },
    {
      provider: 'bird',
      channel: { businessAddress: OUR_NUMBER },
      serviceId: null,
      status: 'active',
      lastMessage: { sender: { name: 'Robin' } },
    },
  ])
})

test('keeps the objects of the providers to itself', async () => {
  const { providers } = createAccounts({ twilio: onTwilio(1), bird: onBird(1) })

  const { body, text } = await createApi(providers).page()

  expect(body.conversations.map((conversation) => 'raw' in conversation)).toEqual([false, false])
  expect(text).not.toMatch(/account_sid|featuredParticipants/)
})

test('shows a conversation once that is found by two addresses of the customer', async () => {
  const texts = onTwilio(3)
  const again = texts.slice(0, 1).map((conversation) => foundBy(`whatsapp:${CUSTOMER}`, conversation))
  const { providers } = createAccounts({ twilio: [...texts, ...again] })

  const [page] = await createApi(providers).pages()

  expect(page?.conversations.map(({ id }) => id)).toEqual(texts.map((raw) => raw.conversation_sid))
})

test('lists only the status that is asked for', async () => {
  const { providers } = createAccounts({ twilio: onTwilio(60), bird: onBird(60) })

  const pages = await createApi(providers).pages({ status: 'closed' })

  const conversations = pages.flatMap((page) => page.conversations)
  expect(new Set(conversations.map(({ status }) => status))).toEqual(new Set(['closed']))
  expect(new Set(conversations.map(({ provider }) => provider))).toEqual(new Set(['twilio', 'bird']))
})

test('finds a customer by e-mail address', async () => {
  const email = 'maya@example.com'
  const { providers, ids } = createAccounts({ twilio: onTwilio(3, email), bird: onBird(4, email) })

  expect(idsOf(...(await createApi(providers).pages({ addresses: [email] })))).toEqual(ids)
})

test('finds a person by phone number, e-mail address and chat identity at once', async () => {
  const email = 'maya@example.com'
  const { providers, ids } = createAccounts({
    twilio: [...onTwilio(2), ...onTwilio(2, email), ...onTwilio(2, 'identity:maya')],
    bird: [...onBird(2), ...onBird(2, email)],
  })

  const { body } = await createApi(providers).page({ addresses: [CUSTOMER, email, 'identity:maya'] })

  expect(idsOf(body)).toEqual(ids)
  expect(body.notSearched).toEqual([])
})

test('says which provider cannot look up a chat identity, and lists the other', async () => {
  const { providers, ids } = createAccounts({ twilio: onTwilio(2, 'identity:maya') })

  const { body } = await createApi(providers).page({ addresses: ['identity:maya'] })

  expect(idsOf(body)).toEqual(ids)
  expect(body).toMatchObject({ failures: [], notSearched: ['bird'] })
})

test('refuses an address that no provider can look up', async () => {
  const providers = createAccounts({}).providers.filter(({ name }) => name === 'bird')

  const { status, body } = await createApi(providers).page({ addresses: ['identity:maya'] })

  expect(status).toBe(400)
  expect(body.error?.code).toBe('unsupported_address')
})

test.each([WHATSAPP_USER, WHATSAPP_USER.replace('whatsapp:', '')])(
  'finds a customer without a number as %s, on both providers',
  async (address) => {
    const { providers, ids } = createAccounts({
      twilio: onTwilio(3, WHATSAPP_USER),
      bird: onBird(2, WHATSAPP_USER),
    })

    expect(idsOf(...(await createApi(providers).pages({ addresses: [address] })))).toEqual(ids)
  },
)

test('answers with an empty last page for a customer without conversations', async () => {
  const { providers } = createAccounts({})

  const { status, body } = await createApi(providers).page()

  expect(status).toBe(200)
  expect(body).toEqual({ conversations: [], nextCursor: null, failures: [], notSearched: [] })
})

test('stops asking the providers when the browser has gone', async () => {
  const browser = new AbortController()
  const signals: AbortSignal[] = []
  const fetchForever = (_input: unknown, { signal }: RequestInit = {}): Promise<Response> => {
    if (signal) signals.push(signal)
    browser.abort()
    return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
  }
  const log: Error[] = []
  const { providers } = createAccounts({}, { fetch: fetchForever })
  const server = await serve({ ...APP, providers, log: (error) => log.push(error) }, 0)

  const answer = fetch(`${server.url}/api/conversations`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ addresses: [CUSTOMER], cursor: null }),
    signal: browser.signal,
  })

  await expect(answer).rejects.toThrow('abort')
  await expect.poll(() => signals.map(({ aborted }) => aborted)).toEqual([true, true, true, true])
  await server.close()
  expect(log).toEqual([])
})

test('requests the first page of every address from all providers at once', async () => {
  const { providers, standIn } = createAccounts({ twilio: onTwilio(60), bird: onBird(10) })

  await createApi(providers).pages({ addresses: [CUSTOMER, 'maya@example.com'] })

  const hosts = standIn.requests.map(({ url }) => new URL(url).host.replace(/^.*?(twilio|bird).*$/, '$1'))
  expect(hosts.slice(0, 6).sort()).toEqual(['bird', 'bird', 'twilio', 'twilio', 'twilio', 'twilio'])
  expect(hosts.slice(6)).toEqual(['twilio'])
})

test('says which providers and statuses there are', async () => {
  const { providers } = createAccounts({})

  const { text } = await createApi(providers).request('/api/inbox')

  expect(JSON.parse(text)).toEqual({
    providers: ['twilio', 'bird'],
    statuses: ['active', 'inactive', 'closed', 'deleted', 'unknown'],
    customers: null,
    channelNames: {},
    consoleUrls: {},
  })
})
