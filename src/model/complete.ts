import type { ConversationFields, ConversationStatus, LastMessage, Participant } from './conversation.ts'

/** What an adapter knows about a participant. A property that it omits becomes null. */
export type ParticipantInput = Partial<Omit<Participant, 'provider'>>

/** What an adapter knows about a message. A property that it omits becomes null. */
export interface LastMessageInput extends Partial<Omit<LastMessage, 'sender'>> {
  /** Who sent it. */
  sender?: ParticipantInput | null | undefined
}

/** The fields that are objects or lists of objects. */
interface NestedInput {
  /** The channel, and the business's side of it. */
  channel?: Partial<ConversationFields['channel']> | undefined
  /** The participant whose conversations are listed. */
  participant?: ParticipantInput | null | undefined
  /** The participants that the provider returns. Default: the one whose conversations are listed, if there is one. */
  participants?: readonly ParticipantInput[] | undefined
  /** How many participants there are in all. */
  participantCount?: Partial<ConversationFields['participantCount']> | undefined
  /** The newest message. */
  lastMessage?: LastMessageInput | null | undefined
  /** When the conversation becomes inactive or closed by itself. */
  timers?: Partial<ConversationFields['timers']> | undefined
}

/**
 * What an adapter knows about a conversation. Only `status` is required. The library adds `id`, `provider` and `raw`, and fills
 * in what is omitted: `{}` for `attributes`, the listed participant (if any) for `participants`, and null for everything else.
 */
export interface ConversationInput
  extends NestedInput,
    Partial<Omit<ConversationFields, keyof NestedInput | 'id' | 'status'>> {
  /** The status, in the model's words. */
  status: ConversationStatus
}

/**
 * A conversation of an adapter, as `defineProvider()` and `completeConversation()` make it.
 *
 * @typeParam N - the name of the adapter
 * @typeParam Raw - the provider's own object
 */
export type DefinedConversation<N extends string, Raw> = ConversationFields & {
  /** The name of the adapter. */
  provider: N
  /** The provider's own object. */
  raw: Raw
}

/**
 * Makes a conversation from what an adapter knows about it: adds `provider`, `id` and `raw`, and fills in what is omitted.
 * `defineProvider()` does this by itself, so only providers that are written by hand call it. All conversations have their
 * fields in one order, which makes them faster.
 *
 * @example
 * const raw = { id: 'c-1', open: true }
 * const conversation = completeConversation('example', raw.id, raw, { status: raw.open ? 'active' : 'closed' })
 */
export function completeConversation<N extends string, Raw>(
  provider: N,
  id: string,
  raw: Raw,
  input: ConversationInput,
): DefinedConversation<N, Raw> {
  const { title, uniqueName, description, status, channel, serviceId, participantCount } = input
  const { createdBy, createdAt, updatedAt, lastMessage, timers, attributes } = input
  const participant = completeOrNull(provider, input.participant)
  return {
    id,
    provider,
    title: title ?? null,
    uniqueName: uniqueName ?? null,
    description: description ?? null,
    status,
    channel: {
      id: channel?.id ?? null,
      type: channel?.type ?? null,
      businessAddress: channel?.businessAddress ?? null,
    },
    serviceId: serviceId ?? null,
    participant,
    participants: completeList(provider, input, participant),
    participantCount: {
      active: participantCount?.active ?? null,
      pending: participantCount?.pending ?? null,
    },
    createdBy: createdBy ?? null,
    createdAt: createdAt ?? null,
    updatedAt: updatedAt ?? null,
    lastMessage: lastMessage ? completeMessage(provider, lastMessage) : null,
    timers: { inactiveAt: timers?.inactiveAt ?? null, closedAt: timers?.closedAt ?? null },
    attributes: attributes ?? {},
    raw,
  }
}

/** The participant whose conversations are listed is the same object here, if the adapter has made it so. */
function completeList(
  provider: string,
  { participants, participant: input }: ConversationInput,
  participant: Participant | null,
): readonly Participant[] {
  if (participants === undefined) return participant === null ? [] : [participant]
  return participants.map((one) =>
    one === input && participant !== null ? participant : completeParticipant(provider, one),
  )
}

function completeOrNull(provider: string, input: ParticipantInput | null | undefined): Participant | null {
  return input ? completeParticipant(provider, input) : null
}

function completeParticipant(provider: string, input: ParticipantInput): Participant {
  return {
    provider,
    id: input.id ?? null,
    type: input.type ?? null,
    status: input.status ?? null,
    name: input.name ?? null,
    address: input.address ?? null,
    channel: input.channel ?? null,
    identity: input.identity ?? null,
    userId: input.userId ?? null,
    proxyAddress: input.proxyAddress ?? null,
    projectedAddress: input.projectedAddress ?? null,
    identifierKey: input.identifierKey ?? null,
    identifierValue: input.identifierValue ?? null,
  }
}

function completeMessage(provider: string, input: LastMessageInput): LastMessage {
  return {
    id: input.id ?? null,
    type: input.type ?? null,
    text: input.text ?? null,
    status: input.status ?? null,
    draft: input.draft ?? null,
    sender: completeOrNull(provider, input.sender),
    createdAt: input.createdAt ?? null,
  }
}
