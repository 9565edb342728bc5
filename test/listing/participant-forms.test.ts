import { describe, expect, it } from 'vitest'
import {
  type ConversationProvider,
  listParticipantConversations,
  type ParticipantRef,
  UnsupportedParticipantError,
} from '../../src/index.ts'
import { birdWith, channelId, recordingFetch, twilioWith, workspaceId } from '../support/listing.ts'

const onTwilio = (value: string) =>
  `https://conversations.twilio.com/v1/ParticipantConversations?${value}&PageSize=50`
const onBird = (path: string) =>
  `https://api.bird.com/workspaces/${workspaceId}/participants/${path}/conversations?channelId=${channelId}&limit=100`
const refused = null

describe('a participant named by', () => {
  const astral = '🎉'.repeat(256)
  const forms: [string, ParticipantRef, string | null, string | null][] = [
    [
      'a phone number',
      { address: '+375255555555' },
      onTwilio('Address=%2B375255555555'),
      onBird('phonenumber/%2B375255555555'),
    ],
    [
      'an e-mail address',
      { address: 'a@b.com' },
      onTwilio('Address=a%40b.com'),
      onBird('emailaddress/a%40b.com'),
    ],
    [
      'an e-mail address with characters that are special in URLs',
      { address: 'a+b/c?d#e%2F&f@b.com' },
      onTwilio('Address=a%2Bb%2Fc%3Fd%23e%252F%26f%40b.com'),
      onBird('emailaddress/a%2Bb%2Fc%3Fd%23e%252F%26f%40b.com'),
    ],
    [
      'a phone number with the WhatsApp prefix',
      { address: 'whatsapp:+375255555555' },
      onTwilio('Address=whatsapp%3A%2B375255555555'),
      onBird('phonenumber/%2B375255555555'),
    ],
    [
      'a phone number and the WhatsApp channel',
      { address: '+375255555555', channel: 'whatsapp' },
      onTwilio('Address=whatsapp%3A%2B375255555555'),
      onBird('phonenumber/%2B375255555555'),
    ],
    [
      'a prefix and the same channel',
      { address: 'WhatsApp:+375255555555', channel: 'whatsapp' },
      onTwilio('Address=whatsapp%3A%2B375255555555'),
      onBird('phonenumber/%2B375255555555'),
    ],
    [
      'a phone number and the RCS channel',
      { address: '+375255555555', channel: 'rcs' },
      onTwilio('Address=rcs%3A%2B375255555555'),
      onBird('phonenumber/%2B375255555555'),
    ],
    [
      'a phone number and the SMS channel',
      { address: '+375255555555', channel: 'sms' },
      onTwilio('Address=%2B375255555555'),
      onBird('phonenumber/%2B375255555555'),
    ],
    [
      'a Messenger address',
      { address: 'messenger:1234567' },
      onTwilio('Address=messenger%3A1234567'),
      refused,
    ],
    [
      'a phone number and the Viber channel',
      { address: '+375255555555', channel: 'viber' },
      onTwilio('Address=%2B375255555555'),
      onBird('phonenumber/%2B375255555555'),
    ],
    [
      'an id and the Messenger channel',
      { address: '1234567', channel: 'messenger' },
      onTwilio('Address=messenger%3A1234567'),
      refused,
    ],
    ['an address of an unknown kind', { address: 'loft 3' }, onTwilio('Address=loft%203'), refused],
    ['an identity', { identity: 'ada' }, onTwilio('Identity=ada'), refused],
    [
      'an identity with special characters',
      { identity: 'ä /?#&=+%..' },
      onTwilio('Identity=%C3%A4%20%2F%3F%23%26%3D%2B%25..'),
      refused,
    ],
    [
      'an identity of 256 characters outside the basic plane',
      { identity: astral },
      onTwilio(`Identity=${encodeURIComponent(astral)}`),
      refused,
    ],
    ['an identity of dots', { identity: '..' }, onTwilio('Identity=..'), refused],
    ['an id', { id: 'a1' }, refused, onBird('a1')],
    ['an id with a slash', { id: 'a/../b' }, refused, onBird('a%2F..%2Fb')],
    ['an id of three dots', { id: '...' }, refused, onBird('...')],
    ['an id that is already percent-encoded', { id: '%2e%2e' }, refused, onBird('%252e%252e')],
    [
      'an identifier',
      { identifierKey: 'facebookid-7', identifierValue: '9 9' },
      refused,
      onBird('facebookid-7/9%209'),
    ],
    [
      'an identifier that is a phone number without a plus, which is not checked',
      { identifierKey: 'phonenumber', identifierValue: '375255555555' },
      refused,
      onBird('phonenumber/375255555555'),
    ],
  ]

  for (const [what, participant, twilioUrl, birdUrl] of forms) {
    it(`${what} is ${twilioUrl === null ? 'refused by' : 'looked up on'} Twilio`, async () => {
      expect(await askedBy(twilioWith, participant)).toBe(twilioUrl)
    })
    it(`${what} is ${birdUrl === null ? 'refused by' : 'looked up on'} Bird`, async () => {
      expect(await askedBy(birdWith, participant)).toBe(birdUrl)
    })
  }
})

/** The URL that is requested for a participant, or null if the provider refuses it. */
async function askedBy(
  providerWith: typeof twilioWith | typeof birdWith,
  participant: ParticipantRef,
): Promise<string | null> {
  const { fetch, requests } = recordingFetch()
  const provider: ConversationProvider = providerWith(fetch)
  try {
    await listParticipantConversations({ provider, participant }).toArray()
  } catch (error) {
    if (error instanceof UnsupportedParticipantError && requests.length === 0) return refused
    throw error
  }
  return requests[0]?.href ?? ''
}
