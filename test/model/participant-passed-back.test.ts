import { describe, expect, it } from 'vitest'
import { completeConversation } from '../../src/adapter.ts'
import {
  type AnyConversation,
  type ConversationProvider,
  listParticipantConversations,
  type ParticipantRef,
  UnsupportedParticipantError,
} from '../../src/index.ts'
import {
  address,
  birdWith,
  fromBird,
  fromTwilio,
  recordingFetch,
  thrownBy,
  twilioWith,
} from '../support/listing.ts'

const id = 'bace24af-cebb-4bd5-a1e6-f7cff24abadf'
const contactId = '8f0b5377-2edc-4116-a8e8-6a475f245a04'
const email = 'ada@example.com'
const whatsAppUser = 'US.13490000055302741918'

function twilioBinding(binding: object, more: object = {}): object {
  return { conversation_sid: 'CH1', participant_messaging_binding: binding, ...more }
}

describe("a conversation's participant that is passed back", () => {
  const contact = { identifierKey: 'phonenumber', identifierValue: address }
  const jane = {
    identifierKey: 'whatsappbsuid',
    identifierValue: whatsAppUser,
    platformAddress: whatsAppUser,
  }
  const withoutPlus = { identifierKey: 'phonenumber', identifierValue: address.slice(1) }
  const cases: [string, () => Promise<AnyConversation>, string | null, string | null][] = [
    [
      'a phone number on Twilio',
      () => fromTwilio(twilioBinding({ type: 'sms', address })),
      'Address=%2B12025550123',
      'phonenumber/%2B12025550123',
    ],
    [
      'WhatsApp on Twilio',
      () => fromTwilio(twilioBinding({ type: 'whatsapp', address: `whatsapp:${address}` })),
      'Address=whatsapp%3A%2B12025550123',
      'phonenumber/%2B12025550123',
    ],
    [
      'an e-mail address on Twilio',
      () => fromTwilio(twilioBinding({ type: 'email', address: email })),
      'Address=ada%40example.com',
      'emailaddress/ada%40example.com',
    ],
    [
      'Messenger on Twilio',
      () => fromTwilio(twilioBinding({ type: 'messenger', address: 'messenger:99' })),
      'Address=messenger%3A99',
      null,
    ],
    [
      'WhatsApp on Twilio, with no type in the binding',
      () => fromTwilio(twilioBinding({ address: `whatsapp:${address}` })),
      'Address=whatsapp%3A%2B12025550123',
      'phonenumber/%2B12025550123',
    ],
    [
      'Messenger on Twilio, with another type in the binding',
      () => fromTwilio(twilioBinding({ type: 'facebook', address: 'messenger:99' })),
      'Address=messenger%3A99',
      null,
    ],
    [
      'a phone number on Twilio, with the type of the binding in upper case',
      () => fromTwilio(twilioBinding({ type: 'SMS', address })),
      'Address=%2B12025550123',
      'phonenumber/%2B12025550123',
    ],
    [
      'WhatsApp on Twilio, with the type of the binding in mixed case',
      () => fromTwilio(twilioBinding({ type: 'WhatsApp', address: `whatsapp:${address}` })),
      'Address=whatsapp%3A%2B12025550123',
      'phonenumber/%2B12025550123',
    ],
    [
      'the id of a WhatsApp user on Twilio',
      () => fromTwilio(twilioBinding({ type: 'whatsapp', address: `whatsapp:${whatsAppUser}` })),
      `Address=whatsapp%3A${whatsAppUser}`,
      `whatsappbsuid/${whatsAppUser}`,
    ],
    [
      'Apple on Twilio',
      () => fromTwilio(twilioBinding({ type: 'apple', address: 'urn:mbid:AQAAY' })),
      'Address=urn%3Ambid%3AAQAAY',
      null,
    ],
    [
      'a chat user on Twilio',
      () => fromTwilio({ conversation_sid: 'CH1', participant_identity: 'ada' }),
      'Identity=ada',
      null,
    ],
    [
      'neither address nor identity on Twilio',
      () => fromTwilio({ conversation_sid: 'CH1', participant_sid: 'MB1' }),
      null,
      null,
    ],
    [
      'a phone number on Bird',
      () => fromBird({ id, featuredParticipants: [{ id: contactId, contact }] }),
      'Address=%2B12025550123',
      contactId,
    ],
    [
      'a phone number without an id on Bird',
      () => fromBird({ id, featuredParticipants: [{ contact }] }),
      'Address=%2B12025550123',
      'phonenumber/%2B12025550123',
    ],
    [
      'the id of a WhatsApp user on Bird',
      () =>
        fromBird(
          { id: 'c4', featuredParticipants: [{ id: 'p4', contact: jane }] },
          { address: `whatsapp:${whatsAppUser}` },
        ),
      `Address=whatsapp%3A${whatsAppUser}`,
      'p4',
    ],
    [
      'the id of a WhatsApp user without an id of its own on Bird',
      () =>
        fromBird(
          { id: 'c4', featuredParticipants: [{ contact: jane }] },
          { address: `whatsapp:${whatsAppUser}` },
        ),
      `Address=whatsapp%3A${whatsAppUser}`,
      `whatsappbsuid/${whatsAppUser}`,
    ],
    [
      'a phone number without its plus on Bird',
      () => fromBird({ id: 'c12', featuredParticipants: [{ id: 'p12', contact: withoutPlus }] }),
      'Address=%2B12025550123',
      'p12',
    ],
    [
      'a phone number without a key on Bird',
      () => fromBird({ id: 'c3', featuredParticipants: [{ contact: { identifierValue: address } }] }),
      'Address=%2B12025550123',
      'phonenumber/%2B12025550123',
    ],
    [
      'a user on Bird',
      () => fromBird({ id, featuredParticipants: [{ id: 'a', type: 'user' }] }, { id: 'a' }),
      null,
      'a',
    ],
  ]

  for (const [what, conversation, onTwilio, onBird] of cases) {
    for (const how of ['unchanged', 'through JSON']) {
      it(`refers to the same person on either provider: ${what}, ${how}`, async () => {
        const { participant } = await conversation()
        const ref: ParticipantRef | null =
          how === 'through JSON' ? JSON.parse(JSON.stringify(participant)) : participant
        if (ref === null) throw new Error('there is no participant')
        expect(await askedOfTwilio(ref)).toBe(onTwilio)
        expect(await askedOfBird(ref)).toBe(onBird)
      })
    }
  }

  it('is looked up by address if it is from yet another provider, whose identity and id are unknown here', async () => {
    const { participant } = await fromTwilio(
      twilioBinding({ type: 'sms', address }, { participant_identity: 'ada', participant_sid: 'MB1' }),
    )
    if (participant === null) throw new Error('there is no participant')
    expect(await askedOfTwilio(participant)).toBe('Identity=ada')
    const foreign = { ...participant, provider: 'notes' }
    expect(await askedOfTwilio(foreign)).toBe('Address=%2B12025550123')
    expect(await askedOfBird(foreign)).toBe('phonenumber/%2B12025550123')
  })

  it('is looked up by the address that its provider has, even if that is malformed, but not on another', async () => {
    const local = '2025550123'
    const { participant } = await fromTwilio(twilioBinding({ type: 'sms', address: local }))
    if (participant === null) throw new Error('there is no participant')
    expect(await askedOfTwilio(participant)).toBe(`Address=${local}`)
    const provider = birdWith(recordingFetch().fetch)
    const error = thrownBy(
      () => listParticipantConversations({ provider, participant }),
      UnsupportedParticipantError,
    )
    expect(error.message).toContain('bird: participant address must be a phone number in E.164 form')
    expect(error.message).toMatch(/; got "2025550123"$/)
  })

  it('is looked up by its address if only half of its identifier is known', async () => {
    const { participant } = await fromBird({ id, featuredParticipants: [{ contact }] })
    if (participant === null) throw new Error('there is no participant')
    for (const half of [{ identifierKey: null }, { identifierValue: null }]) {
      expect(await askedOfBird({ ...participant, ...half })).toBe('phonenumber/%2B12025550123')
    }
  })

  for (const text of [' ', 'a\tb', 'a\nb', '\ud800']) {
    it(`is looked up, whatever text its provider has where nothing is looked up: ${JSON.stringify(text)}`, async () => {
      const odd = { identifierKey: 'k', identifierValue: text }
      const onBird = await fromBird({ id, featuredParticipants: [{ id: 'a', contact: odd }] }, { id: 'a' })
      if (onBird.participant === null) throw new Error('there is no participant')
      expect(await askedOfBird(onBird.participant)).toBe('a')
      const onTwilio = await fromTwilio(twilioBinding({ address: text }, { participant_identity: 'ada' }))
      if (onTwilio.participant === null) throw new Error('there is no participant')
      expect(await askedOfTwilio(onTwilio.participant)).toBe('Identity=ada')
    })

    it(`is refused if what is looked up cannot be sent: ${JSON.stringify(text)}`, async () => {
      const { participant: none } = completeConversation(
        'bird',
        id,
        {},
        { status: 'active', participant: {} },
      )
      if (none === null) throw new Error('there is no participant')
      expect(await askedOfBird({ ...none, id: text })).toBeNull()
      expect(await askedOfBird({ ...none, identifierKey: text, identifierValue: 'x' })).toBeNull()
      expect(await askedOfBird({ ...none, identifierKey: 'k', identifierValue: text })).toBeNull()
      expect(await askedOfTwilio({ ...none, provider: 'twilio', identity: text })).toBeNull()
      for (const provider of ['twilio', 'notes']) {
        expect(await askedOfTwilio({ ...none, provider, address: text })).toBeNull()
      }
    })
  }

  it('is refused if the other provider cannot look it up', async () => {
    const { participant } = await fromTwilio({ conversation_sid: 'CH1', participant_identity: 'ada' })
    const provider = birdWith(recordingFetch().fetch)
    if (participant === null) throw new Error('there is no participant')
    const error = thrownBy(
      () => listParticipantConversations({ provider, participant }),
      UnsupportedParticipantError,
    )
    expect(error.message).toContain('got a participant of twilio without an address')
  })
})

/** The query that is sent to Twilio, or null if the participant is refused. */
async function askedOfTwilio(participant: ParticipantRef): Promise<string | null> {
  const { fetch, requests } = recordingFetch()
  return await asked(
    twilioWith(fetch),
    participant,
    () => /\?(.*)&PageSize/.exec(requests[0]?.href ?? '')?.[1],
  )
}

/** The participant's part of the path that is sent to Bird, or null if the participant is refused. */
async function askedOfBird(participant: ParticipantRef): Promise<string | null> {
  const { fetch, requests } = recordingFetch()
  return await asked(
    birdWith(fetch),
    participant,
    () => /participants\/(.*)\/conversations/.exec(requests[0]?.href ?? '')?.[1],
  )
}

async function asked(
  provider: ConversationProvider,
  participant: ParticipantRef,
  read: () => string | undefined,
): Promise<string | null> {
  try {
    await listParticipantConversations({ provider, participant }).toArray()
  } catch (error) {
    if (error instanceof UnsupportedParticipantError) return null
    throw error
  }
  return read() ?? ''
}
