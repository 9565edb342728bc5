import {
  type ConversationFields,
  type ConversationStatus,
  countOrNull,
  dateOrNull,
  isPhoneNumber,
  type LastMessage,
  type Participant,
  parseAddress,
  recordOrNull,
  statusOrUnknown,
  textOrNull,
} from '../../adapter.ts'
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

/** Maps Bird's object, whose id has been checked, to the model. `findListed` finds the participant listed. */
export function normalize(raw: BirdConversationResource, findListed: BirdLookup['find']): BirdConversation {
  const featured = Array.isArray(raw.featuredParticipants) ? raw.featuredParticipants : []
  const participants = featured.map(participantOf).filter((participant) => participant !== null)
  const initiator = participantOf(raw.initiatingParticipant)
  const participant = findListed(initiator === null ? participants : [...participants, initiator])
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

/** A phone number or an e-mail address, which other providers can look up too; not the id of one channel. */
function addressOf(key: string | null, value: string | null, platformAddress: string | null): string | null {
  if (value !== null && (key === 'phonenumber' || key === 'emailaddress')) return value
  if (platformAddress === null) return null
  const address = parseAddress(platformAddress)
  // A channel's own id may consist of digits, like a phone number that somebody dials.
  return address.kind === 'email' || isPhoneNumber(address.value) ? address.value : null
}

function lastMessageOf(value: unknown): LastMessage | null {
  const message = recordOrNull(value)
  if (message === null) return null
  return {
    id: textOrNull(message.id),
    type: textOrNull(message.type),
    text: textOrNull(recordOrNull(message.preview)?.text),
    status: textOrNull(message.status),
    draft: typeof message.draft === 'boolean' ? message.draft : null,
    sender: participantOf(message.sender),
    createdAt: dateOrNull(message.createdAt),
  }
}
