import type { Address } from '../../address.ts'
import { describeValue } from '../../check.ts'
import type { Participant } from '../../conversation.ts'
import { UnsupportedParticipantError } from '../../errors.ts'
import {
  type AddressRef,
  addressOf,
  type IdentifierRef,
  type IdRef,
  isParticipant,
  type ParticipantRef,
} from '../../participant.ts'

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
  if (dots !== undefined)
    throw refuse(`must not be ${describeValue(dots)}, which means another path in a URL`)
  return lookup
}

function lookUp(ref: ParticipantRef): BirdLookup {
  // The ids of other providers mean nothing here.
  const isOurs = !isParticipant(ref) || ref.provider === 'bird'
  if (isOurs && 'id' in ref && ref.id !== null) return byId(ref.id)
  if (isOurs && 'identifierKey' in ref && ref.identifierKey !== null && ref.identifierValue !== null) {
    return byIdentifier(ref.identifierKey, ref.identifierValue)
  }
  const address = addressOf(ref, 'bird')
  if (address !== null) return byAddress(address)
  const got = isParticipant(ref)
    ? `a participant of ${ref.provider} without an address`
    : Object.keys(ref).join(', ')
  throw refuse(`must have an id, an address, or an identifierKey with its identifierValue; got ${got}`)
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

function byAddress({ kind, value, channel }: Address): BirdLookup {
  if (kind === 'phone') return byIdentifier('phonenumber', value)
  if (kind === 'email') return byIdentifier('emailaddress', value)
  throw refuse(
    `has an address that is neither a phone number nor an e-mail address${channel === null ? '' : ` (channel ${channel})`}; name it by identifierKey and identifierValue instead; got ${describeValue(value)}`,
  )
}

function refuse(problem: string): UnsupportedParticipantError {
  return new UnsupportedParticipantError(`bird: participant ${problem}`, { provider: 'bird' })
}
