import type { ConversationFields, Participant } from './conversation.ts'

/** The fields of a conversation for which a provider has nothing: spread them first, then what it has. */
export function emptyFields(): Omit<ConversationFields, 'id' | 'status'> {
  return {
    title: null,
    uniqueName: null,
    description: null,
    channel: { id: null, type: null },
    participant: null,
    participants: [],
    participantCount: { active: null, pending: null },
    createdBy: null,
    createdAt: null,
    updatedAt: null,
    lastMessage: null,
    timers: { inactiveAt: null, closedAt: null },
    attributes: {},
  }
}

/** The fields of a participant for which a provider has nothing. */
export function emptyParticipant(): Omit<Participant, 'provider'> {
  return {
    id: null,
    type: null,
    status: null,
    name: null,
    address: null,
    channel: null,
    identity: null,
    userId: null,
    proxyAddress: null,
    projectedAddress: null,
    identifierKey: null,
    identifierValue: null,
  }
}
