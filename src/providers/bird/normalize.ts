import {
  type ConversationFields,
  type ConversationStatus,
  countOrNull,
  dateOrNull,
  type LastMessage,
  type Participant,
  recordOrNull,
  statusOrUnknown,
  textOrNull,
} from '../../adapter.ts'
import { addressIn, addressOfIdentifier, channelOfKey } from './identifier.ts'
import type { BirdLookup } from './participant.ts'
import type { BirdConversationResource } from './wire.ts'

/** A conversation on Bird. */
export type BirdConversation = ConversationFields & {
  /** Tells the conversations of several providers apart, and narrows `raw`. */
  provider: 'bird'
  /** Bird's own object, as `JSON.parse()` returns it: integers past 2^53 are rounded, and `1e400` is `Infinity`. */
  raw: BirdConversationResource
}

/** The statuses that Bird has, in its own words too. */
export const BIRD_STATUSES: readonly ConversationStatus[] = ['active', 'closed', 'deleted', 'unknown']

/** What a page's conversations do not say themselves. */
interface Listed {
  /** Finds the participant listed. */
  readonly find: BirdLookup['find']
  /** The business's address of the channel listed. */
  readonly businessAddress: string | null
}

/** Maps Bird's object, whose id has been checked, to the model. */
export function normalize(
  raw: BirdConversationResource,
  { find, businessAddress }: Listed,
): BirdConversation {
  const featured = Array.isArray(raw.featuredParticipants) ? raw.featuredParticipants : []
  const participants = featured.map(participantOf).filter((participant) => participant !== null)
  const initiator = participantOf(raw.initiatingParticipant)
  const participant = find(initiator === null ? participants : [...participants, initiator])
  return {
    id: raw.id,
    provider: 'bird',
    title: textOrNull(raw.name),
    uniqueName: null,
    description: textOrNull(raw.description),
    status: statusOrUnknown(raw.status, BIRD_STATUSES),
    channel: {
      id: textOrNull(raw.channelId),
      type: raw.platformStyle === 'email' ? 'email' : (participant?.channel ?? null),
      businessAddress,
    },
    serviceId: null,
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
    timers: { inactiveAt: null, closedAt: null },
    attributes: recordOrNull(raw.attributes) ?? {},
    raw,
  }
}

function participantOf(value: unknown): Participant | null {
  const participant = recordOrNull(value)
  if (participant === null) return null
  const contact = recordOrNull(participant.contact)
  const { identifierKey, identifierValue } = identifierOf(contact, participant)
  return {
    provider: 'bird',
    id: textOrNull(participant.id),
    type: textOrNull(participant.type),
    status: textOrNull(participant.status),
    name: textOrNull(participant.displayName),
    address: addressOf(identifierKey, identifierValue, textOrNull(contact?.platformAddress)),
    channel: channelOfKey(identifierKey),
    identity: null,
    userId: null,
    proxyAddress: null,
    projectedAddress: null,
    identifierKey,
    identifierValue,
  }
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
  return address ?? (platformAddress === null ? null : addressIn(platformAddress))
}

/** Some responses have the message itself in place of its preview, which Bird does not document. */
function bodyTextOf(body: unknown): string | null {
  return textOrNull(recordOrNull(recordOrNull(body)?.text)?.text)
}

function lastMessageOf(value: unknown): LastMessage | null {
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
