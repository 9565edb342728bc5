import {
  type AddressRef,
  addressOf,
  belongsTo,
  describeParticipant,
  describeValue,
  type IdentifierRef,
  type IdRef,
  type Participant,
  type ParticipantRef,
  unsupportedParticipant,
  withPrefix,
} from '../../adapter.ts'

/** Whom Bird can look up. */
export type BirdParticipantRef = AddressRef | IdRef | IdentifierRef | Participant

/** How Bird is asked for a participant, and how it is recognised in an answer. */
export interface BirdLookup {
  /** The segments of the path that name it. */
  readonly path: readonly string[]
  matches(participant: Participant): boolean
}

/** @throws UnsupportedParticipantError */
export function participantLookup(ref: ParticipantRef): BirdLookup {
  const lookup = lookUp(ref)
  const dots = lookup.path.find((segment) => segment === '.' || segment === '..')
  if (dots === undefined) return lookup
  throw unsupportedParticipant('bird', `must not be ${describeValue(dots)}, which no URL can hold`)
}

function lookUp(ref: ParticipantRef): BirdLookup {
  // The ids of other providers mean nothing here.
  if (belongsTo('bird', ref)) {
    if (ref.id != null) return byId(ref.id)
    if (ref.identifierKey != null && ref.identifierValue != null) {
      return byIdentifier(ref.identifierKey, ref.identifierValue)
    }
  }
  const address = addressOf(ref, 'bird')
  if (address?.kind === 'phone') return byIdentifier('phonenumber', address.value)
  if (address?.kind === 'email') return byIdentifier('emailaddress', address.value)
  const got = address === null ? describeParticipant(ref) : describeValue(withPrefix(address))
  throw unsupportedParticipant(
    'bird',
    `must have an id, a phone number, an e-mail address, or an identifierKey with its identifierValue; got ${got}`,
  )
}

function byId(id: string): BirdLookup {
  return { path: [id], matches: (participant) => participant.id === id }
}

function byIdentifier(key: string, value: string): BirdLookup {
  return {
    path: [key, value],
    matches: (participant) => participant.identifierKey === key && participant.identifierValue === value,
  }
}
