import { describe, expect, it } from 'vitest'
import type { BirdProvider, ParticipantOf } from '../../src/index.ts'
import { sampleBirdConversations, sampleTwilioConversations } from '../../src/testing/sample-data.ts'
import { address, channelId, fromBird, fromTwilio, listFromBird, listFromTwilio } from '../support/listing.ts'

const id = 'bace24af-cebb-4bd5-a1e6-f7cff24abadf'
const contactId = '8f0b5377-2edc-4116-a8e8-6a475f245a04'
const email = 'ada@example.com'

function twilioBinding(binding: object, more: object = {}): object {
  return { conversation_sid: 'CH1', participant_messaging_binding: binding, ...more }
}

describe('the channel of a conversation on Twilio', () => {
  const bindings: [object, string | null][] = [
    [twilioBinding({ type: 'sms', address }), 'sms'],
    [twilioBinding({ type: 'whatsapp', address: `whatsapp:${address}` }), 'whatsapp'],
    [twilioBinding({ type: 'carrier-pigeon', address: 'loft 3' }), 'carrier-pigeon'],
    [{ conversation_sid: 'CH1', participant_identity: 'ada' }, 'chat'],
    [twilioBinding({ type: 'sms', projected_address: address }, { participant_identity: 'ada' }), 'sms'],
    [twilioBinding({ type: null }, { participant_identity: 'ada' }), 'chat'],
    [{ conversation_sid: 'CH1' }, null],
    [twilioBinding({ address: `whatsapp:${address}` }), 'whatsapp'],
    [twilioBinding({ type: '', address: 'messenger:99' }), 'messenger'],
    [twilioBinding({ address: `rcs:${address}` }, { participant_identity: 'ada' }), 'rcs'],
    [twilioBinding({ type: 'sms', address: `whatsapp:${address}` }), 'whatsapp'],
    [twilioBinding({ address }), null],
  ]
  for (const [raw, type] of bindings) {
    it(`is ${type} for ${JSON.stringify(raw)}`, async () => {
      const conversation = await fromTwilio(raw)
      expect(conversation.channel).toEqual({ id: null, type })
      expect(conversation.participant).toMatchObject({ channel: type })
    })
  }
})

describe('the channel of a conversation on Bird', () => {
  const contact = (key: string, value: string) => ({
    id: contactId,
    type: 'contact',
    contact: { identifierKey: key, identifierValue: value },
  })
  const raws: [object, string | null][] = [
    [{ id, channelId, platformStyle: 'email' }, 'email'],
    [
      { id, channelId, platformStyle: 'direct', featuredParticipants: [contact('emailaddress', email)] },
      'email',
    ],
    [
      { id, channelId, platformStyle: 'direct', featuredParticipants: [contact('phonenumber', address)] },
      null,
    ],
    [{ id, channelId, platformStyle: 'telepathy' }, null],
  ]
  for (const [raw, type] of raws) {
    it(`is ${type} for ${JSON.stringify(raw)}`, async () => {
      expect((await fromBird(raw, { id: contactId })).channel).toEqual({ id: channelId, type })
    })
  }
})

describe('the participant of a conversation on Twilio', () => {
  it('has its address without the channel prefix', async () => {
    for (const channel of ['whatsapp', 'rcs', 'messenger']) {
      const raw = twilioBinding({ type: channel, address: `${channel}:${address}`, name: 'Ada' })
      expect((await fromTwilio(raw)).participant).toMatchObject({ address, channel, name: 'Ada' })
    }
  })

  it('may have only a projected address', async () => {
    const raw = twilioBinding({ type: 'sms', projected_address: '+12025550100' })
    expect((await fromTwilio(raw)).participant).toMatchObject({
      address: null,
      projectedAddress: '+12025550100',
    })
  })
})

