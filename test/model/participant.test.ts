import { describe, expect, it } from 'vitest'
import {
  type BirdOptions,
  type BirdProvider,
  type ListOptions,
  listParticipantConversations,
  type ParticipantOf,
} from '../../src/index.ts'
import { sampleBirdConversations, sampleTwilioConversations } from '../../src/testing/sample-data.ts'
import {
  accountSid,
  address,
  birdWith,
  channelId,
  fromBird,
  fromTwilio,
  listFromBird,
  listFromTwilio,
  recordingFetch,
} from '../support/listing.ts'

const id = 'bace24af-cebb-4bd5-a1e6-f7cff24abadf'
const contactId = '8f0b5377-2edc-4116-a8e8-6a475f245a04'
const email = 'ada@example.com'
const whatsAppUser = 'US.13490000055302741918'

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
    [twilioBinding({ type: 'SMS', address }), 'sms'],
    [twilioBinding({ type: 'WhatsApp', address }), 'whatsapp'],
    [twilioBinding({ type: 'SMS', address: `WhatsApp:${address}` }), 'whatsapp'],
    [twilioBinding({ type: 'Carrier-Pigeon', address: 'loft 3' }), 'carrier-pigeon'],
    [twilioBinding({ type: 'apple', address: 'urn:mbid:AQAAY' }), 'apple'],
    [twilioBinding({ address: 'urn:mbid:AQAAY' }), null],
    [twilioBinding({ type: 'whatsapp', address: `whatsapp:${whatsAppUser}` }), 'whatsapp'],
  ]
  for (const [raw, type] of bindings) {
    it(`is ${type} for ${JSON.stringify(raw)}`, async () => {
      const conversation = await fromTwilio(raw)
      expect(conversation.channel).toEqual({ id: null, type, businessAddress: null })
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
    [
      { id, channelId, platformStyle: 'email', featuredParticipants: [contact('facebookid-7', '99')] },
      'email',
    ],
    ...(
      [
        ['emailaddress', 'email'],
        ['whatsappbsuid', 'whatsapp'],
        ['whatsappusername', 'whatsapp'],
        ['facebookid-7', 'messenger'],
        ['applebc-7', 'apple'],
        ['carrierpigeon-7', null],
      ] as const
    ).map(([key, type]): [object, string | null] => [
      { id, channelId, featuredParticipants: [contact(key, '99')] },
      type,
    ]),
  ]
  for (const [raw, type] of raws) {
    it(`is ${type} for ${JSON.stringify(raw)}`, async () => {
      const { channel } = await fromBird(raw, { id: contactId })
      expect(channel).toEqual({ id: channelId, type, businessAddress: null })
    })
  }
})

describe("the business's address of a conversation on Twilio", () => {
  const bindings: [object, string | null][] = [
    [{ type: 'sms', address, proxy_address: '+12025550100' }, '+12025550100'],
    [
      { type: 'whatsapp', address: `whatsapp:${address}`, proxy_address: 'whatsapp:+12025550100' },
      '+12025550100',
    ],
    [{ type: 'rcs', address: `rcs:${address}`, proxy_address: 'rcs:brand_agent' }, 'brand_agent'],
    [{ type: 'messenger', address: 'messenger:99', proxy_address: 'messenger:1234' }, '1234'],
    [{ type: 'email', address: email, proxy_address: 'help@example.com' }, 'help@example.com'],
    [{ type: 'apple', address: 'urn:mbid:AQAAY', proxy_address: 'urn:biz:7' }, 'urn:biz:7'],
    [{ type: 'sms', projected_address: address, proxy_address: '+12025550100' }, '+12025550100'],
    [{ type: 'sms', address, proxy_address: '' }, null],
    [{ type: 'whatsapp', address, proxy_address: 'whatsapp:' }, null],
    [{ type: 'sms', address, proxy_address: null }, null],
    [{ type: 'sms', address, proxy_address: 12025550100 }, null],
    [{ type: 'sms', address }, null],
  ]
  for (const [binding, businessAddress] of bindings) {
    it(`is ${businessAddress} for ${JSON.stringify(binding)}`, async () => {
      const { channel, raw } = await fromTwilio(twilioBinding(binding))
      expect(channel).toMatchObject({ id: null, businessAddress })
      expect(raw.participant_messaging_binding).toEqual(binding)
    })
  }

  it('is null for chat', async () => {
    for (const more of [{}, { participant_messaging_binding: null }]) {
      const raw = { conversation_sid: 'CH1', participant_identity: 'ada', ...more }
      expect((await fromTwilio(raw)).channel).toEqual({ id: null, type: 'chat', businessAddress: null })
    }
  })

  it('is the proxy address of the participant, which keeps its prefix', async () => {
    const raw = twilioBinding({ address: `whatsapp:${address}`, proxy_address: 'whatsapp:+12025550100' })
    expect((await fromTwilio(raw)).participant).toMatchObject({
      address,
      proxyAddress: 'whatsapp:+12025550100',
    })
  })
})

