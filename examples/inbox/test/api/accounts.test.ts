import { ConfigurationError } from 'participant-conversations'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { providersOf } from '../../server/accounts.ts'
import { OUR_NUMBER } from '../../server/sample-conversations.ts'
import { createStandInAccounts } from '../../server/stand-in.ts'
import { BIRD, CHANNEL_ID, createAccounts, onBird, onTwilio, TWILIO } from '../support/accounts.ts'
import { createApi, idsOf } from '../support/api.ts'

describe('with credentials in the environment', () => {
  beforeEach(() => {
    for (const name of Object.keys(process.env)) {
      if (/^(TWILIO|BIRD)_/.test(name)) vi.stubEnv(name, undefined)
    }
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    vi.unstubAllGlobals()
  })
  const setTwilio = (): void => {
    vi.stubEnv('TWILIO_ACCOUNT_SID', TWILIO.accountSid)
    vi.stubEnv('TWILIO_AUTH_TOKEN', TWILIO.authToken)
  }
  const setBird = (): void => {
    vi.stubEnv('BIRD_ACCESS_KEY', BIRD.accessKey)
    vi.stubEnv('BIRD_WORKSPACE_ID', BIRD.workspaceId)
    vi.stubEnv('BIRD_CHANNEL_ID', `${CHANNEL_ID}=${OUR_NUMBER}`)
  }
  const names = (): string[] => providersOf(process.env).map(({ name }) => name)

  test('the providers are those that have some', () => {
    expect(names()).toEqual([])
    setBird()
    expect(names()).toEqual(['bird'])
    setTwilio()
    expect(names()).toEqual(['twilio', 'bird'])
  })

  test('the inbox lists the real providers', async () => {
    const { standIn, ids } = createAccounts({ twilio: onTwilio(30), bird: onBird(30) })
    vi.stubGlobal('fetch', standIn.fetch)
    setTwilio()
    setBird()

    const pages = await createApi(providersOf(process.env)).pages()

    expect(idsOf(...pages)).toEqual(ids)
    const ours = pages.flatMap(({ conversations }) =>
      conversations.map(({ channel }) => channel.businessAddress),
    )
    expect(new Set(ours)).toEqual(new Set([OUR_NUMBER]))
    expect(new Set(standIn.requests.map(({ url }) => new URL(url).host))).toEqual(
      new Set(['conversations.twilio.com', 'api.bird.com']),
    )
  })

  test('what is missing beside them is named', () => {
    vi.stubEnv('TWILIO_ACCOUNT_SID', TWILIO.accountSid)

    expect(names).toThrow(ConfigurationError)
    expect(names).toThrow('TWILIO_AUTH_TOKEN')
  })
})

describe('the customers of the stand-in', () => {
  const open = () => {
    const { providers, customers } = createStandInAccounts({ latencyMs: 0 })
    const addressOf = (name: string): string =>
      customers.find((customer) => customer.name.startsWith(name))?.address ?? ''
    return { api: createApi(providers), addressOf }
  }

  test('are one with text messages, WhatsApp and Bird, one of whose conversations is found twice', async () => {
    const { api, addressOf } = open()

    const pages = await api.pages({ address: addressOf('Maya') })

    const conversations = pages.flatMap((page) => page.conversations)
    expect(
      countBy(conversations, ({ provider, channel }) => `${provider} ${channel.type ?? channel.id}`),
    ).toEqual({
      'twilio sms': 2,
      'twilio whatsapp': 2,
      'bird 7c1d52e0-0000-4000-8000-000000000002': 18,
      'bird 5fa6c380-0000-4000-8000-000000000003': 10,
    })
    expect(new Set(idsOf(...pages)).size).toBe(32)
    expect(new Set(conversations.map(({ channel }) => channel.businessAddress))).toEqual(
      new Set([OUR_NUMBER]),
    )
  })

  test('are one whom WhatsApp shows without a number', async () => {
    const { api, addressOf } = open()

    const [page] = await api.pages({ address: addressOf('Noor') })

    expect(
      countBy(page?.conversations ?? [], ({ provider, channel }) => `${provider} ${channel.type}`),
    ).toEqual({
      'twilio whatsapp': 3,
      'bird whatsapp': 2,
    })
  })

  test('have as many conversations as their notes say', async () => {
    const { api, addressOf } = open()

    expect(new Set(idsOf(...(await api.pages({ address: addressOf('Sam') })))).size).toBe(300)
    expect(idsOf(...(await api.pages({ address: addressOf('Nobody') })))).toEqual([])
  })

  test('show how a provider fails and recovers, each time somebody looks', async () => {
    const { api, addressOf } = open()
    const address = addressOf('Lena')

    for (let times = 1; times <= 2; times += 1) {
      const first = await api.pages({ address })
      const [failure] = first.at(-1)?.failures ?? []
      const second = await api.pages({ address, cursor: failure?.cursor ?? null })

      expect(failure).toMatchObject({ provider: 'bird', problem: 'does not answer' })
      expect(idsOf(...first)).toHaveLength(9)
      expect(idsOf(...second)).toHaveLength(14)
    }
  })
})

function countBy<T>(items: readonly T[], name: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const item of items) counts[name(item)] = (counts[name(item)] ?? 0) + 1
  return counts
}
