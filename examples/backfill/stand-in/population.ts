import type {
  BirdConversationResource,
  BirdParticipant,
  TwilioParticipantConversation,
} from 'participant-conversations'
import { fakeBirdConversation, fakeTwilioConversation } from 'participant-conversations/testing'

/**
 * The participants of the stand-in, and their conversations. Everything follows from the number of a participant, so that
 * a million conversations need no memory, and the test can tell what must be in the table.
 */
export interface Resident {
  readonly account: 'twilio' | 'bird'
  readonly phone?: string
  readonly address?: string
  readonly identity?: string
}

export const CREDENTIALS = {
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'stand-in-auth-token',
  BIRD_ACCESS_KEY: 'stand-in-access-key',
  BIRD_WORKSPACE_ID: '00000000-0000-4000-8000-000000000001',
  BIRD_CHANNEL_ID: '00000000-0000-4000-8000-000000000002',
} as const

/** By turns a phone number on both providers, a chat user on Twilio, and an e-mail address on Bird. Some have a number too. */
export function residentAt(index: number): Resident {
  const account = index % 2 === 0 ? 'twilio' : 'bird'
  const phone = `+1555${pad(index, 7)}`
  const email = `customer-${index}@example.com`
  const forms = [
    { phone },
    { phone },
    { identity: `user-${index}` },
    { address: email },
    { phone },
    { phone },
    { phone, identity: `user-${index}` },
    { phone, address: email },
  ]
  return { account, ...forms[index % forms.length] }
}

/** The number in an address or identity, whatever its channel; undefined for somebody else. */
export function indexOf(key: string): number | undefined {
  const [, digits] = /^(?:(?:\w+:)?\+1555|user-|customer-)(\d+)(?:@example\.com)?$/.exec(key) ?? []
  return digits === undefined ? undefined : Number(digits)
}

/** 50 on average: what fits on one page, and what needs several. */
const COUNTS = [0, 1, 5, 10, 20, 30, 50, 64, 100, 220]

export function conversationCount(index: number): number {
  // Neighbors are on different providers, so that each provider has all sizes.
  return COUNTS[Math.floor(index / 2) % COUNTS.length] ?? 0
}

export function twilioConversations(index: number): TwilioParticipantConversation[] {
  const places = twilioPlaces(residentAt(index))
  return numbersOf(index).map((number) => ({
    ...twilioTemplate(number),
    ...places[number % places.length],
    conversation_sid: `CH${hex16(index)}${hex16(number)}`,
  }))
}

/** Where a resident's conversations are by turns: on the channels of the number, and in the chat. */
function twilioPlaces({ phone, identity }: Resident): Partial<TwilioParticipantConversation>[] {
  const onChannels = (phone: string) =>
    ['sms', 'whatsapp', 'rcs'].map((type) => ({
      participant_messaging_binding: { type, address: type === 'sms' ? phone : `${type}:${phone}` },
    }))
  const inChat = (identity: string) => [
    { participant_identity: identity, participant_messaging_binding: null },
  ]
  return [
    ...(phone === undefined ? [] : onChannels(phone)),
    ...(identity === undefined ? [] : inChat(identity)),
  ]
}

export function birdConversations(index: number): BirdConversationResource[] {
  const contacts = birdContacts(residentAt(index))
  return numbersOf(index).map((number) => {
    const participant: BirdParticipant = {
      id: `00000000-0000-4000-9000-${pad(index, 12)}`,
      type: 'contact',
      status: 'active',
      displayName: `Customer ${index}`,
      contact: contacts[number % contacts.length] ?? null,
    }
    return {
      ...birdTemplate(number),
      id: `00000000-0000-4000-${pad(number, 4)}-${pad(index, 12)}`,
      channelId: CREDENTIALS.BIRD_CHANNEL_ID,
      featuredParticipants: [participant],
      initiatingParticipant: participant,
    }
  })
}

function birdContacts({ phone, address }: Resident): { identifierKey: string; identifierValue: string }[] {
  const inChannel = (identifierKey: string, value: string | undefined) =>
    value === undefined ? [] : [{ identifierKey, identifierValue: value }]
  return [...inChannel('phonenumber', phone), ...inChannel('emailaddress', address)]
}

/** What the conversations with the same number have in common. */
const twilioTemplate = remember((seed: number) => fakeTwilioConversation({}, { seed }))
const birdTemplate = remember((seed: number) => fakeBirdConversation({}, { seed }))

function remember<T>(make: (number: number) => T): (number: number) => T {
  const made = new Map<number, T>()
  return (number) => {
    const value = made.get(number) ?? make(number)
    made.set(number, value)
    return value
  }
}

function numbersOf(index: number): number[] {
  return Array.from({ length: conversationCount(index) }, (_, number) => number)
}

function pad(number: number, length: number): string {
  return String(number).padStart(length, '0')
}

function hex16(number: number): string {
  return number.toString(16).padStart(16, '0')
}
