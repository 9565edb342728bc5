import { describe, expect, test } from 'vitest'
import { createAccounts, onBird, onTwilio } from '../support/accounts.ts'
import { createApi, idsOf } from '../support/api.ts'

describe('a provider that fails', () => {
  test('ends the page, which says so and goes on with the next provider', async () => {
    const { providers, standIn } = createAccounts({ twilio: onTwilio(40), bird: onBird(10) })
    standIn.fail({ provider: 'twilio', status: 503 })

    const pages = await createApi(providers).pages()

    expect(pages[0]?.failure).toEqual({
      provider: 'twilio',
      problem: 'does not answer',
      isRetryable: true,
      cursor: null,
    })
    expect(pages.at(-1)?.conversations.map(({ provider }) => provider)).toEqual(Array(10).fill('bird'))
  })

  test('says where to try again: nothing is missing then, and nothing comes twice', async () => {
    const { providers, standIn, ids } = createAccounts({ twilio: onTwilio(90), bird: onBird(10) })
    const api = createApi(providers)
    standIn.fail({ provider: 'twilio', page: 2, status: 503 })

    const first = await api.pages()
    const index = first.findIndex(({ failure }) => failure !== null)
    const { cursor = null } = first[index]?.failure ?? {}
    const second = await api.pages({ cursor })

    expect(idsOf(...first)).toHaveLength(35)
    expect(idsOf(...first.slice(0, index + 1), ...second)).toEqual(ids)
  })

  test('leaves the conversations that came before it on the page', async () => {
    const { providers, standIn, ids } = createAccounts({ twilio: onTwilio(10), bird: onBird(10) })
    standIn.fail({ provider: 'bird', networkError: true })

    const { body } = await createApi(providers).page()

    expect(idsOf(body)).toEqual(ids.slice(0, 10))
    expect(body.failure).toMatchObject({ provider: 'bird', problem: 'does not answer' })
    expect(body.nextCursor).toBeNull()
  })

  test.each([
    ['401', { status: 401 }, 'rejected this server’s credentials', false],
    ['403', { status: 403 }, 'rejected this server’s credentials', false],
    ['404', { status: 404 }, 'does not know this customer', false],
    ['429', { status: 429 }, 'is busy', true],
    ['500', { status: 500 }, 'does not answer', true],
    ['a broken connection', { networkError: true }, 'does not answer', true],
    ['HTML', { body: 'not JSON' }, 'sent a response that cannot be used', false],
  ] as const)('is described in words after %s', async (_name, failure, problem, isRetryable) => {
    const { providers, standIn } = createAccounts({ bird: onBird(1) })
    standIn.fail({ provider: 'bird', ...failure })

    const { body } = await createApi(providers).page()

    expect(body.failure).toMatchObject({ provider: 'bird', problem, isRetryable })
  })

  test('is described in words after its time limit', async () => {
    const { providers, standIn } = createAccounts({ bird: onBird(1) }, { timeoutMs: 20 })
    standIn.fail({ provider: 'bird', delayMs: Number.POSITIVE_INFINITY })

    const { body } = await createApi(providers).page()

    expect(body.failure).toMatchObject({ provider: 'bird', problem: 'does not answer' })
  })
})
