import {
  type ConversationInput,
  type ConversationStatus,
  type DefinedConversation,
  dateOrNull,
  type ParticipantInput,
  recordOrNull,
  splitPrefix,
  statusOrUnknown,
  textOrNull,
} from '../../adapter.ts'
import type { TwilioParticipantConversation } from './wire.ts'

/** A conversation on Twilio. In `raw`, integers past 2^53 are rounded, and `1e400` is `Infinity`: that is `JSON.parse()`. */
export type TwilioConversation = DefinedConversation<'twilio', TwilioParticipantConversation>

/** The statuses that Twilio has, in its own words too. */
export const TWILIO_STATUSES: readonly ConversationStatus[] = ['active', 'inactive', 'closed', 'unknown']

/** Maps Twilio's object to the model. */
export function normalize(raw: TwilioParticipantConversation): ConversationInput {
  const participant = participantOf(raw)
  const timers = recordOrNull(raw.conversation_timers)
  return {
    title: textOrNull(raw.conversation_friendly_name),
    uniqueName: textOrNull(raw.conversation_unique_name),
    status: statusOrUnknown(raw.conversation_state, TWILIO_STATUSES),
    channel: { type: participant.channel, businessAddress: withoutPrefix(participant.proxyAddress) },
    serviceId: textOrNull(raw.chat_service_sid),
    participant,
    createdBy: textOrNull(raw.conversation_created_by),
    createdAt: dateOrNull(raw.conversation_date_created),
    updatedAt: dateOrNull(raw.conversation_date_updated),
    timers: { inactiveAt: dateOrNull(timers?.date_inactive), closedAt: dateOrNull(timers?.date_closed) },
    attributes: attributesOf(raw.conversation_attributes),
  }
}

function participantOf(raw: TwilioParticipantConversation) {
  const binding = recordOrNull(raw.participant_messaging_binding)
  const identity = textOrNull(raw.participant_identity)
  // The prefix comes first: with it the participant, passed back, leads to the same address.
  const { channel, value } = splitPrefix(textOrNull(binding?.address) ?? '')
  const type = textOrNull(binding?.type)?.toLowerCase() ?? (identity === null ? null : 'chat')
  return {
    id: textOrNull(raw.participant_sid),
    name: textOrNull(binding?.name),
    address: textOrNull(value),
    channel: channel ?? type,
    identity,
    userId: textOrNull(raw.participant_user_sid),
    proxyAddress: textOrNull(binding?.proxy_address),
    projectedAddress: withoutBrackets(textOrNull(binding?.projected_address)),
  } satisfies ParticipantInput
}

function withoutPrefix(address: string | null): string | null {
  return textOrNull(splitPrefix(address ?? '').value)
}

/** Some projected addresses come in brackets: `[+12025550123]`. */
function withoutBrackets(address: string | null): string | null {
  return textOrNull(address?.replace(/^\[(.*)\]$/s, '$1'))
}

/** Deeper attributes would exhaust the stack of `structuredClone()` and `JSON.stringify()`. */
const MAX_DEPTH = 100

/** Twilio sends attributes as JSON in a string. */
function attributesOf(json: unknown): Readonly<Record<string, unknown>> {
  if (typeof json !== 'string' || json === '{}') return {}
  try {
    const attributes = recordOrNull(JSON.parse(json)) ?? {}
    // Each level takes two characters, so that only a long text has to be searched.
    return json.length > 2 * MAX_DEPTH && isDeeperThan(MAX_DEPTH, attributes) ? {} : attributes
  } catch {
    // Not JSON: the string is in `raw`.
    return {}
  }
}

function isDeeperThan(depth: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return depth === 0 || Object.values(value).some((inner) => isDeeperThan(depth - 1, inner))
}
