import { describe, expect, test } from 'vitest'
import { createAccounts, onBird, onTwilio } from '../support/accounts.ts'
import { createApi, idsOf } from '../support/api.ts'

describe('a provider that fails', () => {
  test('is left out of the page, which says so and has the conversations of the others', async () => {
    const { providers, standIn, ids } = createAccounts({ twilio: onTwilio(40), bird: onBird(40) })
    standIn.fail({ provider: 'twilio', status: 503 })

    const { body } = await createApi(providers).page()

    const failure = { provider: 'twilio', problem: 'does not answer', cursor: expect.any(String) }
    expect(body.failures).toEqual([failure])
    expect(idsOf(body)).toEqual(ids.slice(40))
    expect(body.nextCursor).toBeNull()
  })

  test('midway keeps what came before, and says where to try again: nothing is missing then', async () => {
    const { providers, standIn, ids } = createAccounts({ twilio: onTwilio(90), bird: onBird(10) })
    const api = createApi(providers)
    standIn.fail({ provider: 'twilio', page: 2, status: 503 })

    const first = (await api.page()).body
    const [failure] = first.failures
    const rest = await api.pages({ cursor: failure?.cursor ?? null })

    expect(idsOf(first)).toEqual([...ids.slice(0, 50), ...ids.slice(90)])
    expect(idsOf(...rest)).toEqual(ids.slice(50))
  })

  test('is named with every other one that fails, in the order in which they are listed', async () => {
    const { providers, standIn } = createAccounts({ twilio: onTwilio(10), bird: onBird(10) })
    // Twilio is asked for each channel.
    standIn.fail({ provider: 'twilio', status: 429, times: 3 })
    standIn.fail({ provider: 'bird', status: 401 })

    const { body } = await createApi(providers).page()

    expect(body.conversations).toEqual([])
    expect(body.failures.map(({ provider }) => provider)).toEqual(['twilio', 'twilio', 'twilio', 'bird'])
  })

  test.each([
    ['401', { status: 401 }, 'rejected this server’s credentials'],
    ['403', { status: 403 }, 'rejected this server’s credentials'],
    ['429', { status: 429 }, 'is busy'],
    ['500', { status: 500 }, 'does not answer'],
    ['a broken connection', { networkError: true }, 'does not answer'],
    ['HTML', { body: 'not JSON' }, 'sent a response that cannot be used'],
  ] as const)('is described in words after %s', async (_name, failure, problem) => {
    const { providers, standIn } = createAccounts({ bird: onBird(1) })
    standIn.fail({ provider: 'bird', ...failure })

    const { body } = await createApi(providers).page()

    expect(body.failures).toMatchObject([{ provider: 'bird', problem }])
  })

  test('is described in words after a 404 of Twilio, which no customer is the reason for', async () => {
    const { providers, standIn } = createAccounts({ twilio: onTwilio(1) })
    standIn.fail({ provider: 'twilio', status: 404, times: 3 })

    const { body } = await createApi(providers).page()

    expect(body.failures[0]).toMatchObject({ provider: 'twilio', problem: 'does not know this account' })
  })

  test('is none after a 404 of Bird, which may not know the customer', async () => {
    const { providers, standIn } = createAccounts({ twilio: onTwilio(2), bird: onBird(1) })
    standIn.fail({ provider: 'bird', status: 404 })

    const { body } = await createApi(providers).page()

    expect(body.failures).toEqual([])
    expect(body.conversations).toHaveLength(2)
  })

  test('is described in words after its time limit', async () => {
    const { providers, standIn } = createAccounts({ bird: onBird(1) }, { timeoutMs: 20 })
    standIn.fail({ provider: 'bird', delayMs: Number.POSITIVE_INFINITY })

    const { body } = await createApi(providers).page()

    expect(body.failures).toMatchObject([{ provider: 'bird', problem: 'does not answer' }])
  })
})
