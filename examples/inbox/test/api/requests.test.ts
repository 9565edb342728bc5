import { describe, expect, test } from 'vitest'
import { createApp } from '../../server/app.ts'
import { readParticipant } from '../../server/read-participant.ts'
import { BIRD, CUSTOMER, createAccounts, onBird, onTwilio, TWILIO } from '../support/accounts.ts'
import { APP, createApi } from '../support/api.ts'

describe('what an agent types', () => {
  test.each([
    ['+12025550123', '+12025550123'],
    [' +1 (202) 555-0123 ', '+12025550123'],
    ['+1.202.555.0123', '+12025550123'],
    ['0044 20 7946 0018', '+442079460018'],
    ['+44 (0)20 7946 0018', '+442079460018'],
    ['tel:+1-202-555-0123', '+12025550123'],
    ['whatsapp:+12025550123', '+12025550123'],
    ['+1 202 555‑0123', '+12025550123'],
  ])('%j is a phone number', (typed, phone) => {
    expect(readParticipant(typed)).toEqual({ phone })
  })

  test.each([
    ['maya@example.com', 'maya@example.com'],
    [' Maya.L+shop@Example.com', 'Maya.L+shop@Example.com'],
    ['whatsapp:US.13491208655302741918', 'whatsapp:US.13491208655302741918'],
    [' US.ENT.13491208655302741918', 'whatsapp:US.ENT.13491208655302741918'],
  ])('%j is an address', (typed, address) => {
    expect(readParticipant(typed)).toEqual({ address })
  })

  test('"identity:maya" is a chat user', () => {
    expect(readParticipant(' identity:maya')).toEqual({ identity: 'maya' })
  })

  test.each([
    ['12025550123', '+12025550123'],
    ['1 (202) 555-0123', '+12025550123'],
    ['maya', 'identity:maya'],
    ['user_2f9c41', 'identity:user_2f9c41'],
  ])('%j is refused with what may be meant: %j', async (address, suggestion) => {
    const { body } = await createApi(createAccounts({}).providers).page({ addresses: [address] })

    expect(body.error).toMatchObject({ code: 'invalid_address', address, suggestion })
  })

  test.each(['202 555 0123', '0123456789012', 'Maya Lindqvist', 'whatsapp:maya', ''])(
    '%j is refused without a guess',
    async (address) => {
      const { body } = await createApi(createAccounts({}).providers).page({ addresses: [address] })

      expect(body.error).not.toHaveProperty('suggestion')
    },
  )

  test.each([
    '',
    'maya',
    '202 555 0123',
    '+1',
    '+0123456789',
    '+12345678901234567',
    'a b@example.com',
    '<b>@',
    'whatsapp:maya',
  ])('%j is refused, with examples of what is not', async (address) => {
    const { status, body } = await createApi(createAccounts({}).providers).page({
      addresses: [CUSTOMER, address],
    })

    expect(status).toBe(400)
    expect(body.error).toMatchObject({ code: 'invalid_address', address })
    expect(body.error?.message).toContain('+1 202 555 0123')
  })
})

describe('the API', () => {
  test.each([
    ['no JSON', 'address=1'],
    ['no addresses', '{"cursor":null}'],
    ['an empty list of addresses', '{"addresses":[],"cursor":null}'],
    [
      'more addresses than a person has',
      JSON.stringify({ addresses: Array(21).fill(CUSTOMER), cursor: null }),
    ],
    ['an unknown status', '{"addresses":["+12025550123"],"cursor":null,"status":"open"}'],
    ['a number as cursor', '{"addresses":["+12025550123"],"cursor":7}'],
  ])('refuses %s with 400', async (_name, body) => {
    const answer = await createApi(createAccounts({}).providers).page({}, { body })

    expect(answer.status).toBe(400)
    expect(answer.body.error?.code).toBe('invalid_request')
  })

  test('refuses what a form of another site could send', async () => {
    const headers = { 'Content-Type': 'text/plain' }

    const { status } = await createApi(createAccounts({}).providers).page({}, { headers })

    expect(status).toBe(415)
  })

  test('refuses a host name that is not of this machine', async () => {
    const app = createApp({ ...APP, ...createAccounts({}) })

    const response = await app.request('http://inbox.example/api/inbox')

    expect(response.status).toBe(421)
  })

  test('says in JSON that a path leads nowhere', async () => {
    const { status, body } = await createApi(createAccounts({}).providers).request('/api/nothing')

    expect(status).toBe(404)
    expect(body.error?.code).toBe('not_found')
  })

  test('forbids scripts, frames and anything else from elsewhere, and caching', async () => {
    const { headers } = await createApi(createAccounts({}).providers).request('/api/inbox')

    const policy = headers.get('Content-Security-Policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(headers.get('Cache-Control')).toBe('no-store')
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
  })

  test('tells no credential, whatever the providers answer', async () => {
    const { providers, standIn } = createAccounts({ twilio: onTwilio(30), bird: onBird(30) })
    const api = createApi(providers)
    const answers = [await api.request('/api/inbox'), await api.page()]
    for (const status of [400, 401, 403, 404, 429, 500]) {
      standIn.fail({ status, message: `${TWILIO.authToken} ${BIRD.accessKey}`, times: 2 })
      answers.push(await api.page())
    }

    for (const { text, headers } of answers) {
      const told = text + JSON.stringify([...headers])
      expect(told).not.toContain(TWILIO.authToken)
      expect(told).not.toContain(BIRD.accessKey)
      expect(told).not.toContain(btoa(`${TWILIO.accountSid}:${TWILIO.authToken}`))
    }
  })

  test('asks for the customer in the body: the URL, which is logged, does not say who it is', async () => {
    const { status } = await createApi(createAccounts({}).providers).request(
      `/api/conversations?address=${encodeURIComponent(CUSTOMER)}`,
    )

    expect(status).toBe(404)
  })
})