describe("the business's address of a conversation on Bird", () => {
  const other = '7b0eb8a0-606b-59f1-bd90-43cacb048146'
  const addresses = { [channelId]: '+12025550100', [other]: null }

  /** Of the one conversation in a listing. */
  async function channelOf(
    raw: object,
    ours: BirdOptions['channelId'],
    more: Pick<ListOptions<BirdProvider>, 'providerOptions'> = {},
  ): Promise<object | undefined> {
    const { fetch } = recordingFetch(() => ({ results: [{ id, ...raw }] }))
    const provider = birdWith(fetch, { channelId: ours })
    const conversation = await listParticipantConversations({
      provider,
      participant: { id: contactId },
      ...more,
    }).first()
    return conversation?.channel
  }

  it('is the one that bird() has for the channel', async () => {
    expect(await channelOf({ channelId }, addresses)).toEqual({
      id: channelId,
      type: null,
      businessAddress: '+12025550100',
    })
    expect(await channelOf({ channelId: other }, addresses)).toMatchObject({ businessAddress: null })
  })

  it('is without its prefix, as on Twilio', async () => {
    for (const [given, businessAddress] of [
      ['whatsapp:+12025550100', '+12025550100'],
      ['rcs:brand_agent', 'brand_agent'],
      ['help@example.com', 'help@example.com'],
    ] as const) {
      expect(await channelOf({ channelId }, { [channelId]: given })).toMatchObject({ businessAddress })
    }
  })

  it('is found whatever the case of the id, there and here', async () => {
    // Its letters differ: 0f0e0d0c and 0F0E0D0C.
    const upper = channelId.toUpperCase()
    expect(await channelOf({ channelId: upper }, addresses)).toMatchObject({
      id: upper,
      businessAddress: '+12025550100',
    })
    expect(await channelOf({ channelId }, { [upper]: '+12025550100' })).toMatchObject({
      id: channelId,
      businessAddress: '+12025550100',
    })
  })

  it('is that of the channel listed if the conversation does not name one', async () => {
    for (const raw of [{}, { channelId: null }, { channelId: '' }]) {
      expect(await channelOf(raw, { [channelId]: '+12025550100' })).toMatchObject({
        id: null,
        businessAddress: '+12025550100',
      })
    }
  })

  it('is that of the channel that providerOptions name, or null if bird() has none for it', async () => {
    const listing = (listed: string) => ({ providerOptions: { bird: { channelId: listed } } })
    const addresses = { [channelId]: '+12025550100', [other]: '+12025550101' }
    const unknown = '0f0e0d0c-0000-4000-8000-00000000000f'
    for (const [listed, businessAddress] of [
      [other, '+12025550101'],
      [unknown, null],
    ] as const) {
      for (const raw of [{}, { channelId: listed }]) {
        expect(await channelOf(raw, addresses, listing(listed))).toMatchObject({ businessAddress })
      }
    }
  })

  it('is null if bird() has only the id of the channel', async () => {
    for (const ours of [channelId, [channelId, other], { [channelId]: null }]) {
      expect(await channelOf({ channelId }, ours)).toEqual({
        id: channelId,
        type: null,
        businessAddress: null,
      })
    }
  })
})

