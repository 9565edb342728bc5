import { ConfigurationError } from 'participant-conversations'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { providersOf } from '../../server/accounts.ts'
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
    vi.stubEnv('BIRD_CHANNEL_ID', CHANNEL_ID)
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

    expect(idsOf(...(await createApi(providersOf(process.env)).pages()))).toEqual(ids)
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
