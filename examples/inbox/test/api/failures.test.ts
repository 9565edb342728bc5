import { describe, expect, test } from 'vitest'
import type { InboxPage } from '../../shared/api.ts'
import { createAccounts, onBird, onTwilio } from '../support/accounts.ts'
import { createApi, idsOf } from '../support/api.ts'

describe('a provider that fails', () => {
  test('is left out of the page, which says so and goes on with the next provider', async () => {
    const { providers, standIn, ids } = createAccounts({ twilio: onTwilio(40), bird: onBird(40) })
    standIn.fail({ provider: 'twilio', status: 503 })

    const pages = await createApi(providers).pages()

    const failure = { provider: 'twilio', problem: 'does not answer', isRetryable: true, before: 0 }
    expect(pages.map(({ failures }) => failures)).toEqual([[{ ...failure, cursor: expect.any(String) }], []])
    expect(pages.map((page) => idsOf(page))).toEqual([ids.slice(40, 65), ids.slice(65)])
  })

  test('says where to try again: nothing is missing then, and nothing comes twice', async () => {
    const { providers, standIn, ids } = createAccounts({ twilio: onTwilio(90), bird: onBird(10) })
    const api = createApi(providers)
    standIn.fail({ provider: 'twilio', page: 2, status: 503 })

    const [first, second] = (await api.pages()) as [InboxPage, InboxPage]
    const [failure] = second.failures
    const rest = await api.pages({ cursor: failure?.cursor ?? null })

    expect(failure?.before).toBe(0)
    expect(idsOf(first, second)).toEqual([...ids.slice(0, 25), ...ids.slice(90)])
    expect(idsOf(first, ...rest)).toEqual(ids)
  })

  test('leaves the conversations that came before it on the page', async () => {
    const { providers, standIn, ids } = createAccounts({ twilio: onTwilio(10), bird: onBird(10) })
    standIn.fail({ provider: 'bird', networkError: true })

    const { body } = await createApi(providers).page()

    expect(idsOf(body)).toEqual(ids.slice(0, 10))
    expect(body.failures).toMatchObject([{ provider: 'bird', problem: 'does not answer', before: 10 }])
    expect(body.nextCursor).toBeNull()
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
    ['401', { status: 401 }, 'rejected this server’s credentials', false],
    ['403', { status: 403 }, 'rejected this server’s credentials', false],
    ['429', { status: 429 }, 'is busy', true],
    ['500', { status: 500 }, 'does not answer', true],
    ['a broken connection', { networkError: true }, 'does not answer', true],
    ['HTML', { body: 'not JSON' }, 'sent a response that cannot be used', false],
  ] as const)('is described in words after %s', async (_name, failure, problem, isRetryable) => {
    const { providers, standIn } = createAccounts({ bird: onBird(1) })
    standIn.fail({ provider: 'bird', ...failure })

    const { body } = await createApi(providers).page()

    expect(body.failures).toMatchObject([{ provider: 'bird', problem, isRetryable }])
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
