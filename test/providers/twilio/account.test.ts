import { beforeEach, describe, expect, it, vi } from 'vitest'
import {
  ConfigurationError,
  listParticipantConversations,
  type TwilioOptions,
  twilio,
} from '../../../src/index.ts'
import { createStandIn, fakeTwilioConversation } from '../../../src/testing/index.ts'
import { accountSid, address, authToken, errorOf, idsOf, recordingFetch } from '../../support/listing.ts'

const subaccount = `AC${'5'.repeat(32)}`
const parent = `AC${'f'.repeat(32)}`
const key = { apiKey: `SK${'b'.repeat(32)}`, apiSecret: 'a-secret-api-secret' }
const sid = 'CH00000000000000000000000000000001'

/** What Twilio sends for a subaccount if the key belongs to the parent account. */
const parentPage = {
  conversations: [
    {
      account_sid: parent,
      conversation_sid: sid,
      conversation_state: 'active',
      participant_messaging_binding: { type: 'sms', address: '+12025550123' },
    },
  ],
  meta: { key: 'conversations', next_page_url: null },
}

beforeEach(() => {
  for (const name of ['ACCOUNT_SID', 'AUTH_TOKEN', 'API_KEY', 'API_SECRET']) {
    vi.stubEnv(`TWILIO_${name}`, '')
  }
  return () => vi.unstubAllEnvs()
})

/** A provider whose every page is this one. */
function providerOf(options: TwilioOptions, page: object = parentPage) {
  const { fetch } = recordingFetch(({ url }) =>
    url.hostname === 'oauth.twilio.com' ? { access_token: 'fetched', expires_in: 3600 } : page,
  )
  return twilio({ fetch, retry: { retries: 0 }, ...options })
}

const list = (options: TwilioOptions, page?: object) =>
  listParticipantConversations({ provider: providerOf(options, page), participant: { address } })

describe('a listing of Twilio ends where it meets a conversation of another account', () => {
  const credentials: [how: string, options: TwilioOptions][] = [
    ['an API key', key],
    ['an auth token', { authToken }],
    ['an access token', { accessToken: 'a-token' }],
    ['an OAuth app', { clientId: 'OQ1', clientSecret: 'a-client-secret' }],
  ]
  for (const [how, options] of credentials) {
    it(`with ${how}, and the error names both accounts and what to do`, async () => {
      const error = await errorOf(list({ accountSid: subaccount, ...options }).toArray(), ConfigurationError)
      expect(error.message).toContain(parent)
      expect(error.message).toContain(subaccount)
      expect(error.message).toContain('Pass the account SID and the key of one account.')
      expect(error).toMatchObject({ provider: 'twilio', option: 'accountSid', isRetryable: false })
      expect(error.cursor).toEqual(expect.any(String))
    })
  }

  it('with the account of the environment', async () => {
    vi.stubEnv('TWILIO_ACCOUNT_SID', subaccount)
    vi.stubEnv('TWILIO_API_KEY', key.apiKey)
    vi.stubEnv('TWILIO_API_SECRET', key.apiSecret)
    const { message } = await errorOf(list({}).toArray(), ConfigurationError)
    expect(message).toContain(parent)
    expect(message).toContain(subaccount)
  })

  it('and delivers nothing of that page, whatever else is on it', async () => {
    const own = { account_sid: subaccount, conversation_sid: 'CH0' }
    const page = { ...parentPage, conversations: [own, ...parentPage.conversations, own] }
    const received: unknown[] = []
    const reading = async () => {
      for await (const conversation of list({ accountSid: subaccount, ...key }, page))
        received.push(conversation)
    }
    await errorOf(reading(), ConfigurationError)
    expect(received).toEqual([])
  })

  it('after the conversations of the pages before it', async () => {
    const next = 'https://conversations.twilio.com/v1/ParticipantConversations?PageToken=PT1'
    const ownPage = {
      conversations: [{ account_sid: subaccount, conversation_sid: 'CH0' }],
      meta: { key: 'conversations', next_page_url: next },
    }
    const { fetch } = recordingFetch((_, index) => (index === 0 ? ownPage : parentPage))
    const provider = twilio({ accountSid: subaccount, ...key, fetch })
    const received: { id: string }[] = []
    const reading = async () => {
      for await (const one of listParticipantConversations({ provider, participant: { address } })) {
        received.push(one)
      }
    }
    await errorOf(reading(), ConfigurationError)
    expect(idsOf(received)).toEqual(['CH0'])
  })

  it('and shows no line break or long text that a response has in place of an account', async () => {
    const page = {
      ...parentPage,
      conversations: [{ account_sid: `AC\n${'x'.repeat(999)}`, conversation_sid: sid }],
    }
    const { message } = await errorOf(
      list({ accountSid: subaccount, ...key }, page).toArray(),
      ConfigurationError,
    )
    expect(message).toContain('account "AC\\nxxx')
    expect(message).not.toContain('\n')
    expect(message.length).toBeLessThan(500)
  })
})

describe('a listing of Twilio yields conversations', () => {
  it('of the account that it is for', async () => {
    expect(idsOf(await list({ accountSid: parent, ...key }).toArray())).toEqual([sid])
  })

  it('of any account if it does not know which one it is for', async () => {
    vi.stubEnv('TWILIO_ACCOUNT_SID', subaccount)
    expect(idsOf(await list({ accessToken: 'a-token' }).toArray())).toEqual([sid])
  })

  for (const account_sid of [undefined, null, 7]) {
    it(`whose account is ${account_sid}`, async () => {
      const page = { ...parentPage, conversations: [{ account_sid, conversation_sid: sid }] }
      expect(idsOf(await list({ accountSid: subaccount, ...key }, page).toArray())).toEqual([sid])
    })
  }
})

describe('a stand-in', () => {
  const listFrom = (account: string, conversations: object[]) => {
    const { fetch } = createStandIn({ twilio: { accountSid: account, ...key, conversations } })
    const provider = twilio({ accountSid, ...key, fetch })
    return listParticipantConversations({ provider, participant: { address } })
  }

  it('of another account plays a key of that account', async () => {
    const { message } = await errorOf(
      listFrom(parent, [fakeTwilioConversation()]).toArray(),
      ConfigurationError,
    )
    expect(message).toContain(parent)
  })

  it('serves made-up rows as those of its own account', async () => {
    const [conversation] = await listFrom(accountSid, [fakeTwilioConversation()]).toArray()
    expect(conversation?.raw.account_sid).toBe(accountSid)
  })
})
