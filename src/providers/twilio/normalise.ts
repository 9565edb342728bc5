import { withoutPrefix } from '../../address.ts'
import type { ConversationFields, ConversationStatus, Participant } from '../../conversation.ts'
import { date, record, text } from '../../wire.ts'
import type { TwilioParticipantConversation } from './wire.ts'

/** A conversation on Twilio. */
export type TwilioConversation = ConversationFields & {
  provider: 'twilio'
  /** Twilio's own object, untouched. */
  raw: TwilioParticipantConversation
}

/** The statuses that Twilio has. */
export const TWILIO_STATUSES: readonly ConversationStatus[] = ['active', 'inactive', 'closed', 'unknown']

/** Turns Twilio's object, whose SID has been checked, into the model. */
export function normalise(raw: TwilioParticipantConversation): TwilioConversation {
  const participant = participantOf(raw)
  const timers = record(raw.conversation_timers)
  return {
    id: String(raw.conversation_sid),
    provider: 'twilio',
    title: text(raw.conversation_friendly_name),
    uniqueName: text(raw.conversation_unique_name),
    description: null,
    status: statusOf(raw.conversation_state),
    channel: { id: null, type: participant.channel },
    participant,
    participants: [participant],
    participantCount: { active: null, pending: null },
    createdBy: text(raw.conversation_created_by),
    createdAt: date(raw.conversation_date_created),
    updatedAt: date(raw.conversation_date_updated),
    lastMessage: null,
    timers: { inactiveAt: date(timers?.date_inactive), closedAt: date(timers?.date_closed) },
    attributes: attributesOf(raw.conversation_attributes),
    raw,
  }
}

function statusOf(state: unknown): ConversationStatus {
  return state === 'active' || state === 'inactive' || state === 'closed' ? state : 'unknown'
}

function participantOf(raw: TwilioParticipantConversation): Participant {
  const binding = record(raw.participant_messaging_binding)
  const identity = text(raw.participant_identity)
  const address = text(binding?.address)
  const channel = text(binding?.type) ?? (identity === null ? null : 'chat')
  return {
    provider: 'twilio',
    id: text(raw.participant_sid),
    type: null,
    status: null,
    name: text(binding?.name),
    address: address && withoutPrefix(address),
    channel,
    identity,
    userId: text(raw.participant_user_sid),
    proxyAddress: text(binding?.proxy_address),
    projectedAddress: text(binding?.projected_address),
    identifierKey: null,
    identifierValue: null,
  }
}

/** Twilio sends attributes as JSON in a text. */
function attributesOf(json: unknown): Readonly<Record<string, unknown>> {
  if (typeof json !== 'string' || json === '{}') return {}
  try {
    return record(JSON.parse(json)) ?? {}
  } catch {
    // Not JSON: the text is in `raw`.
    return {}
  }
}
