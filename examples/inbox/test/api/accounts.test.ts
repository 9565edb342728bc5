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
    const addressesOf = (name: string): readonly string[] =>
      customers.find((customer) => customer.name.startsWith(name))?.addresses ?? []
    return { api: createApi(providers), addressesOf }
  }

  test('are one with several addresses, one of whose conversations is found twice', async () => {
    const { api, addressesOf } = open()

    const { body } = await api.page({ addresses: addressesOf('Maya') })

    expect(
      countBy(body.conversations, ({ provider, channel }) => `${provider} ${channel.type ?? channel.id}`),
    ).toEqual({
      'twilio sms': 3,
      'twilio whatsapp': 4,
      'twilio email': 3,
      'twilio chat': 2,
      'bird 7c1d52e0-0000-4000-8000-000000000002': 9,
      'bird 5fa6c380-0000-4000-8000-000000000003': 7,
      'bird email': 9,
    })
    expect(new Set(idsOf(body)).size).toBe(37)
  })

  test('are one whom WhatsApp shows without a number', async () => {
    const { api, addressesOf } = open()

    const { body } = await api.page({ addresses: addressesOf('Noor') })

    expect(countBy(body.conversations, ({ provider, channel }) => `${provider} ${channel.type}`)).toEqual({
      'twilio whatsapp': 3,
      'bird whatsapp': 2,
    })
  })

  test('have as many conversations as their notes say', async () => {
    const { api, addressesOf } = open()

    const sams = await api.pages({ addresses: addressesOf('Sam') })
    expect(sams.map((page) => idsOf(page).length)).toEqual([300, 40])
    expect(new Set(idsOf(...sams)).size).toBe(340)
    expect(idsOf(...(await api.pages({ addresses: addressesOf('Nobody') })))).toEqual([])
  })

  test('show how a provider fails and recovers, each time somebody looks', async () => {
    const { api, addressesOf } = open()
    const addresses = addressesOf('Lena')

    for (let times = 1; times <= 2; times += 1) {
      const first = (await api.page({ addresses })).body
      const [failure] = first.failures
      const second = (await api.page({ addresses, cursor: failure?.cursor ?? null })).body

      expect(failure).toMatchObject({ provider: 'bird', problem: 'does not answer' })
      expect(idsOf(first)).toHaveLength(9)
      expect(idsOf(second)).toHaveLength(14)
    }
  })
})

function countBy<T>(items: readonly T[], name: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const item of items) counts[name(item)] = (counts[name(item)] ?? 0) + 1
  return counts
}
