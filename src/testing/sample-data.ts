import { createRandom, type Random } from './random.ts'
import {
  agents,
  attributes,
  customers,
  dates,
  later,
  mixedWithOthers,
  previews,
  subjects,
  withoutMilliseconds,
} from './sample-parts.ts'
import type { BirdWireConversation, BirdWireParticipant, TwilioWireConversation } from './wire.ts'

export interface SampleOptions {
  /** The participant's phone number, e-mail address, or, on Twilio, prefixed address such as `whatsapp:+1…`. */
  address: string
  /** How many conversations the participant is in. Those of other people come on top: one for every four. */
  count: number
  /**
   * The same options give the same conversations; another seed gives others.
   *
   * @default 1
   */
  seed?: number
}

export interface BirdSampleOptions extends SampleOptions {
  /** The channel that all of the conversations are in. */
  channelId: string
}

/**
 * Conversations as Twilio has them: states in a mix, with and without names, attributes and timers.
 *
 * @example
 * const conversations = sampleTwilioConversations({ address: '+12025550123', count: 120 })
 */
export function sampleTwilioConversations(options: SampleOptions): TwilioWireConversation[] {
  const random = createRandom(`twilio ${options.seed ?? 1} ${options.address}`)
  const accountSid = `AC${random.hex(32)}`
  const serviceSid = `IS${random.hex(32)}`

  return mixedWithOthers(options, random, (address) => {
    const sid = `CH${random.hex(32)}`
    const participantSid = `MB${random.hex(32)}`
    const { created, updated } = dates(random)
    const state = random.pick(['active', 'active', 'inactive', 'closed'])
    const url = `https://conversations.twilio.com/v1/Conversations/${sid}`
    return {
      account_sid: accountSid,
      chat_service_sid: serviceSid,
      conversation_sid: sid,
      participant_sid: participantSid,
      participant_user_sid: null,
      participant_identity: null,
      participant_messaging_binding: {
        type: /^(whatsapp|messenger|rcs):/.exec(address)?.[1] ?? (address.includes('@') ? 'email' : 'sms'),
        address,
        proxy_address: address.includes('@')
          ? 'support@example.com'
          : address.replace(/[^:]*$/, '+12025550100'),
        projected_address: null,
        name: null,
        level: null,
      },
      conversation_friendly_name: random.chance(0.8) ? random.pick(subjects) : null,
      conversation_unique_name: random.chance(0.3) ? `ticket-${random.integer(1000, 9999)}` : null,
      conversation_attributes: random.chance(0.6) ? JSON.stringify(attributes(random)) : '{}',
      conversation_created_by: random.chance(0.5) ? random.pick(agents).toLowerCase() : 'system',
      conversation_date_created: withoutMilliseconds(created),
      conversation_date_updated: withoutMilliseconds(updated),
      conversation_state: state,
      conversation_timers: {
        ...(state === 'active' && random.chance(0.5) && { date_inactive: later(updated, 1) }),
        ...(state !== 'closed' && random.chance(0.7) && { date_closed: later(updated, 7) }),
      },
      links: { participant: `${url}/Participants/${participantSid}`, conversation: url },
    }
  })
}

/**
 * Conversations as Bird has them, each with the contact and perhaps an agent, and mostly with a last message.
 *
 * @example
 * const conversations = sampleBirdConversations({ address: 'ada@example.com', channelId, count: 30 })
 */
export function sampleBirdConversations(options: BirdSampleOptions): BirdWireConversation[] {
  const random = createRandom(`bird ${options.seed ?? 1} ${options.address}`)
  const team = agents.map((name) => participant(random.uuid(), 'user', name))
  const contacts = new Map<string, BirdWireParticipant>()

  return mixedWithOthers(options, random, (address) => {
    const contact = contacts.get(address) ?? contactWith(address, random)
    contacts.set(address, contact)
    const colleague = random.chance(0.6) ? team[random.integer(0, team.length - 1)] : undefined
    const { created, updated } = dates(random)
    const sender = random.pick([contact, colleague ?? contact, null])
    return {
      id: random.uuid(),
      name: random.chance(0.8) ? random.pick(subjects) : '',
      description: '',
      status: random.pick(['active', 'active', 'closed', 'deleted']),
      visibility: 'private',
      accessibility: 'open',
      featuredParticipants: colleague ? [contact, colleague] : [contact],
      initiatingParticipant: contact,
      activeParticipantCount: colleague ? 2 : 1,
      pendingParticipantCount: 0,
      channelId: options.channelId,
      ...(random.chance(0.9) && {
        lastMessage: {
          id: random.uuid(),
          type: random.pick(['text', 'html', 'image']),
          preview: { text: random.pick(previews) },
          status: random.pick(['sent', 'delivered', 'delivery_failed']),
          sender,
          recipients: null,
          createdAt: updated.toISOString(),
        },
        lastMessageIncomingAt: sender === contact ? updated.toISOString() : null,
      }),
      ...(random.chance(0.6) && { attributes: attributes(random) }),
      createdAt: created.toISOString(),
      updatedAt: updated.toISOString(),
      platformStyle: address.includes('@') ? 'email' : 'direct',
    }
  })
}

function contactWith(address: string, random: Random): BirdWireParticipant {
  const identifierKey = address.includes('@') ? 'emailaddress' : 'phonenumber'
  return {
    ...participant(random.uuid(), 'contact', random.pick(customers)),
    contact: { identifierKey, identifierValue: address, platformAddress: address },
  }
}

function participant(id: string, type: 'user' | 'contact', displayName: string): BirdWireParticipant {
  return { id, type, status: 'active', displayName, avatarUrl: '' }
}
