import {
  type Lookup,
  type Participant,
  type ParticipantLookup,
  unsupportedParticipant,
} from '../../adapter.ts'

/** The forms of participants that Bird can look up. */
export type BirdForm = 'id' | 'identifier' | 'address'

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
  return byIdentifier(participant.kind === 'phone' ? 'phonenumber' : 'emailaddress', value)
}

function byId(id: string): Omit<BirdLookup, 'key'> {
  return {
    path: [id],
    find: (participants) => participants.find((participant) => participant.id === id) ?? null,
  }
}

function byIdentifier(key: string, value: string): Omit<BirdLookup, 'key'> {
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
