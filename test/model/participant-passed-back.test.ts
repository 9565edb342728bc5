import { describe, expect, it } from 'vitest'
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

function twilioBinding(binding: object, more: object = {}): object {
  return { conversation_sid: 'CH1', participant_messaging_binding: binding, ...more }
}

describe("a conversation's participant, passed back as the participant to list,", () => {
  const contact = { identifierKey: 'phonenumber', identifierValue: address }
  const cases: [string, () => Promise<AnyConversation>, string | null, string | null][] = [
    [
      'of a phone number on Twilio',
      () => fromTwilio(twilioBinding({ type: 'sms', address })),
      'Address=%2B12025550123',
      'phonenumber/%2B12025550123',
    ],
    [
      'of WhatsApp on Twilio',
      () => fromTwilio(twilioBinding({ type: 'whatsapp', address: `whatsapp:${address}` })),
      'Address=whatsapp%3A%2B12025550123',
      'phonenumber/%2B12025550123',
    ],
    [
      'of an e-mail address on Twilio',
      () => fromTwilio(twilioBinding({ type: 'email', address: email })),
      'Address=ada%40example.com',
      'emailaddress/ada%40example.com',
    ],
    [
      'of Messenger on Twilio',
      () => fromTwilio(twilioBinding({ type: 'messenger', address: 'messenger:99' })),
      'Address=messenger%3A99',
      null,
    ],
    [
      'of WhatsApp on Twilio, whose binding has no type,',
      () => fromTwilio(twilioBinding({ address: `whatsapp:${address}` })),
      'Address=whatsapp%3A%2B12025550123',
      'phonenumber/%2B12025550123',
    ],
    [
      'of Messenger on Twilio, whose binding has another type,',
      () => fromTwilio(twilioBinding({ type: 'facebook', address: 'messenger:99' })),
      'Address=messenger%3A99',
      null,
    ],
    [
      'of a chat user on Twilio',
      () => fromTwilio({ conversation_sid: 'CH1', participant_identity: 'ada' }),
      'Identity=ada',
      null,
    ],
    [
      'of nobody on Twilio',
      () => fromTwilio({ conversation_sid: 'CH1', participant_sid: 'MB1' }),
      null,
      null,
    ],
    [
      'of a phone number on Bird',
      () => fromBird({ id, featuredParticipants: [{ id: contactId, contact }] }),
      'Address=%2B12025550123',
      contactId,
    ],
    [
      'without an id on Bird',
      () => fromBird({ id, featuredParticipants: [{ contact }] }),
      'Address=%2B12025550123',
      'phonenumber/%2B12025550123',
    ],
    [
      'of a user on Bird',
      () => fromBird({ id, featuredParticipants: [{ id: 'a', type: 'user' }] }, { id: 'a' }),
      null,
      'a',
    ],
  ]

  for (const [what, conversation, onTwilio, onBird] of cases) {
    for (const how of ['as it is', 'through JSON']) {
      it(`${what}, ${how}, asks for the same person on either provider`, async () => {
        const { participant } = await conversation()
        const ref: ParticipantRef | null =
          how === 'through JSON' ? JSON.parse(JSON.stringify(participant)) : participant
        if (ref === null) throw new Error('there is no participant')
        expect(await askedOfTwilio(ref)).toBe(onTwilio)
        expect(await askedOfBird(ref)).toBe(onBird)
      })
    }
  }

  it('of yet another provider is asked for by address: its identity and id mean nothing here', async () => {
    const { participant } = await fromTwilio(
      twilioBinding({ type: 'sms', address }, { participant_identity: 'ada', participant_sid: 'MB1' }),
    )
    if (participant === null) throw new Error('there is no participant')
    expect(await askedOfTwilio(participant)).toBe('Identity=ada')
    const foreign = { ...participant, provider: 'notes' }
    expect(await askedOfTwilio(foreign)).toBe('Address=%2B12025550123')
    expect(await askedOfBird(foreign)).toBe('phonenumber/%2B12025550123')
  })

  it('is refused by name where the other provider cannot know it', async () => {
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

/** The query that Twilio is asked; null where the participant is refused. */
async function askedOfTwilio(participant: ParticipantRef): Promise<string | null> {
  const { fetch, requests } = recordingFetch()
  return await asked(
    twilioWith(fetch),
    participant,
    () => /\?(.*)&PageSize/.exec(requests[0]?.href ?? '')?.[1],
  )
}

/** The path that Bird is asked. */
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
