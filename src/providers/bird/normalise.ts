import { parseAddress } from '../../address.ts'
import type { ConversationFields, ConversationStatus, LastMessage, Participant } from '../../conversation.ts'
import { count, date, record, text } from '../../wire.ts'
import type { BirdConversationResource } from './wire.ts'

/** A conversation on Bird. */
export type BirdConversation = ConversationFields & {
  provider: 'bird'
  /** Bird's own object, untouched. */
  raw: BirdConversationResource
}

/** The statuses that Bird has. */
export const BIRD_STATUSES: readonly ConversationStatus[] = ['active', 'closed', 'deleted', 'unknown']

/** Turns Bird's object, whose id has been checked, into the model. `isAskedFor` knows the participant in question. */
export function normalise(
  raw: BirdConversationResource,
  isAskedFor: (participant: Participant) => boolean,
): BirdConversation {
  const featured = Array.isArray(raw.featuredParticipants) ? raw.featuredParticipants : []
  const participants = featured.map(participantOf).filter((participant) => participant !== null)
  const initiator = participantOf(raw.initiatingParticipant)
  const participant = participants.find(isAskedFor) ?? (initiator && isAskedFor(initiator) ? initiator : null)
  return {
    id: raw.id,
    provider: 'bird',
    title: text(raw.name),
    uniqueName: null,
    description: text(raw.description),
    status: statusOf(raw.status),
    channel: {
      id: text(raw.channelId),
      type: raw.platformStyle === 'email' ? 'email' : (participant?.channel ?? null),
    },
    participant,
    participants,
    participantCount: {
      active: count(raw.activeParticipantCount),
      pending: count(raw.pendingParticipantCount),
    },
    createdBy: initiator?.id ?? null,
    createdAt: date(raw.createdAt),
    updatedAt: date(raw.updatedAt),
    lastMessage: lastMessageOf(raw.lastMessage),
    timers: { inactiveAt: null, closedAt: null },
    attributes: record(raw.attributes) ?? {},
    raw,
  }
}

function statusOf(status: unknown): ConversationStatus {
  return status === 'active' || status === 'closed' || status === 'deleted' ? status : 'unknown'
}

function participantOf(value: unknown): Participant | null {
  const participant = record(value)
  if (participant === null) return null
  // In `contact` by the documents; at the top level on some conversations.
  const contact = record(participant.contact)
  const identifierKey = text(contact?.identifierKey) ?? text(participant.identifierKey)
  const identifierValue = text(contact?.identifierValue) ?? text(participant.identifierValue)
  return {
    provider: 'bird',
    id: text(participant.id),
    type: text(participant.type),
    status: text(participant.status),
    name: text(participant.displayName),
    address: addressOf(identifierKey, identifierValue, text(contact?.platformAddress)),
    // A phone number may belong to any of several channels.
    channel: identifierKey === 'emailaddress' ? 'email' : null,
    identity: null,
    userId: null,
    proxyAddress: null,
    projectedAddress: null,
    identifierKey,
    identifierValue,
  }
}

/** A phone number or an e-mail address that other providers can look up; not the ids that only one channel knows. */
function addressOf(key: string | null, value: string | null, platformAddress: string | null): string | null {
  if (value !== null && (key === 'phonenumber' || key === 'emailaddress')) return value
  return platformAddress !== null && parseAddress(platformAddress).kind !== 'other' ? platformAddress : null
}

function lastMessageOf(value: unknown): LastMessage | null {
  const message = record(value)
  if (message === null) return null
  return {
    id: text(message.id),
    type: text(message.type),
    text: text(record(message.preview)?.text),
    status: text(message.status),
    draft: typeof message.draft === 'boolean' ? message.draft : null,
    sender: participantOf(message.sender),
    createdAt: date(message.createdAt),
  }
}