describe('the service of a conversation', () => {
  it('is the SID that Twilio sends, or null', async () => {
    const serviceSid = `IS${'a'.repeat(32)}`
    const sent = { conversation_sid: 'CH1', chat_service_sid: serviceSid }
    expect((await fromTwilio(sent)).serviceId).toBe(serviceSid)
    for (const none of [undefined, null, '', 7]) {
      expect((await fromTwilio({ ...sent, chat_service_sid: none })).serviceId).toBeNull()
    }
  })

  it('is null on Bird', async () => {
    expect((await fromBird({ id, channelId })).serviceId).toBeNull()
  })
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

  it('has its projected address without the brackets around it', async () => {
    for (const [projected, projectedAddress] of [
      ['[whatsapp:+12025550100]', 'whatsapp:+12025550100'],
      ['[+12025550100]', '+12025550100'],
      ['whatsapp:+12025550100', 'whatsapp:+12025550100'],
      ['[]', null],
    ]) {
      const raw = twilioBinding({ type: 'SMS', projected_address: projected })
      const conversation = await fromTwilio(raw)
      expect(conversation.participant).toMatchObject({ channel: 'sms', address: null, projectedAddress })
      expect(conversation.raw).toEqual(raw)
    }
  })

  it("has the address that Apple gives a user, with its 'urn:'", async () => {
    const raw = twilioBinding({ type: 'apple', address: 'urn:mbid:AQAAY' })
    expect((await fromTwilio(raw)).participant).toMatchObject({ address: 'urn:mbid:AQAAY', channel: 'apple' })
  })

  it('has the id of a WhatsApp user as its address, without the prefix', async () => {
    const raw = twilioBinding({ type: 'whatsapp', address: `whatsapp:${whatsAppUser}` })
    expect((await fromTwilio(raw)).participant).toMatchObject({ address: whatsAppUser, channel: 'whatsapp' })
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
    phone: { phone: address },
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
    expect(participant).toMatchObject({ id: 'f', address: null, channel: 'messenger', ...ref })
  })

  it('is found by address if only the platform address names it', async () => {
    const other = { id: 'o', contact: { platformAddress: '+12025550199' } }
    for (const asked of [address, email]) {
      const named = { id: 'n', contact: { identifierKey: 'x', identifierValue: 'y', platformAddress: asked } }
      const raw = { id, featuredParticipants: [agent, other, named] }
      expect((await fromBird(raw, { address: asked })).participant).toMatchObject({ id: 'n', address: asked })
    }
  })

  it('is found by the id of a WhatsApp user, and is on WhatsApp', async () => {
    const contact = {
      identifierKey: 'whatsappbsuid',
      identifierValue: whatsAppUser,
      platformAddress: whatsAppUser,
    }
    const jane = { id: 'p4', type: 'contact', displayName: '@jane', contact }
    for (const ref of [
      { address: `whatsapp:${whatsAppUser}` },
      { address: whatsAppUser, channel: 'whatsapp' },
      { identifierKey: 'whatsappbsuid', identifierValue: whatsAppUser },
      { id: 'p4' },
    ]) {
      const { participant, channel } = await fromBird({ id: 'c4', featuredParticipants: [jane] }, ref)
      expect(channel.type).toBe('whatsapp')
      expect(participant).toMatchObject({
        id: 'p4',
        name: '@jane',
        address: whatsAppUser,
        channel: 'whatsapp',
        identifierKey: 'whatsappbsuid',
        identifierValue: whatsAppUser,
      })
    }
    // Its case counts.
    const lower = { address: `whatsapp:${whatsAppUser.replace('8', 'a')}` }
    const upper = { id: 'p4', contact: { ...contact, identifierValue: whatsAppUser.replace('8', 'A') } }
    expect((await fromBird({ id, featuredParticipants: [upper] }, lower)).participant).toBeNull()
  })

  it('is found by a number that Bird sends without its plus, and has it in E.164 form', async () => {
    const number = address.slice(1)
    const contact = { identifierKey: 'phonenumber', identifierValue: number, platformAddress: number }
    const featuredParticipants = [agent, { id: 'p12', type: 'contact', contact }]
    for (const ref of [
      { phone: address },
      { address },
      { address: `whatsapp:${address}` },
      { identifierKey: 'phonenumber', identifierValue: address },
      { identifierKey: 'phonenumber', identifierValue: number },
    ]) {
      const { participant, participants } = await fromBird({ id: 'c12', featuredParticipants }, ref)
      expect(participant).toMatchObject({ id: 'p12', address, identifierValue: number, channel: null })
      expect(participants[1]).toEqual(participant)
    }
    const another = { phone: '+12025550124' }
    expect((await fromBird({ id: 'c12', featuredParticipants }, another)).participant).toBeNull()
  })

  it('has a number without a plus as its address only if the identifier says that it is a phone number', async () => {
    const digits = address.slice(1)
    for (const identifierKey of ['facebookid-7', null]) {
      const contact = { identifierKey, identifierValue: digits, platformAddress: digits }
      const raw = { id, featuredParticipants: [{ id: contactId, contact }] }
      expect((await fromBird(raw, { id: contactId })).participant).toMatchObject({ address: null })
    }
  })

  it('is found by the value of an identifier that has no key', async () => {
    for (const [identifierValue, found, ref] of [
      [address, address, { phone: address }],
      [address, address, { address }],
      [address, address, { identifierKey: 'phonenumber', identifierValue: address }],
      [address.slice(1), null, { phone: address }],
      [email, email, { address: 'Ada@Example.com' }],
      [whatsAppUser, null, { address: `whatsapp:${whatsAppUser}` }],
      ['99', null, { identifierKey: 'facebookid-7', identifierValue: '99' }],
    ] as const) {
      const raw = { id: 'c3', featuredParticipants: [{ contact: { identifierValue } }] }
      const { participant } = await fromBird(raw, ref)
      expect(participant).toMatchObject({
        id: null,
        address: found,
        identifierKey: null,
        identifierValue,
      })
      const others = [
        { contact: { identifierValue: '98' } },
        { contact: { identifierValue: '+12025550124' } },
      ]
      expect((await fromBird({ id: 'c3', featuredParticipants: others }, ref)).participant).toBeNull()
    }
  })

  it('is the one whose identifier has the key, if another one has the value without a key', async () => {
    const featuredParticipants = [{ contact: { identifierValue: '99' } }, byFacebook]
    const ref = { identifierKey: 'facebookid-7', identifierValue: '99' }
    expect((await fromBird({ id, featuredParticipants }, ref)).participant).toMatchObject({ id: 'f' })
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
        conversations: sampleTwilioConversations({ address, count: 40 }).map((raw) => ({
          ...raw,
          account_sid: accountSid,
        })),
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
