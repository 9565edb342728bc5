/** Conversations for the stand-in that read like a shop's, newest first. The same in every run but for their dates. */
import type { BirdConversation, TwilioConversation } from 'participant-conversations'
import { fakeBirdConversation, fakeTwilioConversation } from 'participant-conversations/testing'

export interface SampleOptions {
  readonly address: string
  readonly count: number
  readonly now: Date
}

/** Where customers write to. */
export const OUR_NUMBER = '+12025550100'
export const OUR_EMAIL = 'help@example.com'

const SERVICE = `IS${'0'.repeat(32)}`
const MINUTE = 60_000
const AGENTS = ['Robin', 'Kim', 'Alex'] as const

const TOPICS = [
  ['Where is my order?', 'It left our warehouse this morning and should be with you tomorrow.'],
  ['Wrong size, please exchange', 'Thank you, the label works. I will drop it off on Saturday.'],
  ['Invoice for March', 'Could you put the company name on it, please?'],
  ['Delivery to a new address', 'Done: all future orders go to Elm Street.'],
  ['The kettle leaks', 'Photo attached. It drips from the handle when it is full.'],
  ['Refund still missing', 'Your bank needs up to five days. Tell me if it is not there on Friday.'],
  ['Gift card does not work', 'It does now, many thanks!'],
  ['Change the delivery date', 'Thursday after six would be perfect.'],
  ['Two parcels, one arrived', 'The second one is at the depot. We have asked for it to be sent again.'],
  ['Warranty for the lamp', 'It has two years. Keep the receipt and you are fine.'],
  ['Lieferung am Samstag?', 'Ja, zwischen 9 und 13 Uhr.'],
  ['Cancel my subscription', 'Canceled. You can use it until the end of the month.'],
  ['Code for the spring sale', 'It is valid until Sunday at midnight.'],
  ['A question about the fabric', 'Linen and cotton, about half and half. Wash it at 30 degrees.'],
  ['Pick-up in the shop', 'Ready for you at the counter, until 8 tonight.'],
  ['Thank you!', 'You are very welcome. Enjoy the garden 🌿'],
] as const

const STATES = ['active', 'active', 'inactive', 'closed', 'active', 'closed', 'closed'] as const

/** Later conversations are further apart: some minutes, then days, then months. */
function updatedAt(index: number, now: Date, spread: number): Date {
  return new Date(now.getTime() - MINUTE * (4 + spread * index + 9 * index ** 2.4))
}

export function twilioConversations({ address, count, now }: SampleOptions): TwilioConversation['raw'][] {
  const binding = bindingOf(address)
  return Array.from({ length: count }, (_, index) => {
    const updated = updatedAt(index, now, binding.type === 'sms' ? 37 : 71)
    const [title] = topicOf(index * 3 + binding.type.length)
    const state = STATES[(index * 2) % STATES.length] ?? 'active'
    return fakeTwilioConversation(
      {
        chat_service_sid: SERVICE,
        // Twilio sorts by it. Its real SIDs are random, and so is its order.
        conversation_sid: `CH${String(index).padStart(8, '0')}${hash(address, 24)}`,
        conversation_friendly_name: index % 9 === 8 ? null : title,
        conversation_state: state,
        conversation_attributes: JSON.stringify(attributesOf(index)),
        conversation_date_created: new Date(updated.getTime() - 190 * MINUTE).toISOString(),
        conversation_date_updated: updated.toISOString(),
        conversation_timers:
          state === 'active' ? { date_closed: new Date(now.getTime() + 4_000 * MINUTE).toISOString() } : {},
        participant_messaging_binding: binding,
      },
      { seed: `${address} ${index}` },
    )
  })
}

/** The same conversation as Twilio finds it by another of the customer's addresses, with which they take part too. */
export function foundBy(address: string, conversation: TwilioConversation['raw']): TwilioConversation['raw'] {
  return {
    ...conversation,
    participant_sid: `MB${hash(address, 32)}`,
    participant_messaging_binding: bindingOf(address),
  }
}

function bindingOf(address: string) {
  const [, type = address.includes('@') ? 'email' : 'sms'] = /^(\w+):/.exec(address) ?? []
  const proxyAddress = type === 'email' ? OUR_EMAIL : address.replace(/[^:]*$/, OUR_NUMBER)
  return { type, address, proxy_address: proxyAddress, projected_address: null, name: null, level: null }
}

export interface BirdSampleOptions extends SampleOptions {
  readonly name: string
  readonly channelId: string
}

export function birdConversations(options: BirdSampleOptions): BirdConversation['raw'][] {
  const { address, name, channelId, count, now } = options
  const customer = { ...person('contact', name, address), contact: contactOf(address) }
  return Array.from({ length: count }, (_, index) => {
    const updated = updatedAt(index, now, 23)
    const [title, text] = topicOf(index)
    const agent = person('user', AGENTS[index % AGENTS.length] ?? AGENTS[0], 'agent')
    const sender = index % 3 === 1 ? customer : agent
    return fakeBirdConversation(
      {
        name: index % 11 === 10 ? '' : title,
        status: STATES[index % STATES.length] === 'active' ? 'active' : 'closed',
        channelId,
        platformStyle: address.includes('@') ? 'email' : 'direct',
        featuredParticipants: [customer, agent],
        initiatingParticipant: customer,
        activeParticipantCount: 2,
        attributes: attributesOf(index),
        createdAt: new Date(updated.getTime() - 250 * MINUTE).toISOString(),
        updatedAt: updated.toISOString(),
        lastMessage: {
          id: `${hash(`${channelId} ${address} ${index}`, 8)}-0000-4000-8000-000000000000`,
          type: 'text',
          preview: { text },
          status: 'delivered',
          sender,
          recipients: null,
          createdAt: updated.toISOString(),
        },
      },
      { seed: `${channelId} ${address} ${index}` },
    )
  })
}

/** On Bird a number is the same on every channel, and an id of a WhatsApp user has no prefix. */
function contactOf(address: string) {
  const value = address.replace(/^whatsapp:/, '')
  const key = value.includes('@') ? 'emailaddress' : value.startsWith('+') ? 'phonenumber' : 'whatsappbsuid'
  return { identifierKey: key, identifierValue: value, platformAddress: value }
}

/** What an application may have noted. */
function attributesOf(index: number) {
  return {
    ticket: 4821 - index * 7,
    priority: index % 4 === 1 ? 'high' : 'normal',
    tags: index % 3 === 0 ? ['delivery'] : ['returns', 'billing'],
  }
}

function topicOf(index: number): (typeof TOPICS)[number] {
  return TOPICS[index % TOPICS.length] ?? TOPICS[0]
}

function person(type: 'contact' | 'user', displayName: string, key: string) {
  const id = `${hash(displayName + key, 8)}-0000-4000-8000-000000000000`
  return { id, type, status: 'active', displayName, avatarUrl: '' }
}

/** Some hexadecimal digits, the same for the same text. */
function hash(text: string, length: number): string {
  let state = 7
  for (const character of text) state = (state * 31 + (character.codePointAt(0) ?? 0)) % 0xffff_fffb
  return state.toString(16).padStart(8, '0').repeat(4).slice(0, length)
}
