import {
  type AddressRef,
  addressOf,
  belongsTo,
  type IdentifierRef,
  type IdRef,
  type Participant,
  type ParticipantRef,
  sendableText,
  unsupportedParticipant,
} from '../../adapter.ts'

/** The participants that Bird can look up. */
export type BirdParticipantRef = AddressRef | IdRef | IdentifierRef | Participant

/** How a participant is looked up, and recognized in a response. */
export interface BirdLookup {
  /** The path segments that identify the participant. */
  readonly path: readonly string[]
  /** Finds the participant among those of a conversation. */
  find(participants: readonly Participant[]): Participant | null
}

/** @throws UnsupportedParticipantError */
export function participantLookup(ref: ParticipantRef): BirdLookup {
  const lookup = lookUp(ref)
  const dots = lookup.path.find((segment) => segment === '.' || segment === '..')
  if (dots === undefined) return lookup
  throw unsupportedParticipant('bird', `must not be "${dots}", which cannot be part of a URL`)
}

function lookUp(ref: ParticipantRef): BirdLookup {
  // The ids of other providers mean nothing here.
  if (belongsTo('bird', ref)) {
    const { id, identifierKey, identifierValue } = ref
    if (id != null) return byId(sendableText('bird', 'id', id))
    if (identifierKey != null && identifierValue != null) {
      return byIdentifier(
        sendableText('bird', 'identifierKey', identifierKey),
        sendableText('bird', 'identifierValue', identifierValue),
      )
    }
  }
  const address = addressOf(ref, 'bird')
  if (address?.kind === 'phone') return byIdentifier('phonenumber', address.value)
  if (address?.kind === 'email') return byIdentifier('emailaddress', address.value)
  throw unsupportedParticipant(
    'bird',
    'must have an id, a phone number, an e-mail address, or an identifierKey with its identifierValue',
    ref,
  )
}

function byId(id: string): BirdLookup {
  return {
    path: [id],
    find: (participants) => participants.find((participant) => participant.id === id) ?? null,
  }
}

function byIdentifier(key: string, value: string): BirdLookup {
  const isExact = (participant: Participant): boolean =>
    participant.identifierKey === key && participant.identifierValue === value
  const isAddress = key === 'phonenumber' || key === 'emailaddress'
  const wanted = value.toLowerCase()
  // Bird may spell an e-mail address differently, or name it in platformAddress alone.
  const hasAddress = ({ address }: Participant): boolean => isAddress && address?.toLowerCase() === wanted
  return {
    path: [key, value],
    find: (participants) => participants.find(isExact) ?? participants.find(hasAddress) ?? null,
  }
}
