import type { TwilioParticipantConversation } from '../twilio.ts'
import type { Random } from './random.ts'
import { agents, attributes, dates, later, subjects, withoutMilliseconds } from './sample-parts.ts'

/** A conversation with the properties that every sample has. */
export interface TwilioSampleConversation extends TwilioParticipantConversation {
  conversation_sid: string
  conversation_state: string
}

/** The account and the service of the conversations. */
export interface TwilioSampleAccount {
  readonly accountSid: string
  readonly serviceSid: string
}

export function sampleTwilioAccount(random: Random): TwilioSampleAccount {
  return { accountSid: `AC${random.hex(32)}`, serviceSid: `IS${random.hex(32)}` }
}

/** Creates a conversation as Twilio sends it, with the participant of an address. */
export function sampleTwilioConversation(
  address: string,
  { accountSid, serviceSid }: TwilioSampleAccount,
  random: Random,
): TwilioSampleConversation {
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
