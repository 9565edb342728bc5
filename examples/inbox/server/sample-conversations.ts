/** Conversations for the stand-in that read like a shop's, newest first. The same in every run but for their dates. */
import { createHash } from 'node:crypto'
import type { BirdConversation, TwilioConversation } from 'participant-conversations'
import { fakeBirdConversation, fakeTwilioConversation } from 'participant-conversations/testing'
import { topicOf } from './sample-topics.ts'

export interface SampleOptions {
  /** Where the customer writes from. With the prefix `identity:` a chat user's identity, on Twilio. */
  readonly address: string
  readonly count: number
  readonly now: Date
  /** How many minutes ago the newest one was updated. Default: 4. */
  readonly newest?: number
  /** Which topic is the first. Default: the first of all. */
  readonly topic?: number
}

/** Where customers write to. */
export const OUR_NUMBER = '+12025550100'
export const OUR_EMAIL = 'help@example.com'

const SERVICE = `IS${'0'.repeat(32)}`
const MINUTE = 60_000
const AGENTS = ['Robin', 'Kim', 'Alex'] as const

const STATES = ['active', 'active', 'inactive', 'closed', 'active', 'closed', 'closed'] as const

/** Later conversations are further apart: some minutes, then days, then months. */
function updatedAt(index: number, { now, newest = 4 }: SampleOptions): Date {
  return new Date(now.getTime() - MINUTE * (newest + 37 * index + 9 * index ** 2.4))
}

export function twilioConversations(options: SampleOptions): TwilioConversation['raw'][] {
  const { address, count, now, topic = 0 } = options
  return Array.from({ length: count }, (_, index) => {
    const updated = updatedAt(index, options)
    const [title] = topicOf(index + topic)
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
        ...participantAt(address),
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
    ...participantAt(address),
  }
}

/** A chat user has an identity, and everybody else an address. */
function participantAt(address: string) {
  const [, identity = null] = /^identity:(.+)/.exec(address) ?? []
  return {
    participant_identity: identity,
    participant_messaging_binding: identity === null ? bindingOf(address) : null,
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
  const { address, name, channelId, count, topic = 0 } = options
  const customer = { ...person('contact', name, address), contact: contactOf(address) }
  return Array.from({ length: count }, (_, index) => {
    const updated = updatedAt(index, options)
    const [title, author, text] = topicOf(index + topic)
    const agent = person('user', AGENTS[index % AGENTS.length] ?? AGENTS[0], 'agent')
    const sender = author === 'customer' ? customer : agent
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

function person(type: 'contact' | 'user', displayName: string, key: string) {
  const id = `${hash(displayName + key, 8)}-0000-4000-8000-000000000000`
  return { id, type, status: 'active', displayName, avatarUrl: '' }
}

/** Some hexadecimal digits, the same for the same text. */
function hash(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length)
}