describe('the participant of a conversation on Bird', () => {
  const ada = {
    id: contactId,
    type: 'contact',
    contact: { identifierKey: 'phonenumber', identifierValue: address },
  }
  const agent = { id: 'a', type: 'user', displayName: 'Kim' }
  const flat = { id: contactId, type: 'contact', identifierKey: 'phonenumber', identifierValue: address }
  const byFacebook = {
    id: 'f',
    type: 'contact',
    contact: { identifierKey: 'facebookid-7', identifierValue: '99' },
  }

  const asked: Record<string, ParticipantOf<BirdProvider>> = {
    id: { id: contactId },
    identifier: { identifierKey: 'phonenumber', identifierValue: address },
    address: { address },
    'prefixed address': { address: `whatsapp:${address}` },
  }
  for (const [how, ref] of Object.entries(asked)) {
    it(`is the featured one that was looked up by ${how}`, async () => {
      const conversation = await fromBird({ id, featuredParticipants: [agent, ada] }, ref)
      expect(conversation.participant).toMatchObject({ id: contactId, address })
      expect(conversation.participants[1]).toEqual(conversation.participant)
    })

    it(`is found by ${how} if its identifier is at its top level`, async () => {
      const conversation = await fromBird({ id, featuredParticipants: [agent, flat] }, ref)
      expect(conversation.participant).toMatchObject({ identifierKey: 'phonenumber', address })
    })

    it(`is the initiating one that was looked up by ${how}, if it is not featured`, async () => {
      const conversation = await fromBird(
        { id, featuredParticipants: [agent], initiatingParticipant: ada },
        ref,
      )
      expect(conversation).toMatchObject({ participant: { id: contactId }, createdBy: contactId })
      expect(conversation.participants).toMatchObject([{ id: 'a' }])
    })

    it(`is null if nobody matches the ${how} that was looked up`, async () => {
      const raw = { id, featuredParticipants: [agent, byFacebook], initiatingParticipant: agent }
      expect((await fromBird(raw, ref)).participant).toBeNull()
    })
  }

  it('is found by a channel-specific identifier', async () => {
    const ref = { identifierKey: 'facebookid-7', identifierValue: '99' }
    const { participant } = await fromBird({ id, featuredParticipants: [ada, byFacebook] }, ref)
    expect(participant).toMatchObject({ id: 'f', address: null, channel: null, ...ref })
  })

  it('is found by address if only the platform address names it', async () => {
    const other = { id: 'o', contact: { platformAddress: '+12025550199' } }
    for (const asked of [address, email]) {
      const named = { id: 'n', contact: { identifierKey: 'x', identifierValue: 'y', platformAddress: asked } }
      const raw = { id, featuredParticipants: [agent, other, named] }
      expect((await fromBird(raw, { address: asked })).participant).toMatchObject({ id: 'n', address: asked })
    }
  })

  it('is found by an e-mail address that Bird spells in another case', async () => {
    const contact = { identifierKey: 'emailaddress', identifierValue: 'jo@example.com' }
    const raw = { id, featuredParticipants: [agent], initiatingParticipant: { id: 'jo', contact } }
    expect((await fromBird(raw, { address: 'Jo@Example.com' })).participant).toMatchObject({ id: 'jo' })
  })

  it('is the one whose e-mail address is spelled the same, if there is one', async () => {
    const spelled = (identifierValue: string) => ({
      contact: { identifierKey: 'emailaddress', identifierValue },
    })
    const raw = {
      id,
      featuredParticipants: [spelled('jo@example.com')],
      initiatingParticipant: spelled('Jo@Example.com'),
    }
    const { participant } = await fromBird(raw, { address: 'Jo@Example.com' })
    expect(participant).toMatchObject({ identifierValue: 'Jo@Example.com' })
  })

  it('has the identifier from its top level if its contact has none', async () => {
    const raw = { ...flat, contact: { platformAddress: 'urn:mbid:AQAAY' } }
    const { participant } = await fromBird({ id, featuredParticipants: [raw] })
    expect(participant).toMatchObject({ identifierKey: 'phonenumber', identifierValue: address, address })
  })

  it('does not have the key of one identifier with the value of another', async () => {
    const pairs: [object, object | null, object][] = [
      [flat, { identifierKey: 'facebookid-7' }, { identifierKey: 'phonenumber', identifierValue: address }],
      [flat, { identifierValue: '99' }, { identifierKey: 'phonenumber', identifierValue: address }],
      [flat, byFacebook.contact, { identifierKey: 'facebookid-7', identifierValue: '99' }],
      [
        { id: contactId, identifierValue: '99' },
        { identifierKey: 'k' },
        { identifierKey: 'k', identifierValue: '99' },
      ],
      [{ id: contactId }, { identifierKey: 'k' }, { identifierKey: 'k', identifierValue: null }],
      [{ id: contactId, identifierKey: 'k' }, null, { identifierKey: 'k', identifierValue: null }],
    ]
    for (const [top, contact, expected] of pairs) {
      const { participant } = await fromBird(
        { id, featuredParticipants: [{ ...top, contact }] },
        { id: contactId },
      )
      expect(participant).toMatchObject(expected)
    }
  })

  it('has the platform address if its identifier has a key but no value', async () => {
    const contact = { identifierKey: 'phonenumber', platformAddress: address }
    const raw = { id, featuredParticipants: [{ id: contactId, contact }] }
    expect((await fromBird(raw, { id: contactId })).participant).toMatchObject({ address })
  })

  it('has the platform address if that is a phone number or an e-mail address', async () => {
    expect(await addressFor(address)).toBe(address)
    expect(await addressFor(email)).toBe(email)
    expect(await addressFor('urn:mbid:AQAAY')).toBeNull()
  })

  it("does not have a channel's own id, or a number in another format, as its address", async () => {
    for (const platformAddress of ['7123456789012345', '12025550123', '(202) 555-0123 ', ` ${address}`]) {
      expect(await addressFor(platformAddress)).toBeNull()
    }
  })

  it('has the platform address without its prefix', async () => {
    expect(await addressFor(`whatsapp:${address}`)).toBe(address)
    expect(await addressFor('messenger:7123456789012345')).toBeNull()
  })

  async function addressFor(platformAddress: string): Promise<string | null | undefined> {
    const contact = { identifierKey: 'applebc-7', identifierValue: 'x', platformAddress }
    const raw = { id, featuredParticipants: [{ id: contactId, contact }] }
    return (await fromBird(raw, { id: contactId })).participant?.address
  }
})

describe('every conversation', () => {
  it('is plain data that can be cloned and serialized as JSON', async () => {
    const conversations = [
      ...(await listFromTwilio({
        conversations: sampleTwilioConversations({ address, count: 40 }),
        meta: { key: 'conversations', next_page_url: null },
      })),
      ...(await listFromBird({ results: sampleBirdConversations({ address, channelId, count: 40 }) })),
    ]
    expect(conversations).toHaveLength(100)
    for (const conversation of conversations) {
      expect(structuredClone(conversation)).toStrictEqual(conversation)
      const { createdAt, raw, participants } = JSON.parse(JSON.stringify(conversation))
      expect(new Date(createdAt)).toEqual(conversation.createdAt)
      expect(raw).toEqual(conversation.raw)
      expect(participants).toEqual(conversation.participants)
    }
  })
})
