import type { ConversationFields, Participant } from './conversation.ts'

/**
 * A conversation with nothing but nulls and empty lists. Spread it first, then the fields that the provider has.
 *
 * @example
 * const conversation = { ...emptyFields(), id: raw.id, provider: 'example', status: 'active', raw }
 */
export function emptyFields(): Omit<ConversationFields, 'id' | 'status'> {
  return {
    title: null,
    uniqueName: null,
    description: null,
    channel: { id: null, type: null, businessAddress: null },
    serviceId: null,
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

/**
 * A participant with nothing but nulls. Spread it first, then the fields that the provider has.
 *
 * @example
 * const participant = { ...emptyParticipant(), provider: 'example', id: raw.id }
 */
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
