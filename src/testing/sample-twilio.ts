import type { TwilioParticipantConversation } from '../twilio.ts'
import type { Random } from './random.ts'
import {
  agents,
  attributes,
  BUSINESS_EMAIL,
  BUSINESS_NUMBER,
  dates,
  later,
  subjects,
  withoutMilliseconds,
} from './sample-parts.ts'

/** A conversation with the properties that every sample has. */
export interface TwilioSampleConversation extends TwilioParticipantConversation {
  conversation_sid: string
  conversation_state: string
}

/** The account of everything that is made up. A stand-in serves it as its own, whatever that is. */
export const SAMPLE_ACCOUNT_SID = `AC${'0'.repeat(32)}`

export function sampleServiceSid(random: Random): string {
  return `IS${random.hex(32)}`
}

/**
 * Creates a conversation as Twilio sends it, with the participant of an address, in a service. What is made up goes with
 * the properties that are known.
 */
export function sampleTwilioConversation(
  address: string,
  serviceSid: string,
  random: Random,
  known: Partial<TwilioParticipantConversation> = {},
): TwilioSampleConversation {
  const sid = `CH${random.hex(32)}`
  const participantSid = `MB${random.hex(32)}`
  const { created, updated } = dates(random, {
    created: known.conversation_date_created,
    updated: known.conversation_date_updated,
  })
  const anyState = random.pick(['active', 'active', 'inactive', 'closed'])
  const state = known.conversation_state ?? anyState
  const url = `https://conversations.twilio.com/v1/Conversations/${sid}`
  return {
    account_sid: SAMPLE_ACCOUNT_SID,
    chat_service_sid: serviceSid,
    conversation_sid: sid,
    participant_sid: participantSid,
    participant_user_sid: null,
    participant_identity: null,
    participant_messaging_binding: messagingBinding(address),
    conversation_friendly_name: random.chance(0.8) ? random.pick(subjects) : null,
    // As unique as the SID.
    conversation_unique_name: random.chance(0.3) ? `ticket-${sid.slice(2, 14)}` : null,
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
}

/** Creates a conversation as Twilio sends it, with the chat user of an identity. */
export function sampleTwilioChat(
  identity: string,
  serviceSid: string,
  random: Random,
): TwilioSampleConversation {
  return {
    ...sampleTwilioConversation('', serviceSid, random),
    participant_identity: identity,
    participant_user_sid: `US${random.hex(32)}`,
    participant_messaging_binding: null,
  }
}

/** How a participant is reached at an address. */
export function messagingBinding(
  address: string,
  type: string = /^(whatsapp|messenger|rcs):/.exec(address)?.[1] ?? (address.includes('@') ? 'email' : 'sms'),
): NonNullable<TwilioParticipantConversation['participant_messaging_binding']> {
  const proxyAddress = address.includes('@') ? BUSINESS_EMAIL : address.replace(/[^:]*$/, BUSINESS_NUMBER)
  return {
    type,
    address,
    proxy_address: proxyAddress,
    projected_address: null,
    name: null,
    level: null,
  }
}
