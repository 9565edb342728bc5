import { describe, expect, test } from 'vitest'
import { CUSTOMER, createAccounts, onBird, onTwilio } from '../support/accounts.ts'
import { type Answer, createApi } from '../support/api.ts'

const accounts = () => createAccounts({ twilio: onTwilio(330), bird: onBird(60) })

const expectRefusal = ({ status, body }: Answer): void => {
  expect({ status, body }).toEqual({
    status: 400,
    body: {
      error: {
        code: 'invalid_cursor',
        message: 'This place in the list is no longer valid. Start again from the top.',
      },
    },
  })
}

describe('a cursor is refused with a readable message', () => {
  test('when any of its characters has been changed', async () => {
    const api = createApi(accounts().providers)
    const { nextCursor } = (await api.page()).body
    const cursor = nextCursor ?? ''

    for (let index = 0; index < cursor.length; index += 7) {
      const other = cursor[index] === 'A' ? 'B' : 'A'
      expectRefusal(await api.page({ cursor: cursor.slice(0, index) + other + cursor.slice(index + 1) }))
    }
  })

  test.each([
    ['empty', ''],
    ['no cursor', 'abc'],
    ['not base64url', '../../etc/passwd'],
    ['long', 'A'.repeat(60_000)],
  ])('when it is %s', async (_name, cursor) => {
    expectRefusal(await createApi(accounts().providers).page({ cursor }))
  })

  test('when it was cut', async () => {
    const api = createApi(accounts().providers)
    const { nextCursor } = (await api.page()).body

    expectRefusal(await api.page({ cursor: nextCursor?.slice(0, -4) ?? null }))
  })

  test('when it belongs to another customer, status or server', async () => {
    const { providers } = accounts()
    const api = createApi(providers)
    const cursor = (await api.page()).body.nextCursor

    expectRefusal(await api.page({ cursor, addresses: ['+12025550199'] }))
    expectRefusal(await api.page({ cursor, status: 'active' }))
    const restarted = createApi(providers, { cursorSecret: 'another-secret-that-is-long-enough' })
    expectRefusal(await restarted.page({ cursor }))
  })

  test('when the provider no longer knows its page token', async () => {
    const { providers, standIn } = accounts()
    const api = createApi(providers)
    const cursor = (await api.page()).body.nextCursor
    standIn.fail({ provider: 'twilio', status: 400, code: 21481 })

    expectRefusal(await api.page({ cursor }))
  })

  test('when the API is asked for more than a request may hold', async () => {
    const { status, body } = await createApi(accounts().providers).page({ cursor: 'A'.repeat(300_000) })

    expect(status).toBe(413)
    expect(body.error?.message).toBe('The request is too large.')
  })
})

test('a cursor tells nothing of the customer, the provider or the place', async () => {
  const { nextCursor } = (await createApi(accounts().providers).page()).body
  const content = Buffer.from(nextCursor ?? '', 'base64url').toString('latin1')

  expect(content).not.toBe('')
  for (const told of [CUSTOMER, '2025550123', 'twilio', 'PT', '"v":']) expect(content).not.toContain(told)
})
