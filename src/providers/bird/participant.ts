import {
  type Lookup,
  type Participant,
  type ParticipantLookup,
  unsupportedParticipant,
} from '../../adapter.ts'
import { IDENTIFIER_KEYS, isAddressKey, isSameValue } from './identifier.ts'

/** The forms of participants that Bird can look up. */
export type BirdForm = 'phone' | 'address' | 'id' | 'identifier'

/** How a participant is looked up, and recognized in a response. */
export interface BirdLookup extends Lookup {
  /** The path segments that identify the participant. */
  readonly path: readonly string[]
  /** Finds the participant among those of a conversation. */
  find(participants: readonly Participant[]): Participant | null
}

/** @throws UnsupportedParticipantError */
export function birdLookups(participant: ParticipantLookup<BirdForm>): readonly BirdLookup[] {
  const { path, find } = lookUp(participant)
  const dots = path.find((segment) => segment === '.' || segment === '..')
  if (dots !== undefined) {
    throw unsupportedParticipant('bird', `must not be "${dots}", which cannot be part of a URL`)
  }
  return [{ key: JSON.stringify(path), path, find }]
}

function lookUp(participant: ParticipantLookup<BirdForm>): Omit<BirdLookup, 'key'> {
  const { form, value } = participant
  if (form === 'id') return byId(value)
  if (form === 'identifier') return byIdentifier(participant.identifierKey, value)
  // Its rules let no other kind of address pass.
  return byIdentifier(participant.kind === 'other' ? '' : IDENTIFIER_KEYS[participant.kind], value)
}

function byId(id: string): Omit<BirdLookup, 'key'> {
  return {
    path: [id],
    find: (participants) => participants.find((participant) => participant.id === id) ?? null,
  }
}

function byIdentifier(key: string, value: string): Omit<BirdLookup, 'key'> {
  const isExact = ({ identifierKey, identifierValue }: Participant): boolean =>
    identifierKey === key && identifierValue === value
  // Bird may name an address in platformAddress alone.
  const hasAddress = ({ address }: Participant): boolean =>
    isAddressKey(key) && address !== null && isSameValue(key, address, value)
  const hasNoKey = ({ identifierKey, identifierValue }: Participant): boolean =>
    identifierKey === null && identifierValue !== null && isSameValue(key, identifierValue, value)
  return {
    path: [key, value],
    find: (participants) =>
      participants.find(isExact) ?? participants.find(hasAddress) ?? participants.find(hasNoKey) ?? null,
  }
}
