import {
  addressOrNull,
  type ConversationInput,
  type ConversationStatus,
  countOrNull,
  type DefinedConversation,
  dateOrNull,
  type LastMessageInput,
  type Participant,
  type ParticipantInput,
  type ParticipantLookup,
  recordOrNull,
  statusOrUnknown,
  textOrNull,
} from '../../adapter.ts'
import { addressOfIdentifier, channelOfKey } from './identifier.ts'
import { type BirdForm, findParticipant } from './participant.ts'
import type { BirdConversationResource } from './wire.ts'

/** A conversation on Bird. In `raw`, integers past 2^53 are rounded, and `1e400` is `Infinity`: that is `JSON.parse()`. */
export type BirdConversation = DefinedConversation<'bird', BirdConversationResource>

/** The statuses that Bird has, in its own words too. */
export const BIRD_STATUSES: readonly ConversationStatus[] = ['active', 'closed', 'deleted', 'unknown']

/** Maps Bird's object to the model. `businessAddress` is that of its channel. */
export function normalize(
  raw: BirdConversationResource,
  lookup: ParticipantLookup<BirdForm>,
  businessAddress: string | null,
): ConversationInput {
  const featured = Array.isArray(raw.featuredParticipants) ? raw.featuredParticipants : []
  const participants = featured.map(participantOf).filter((participant) => participant !== null)
  const initiator = participantOf(raw.initiatingParticipant)
  const participant = findParticipant(
    lookup,
    initiator === null ? participants : [...participants, initiator],
  )
  return {
    title: textOrNull(raw.name),
    description: textOrNull(raw.description),
    status: statusOrUnknown(raw.status, BIRD_STATUSES),
    channel: {
      id: textOrNull(raw.channelId),
      type: raw.platformStyle === 'email' ? 'email' : (participant?.channel ?? null),
      businessAddress,
    },
    participant,
    participants,
    participantCount: {
      active: countOrNull(raw.activeParticipantCount),
      pending: countOrNull(raw.pendingParticipantCount),
    },
    createdBy: initiator?.id ?? null,
    createdAt: dateOrNull(raw.createdAt),
    updatedAt: dateOrNull(raw.updatedAt),
    lastMessage: lastMessageOf(raw.lastMessage),
    attributes: recordOrNull(raw.attributes) ?? {},
  }
}

function participantOf(value: unknown) {
  const participant = recordOrNull(value)
  if (participant === null) return null
  const contact = recordOrNull(participant.contact)
  const { identifierKey, identifierValue } = identifierOf(contact, participant)
  return {
    id: textOrNull(participant.id),
    type: textOrNull(participant.type),
    status: textOrNull(participant.status),
    name: textOrNull(participant.displayName),
    address: addressOf(identifierKey, identifierValue, textOrNull(contact?.platformAddress)),
    channel: channelOfKey(identifierKey),
    identifierKey,
    identifierValue,
  } satisfies ParticipantInput
}

type Fields = Readonly<Record<string, unknown>>
type Identifier = Pick<Participant, 'identifierKey' | 'identifierValue'>

/**
 * Documented in `contact`; at the top level in some conversations. The key of one and the value of the other may not
 * belong together.
 */
function identifierOf(contact: Fields | null, participant: Fields): Identifier {
  const documented = readIdentifier(contact)
  if (isWhole(documented)) return documented
  const other = readIdentifier(participant)
  if (isWhole(other)) return other
  return {
    identifierKey: documented.identifierKey ?? other.identifierKey,
    identifierValue: documented.identifierValue ?? other.identifierValue,
  }
}

function readIdentifier(fields: Fields | null): Identifier {
  return {
    identifierKey: textOrNull(fields?.identifierKey),
    identifierValue: textOrNull(fields?.identifierValue),
  }
}

function isWhole({ identifierKey, identifierValue }: Identifier): boolean {
  return identifierKey !== null && identifierValue !== null
}

/** An address, which other providers can look up too. */
function addressOf(key: string | null, value: string | null, platformAddress: string | null): string | null {
  const address = value === null ? null : addressOfIdentifier(key, value)
  return address ?? addressOrNull(platformAddress)
}

/** Some responses have the message itself in place of its preview, which Bird does not document. */
function bodyTextOf(body: unknown): string | null {
  return textOrNull(recordOrNull(recordOrNull(body)?.text)?.text)
}

function lastMessageOf(value: unknown): LastMessageInput | null {
  const message = recordOrNull(value)
  if (message === null) return null
  return {
    id: textOrNull(message.id),
    type: textOrNull(message.type),
    text: textOrNull(recordOrNull(message.preview)?.text) ?? bodyTextOf(message.body),
    status: textOrNull(message.status),
    draft: typeof message.draft === 'boolean' ? message.draft : null,
    sender: participantOf(message.sender),
    createdAt: dateOrNull(message.createdAt),
  }
}
