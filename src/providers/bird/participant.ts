import type { ParticipantInput, ParticipantLookup } from '../../adapter.ts'
import { IDENTIFIER_KEYS, isAddressKey, isSameValue } from './identifier.ts'

/** The forms of participants that Bird can look up. */
export type BirdForm = 'phone' | 'address' | 'id' | 'identifier'

/** The segments of a path that identify a participant: an id, or the key and the value of an identifier. */
export function segmentsFor(lookup: ParticipantLookup<BirdForm>): readonly string[] {
  return lookup.form === 'id' ? [lookup.value] : [keyOf(lookup), lookup.value]
}

/** The key of an identifier. Addresses of other kinds are refused. */
function keyOf(lookup: ParticipantLookup<'address' | 'identifier'>): string {
  if (lookup.form === 'identifier') return lookup.identifierKey
  return lookup.kind === 'other' ? '' : IDENTIFIER_KEYS[lookup.kind]
}

/** Finds the participant that was looked up among those of a conversation. */
export function findParticipant<P extends ParticipantInput>(
  lookup: ParticipantLookup<BirdForm>,
  participants: readonly P[],
): P | null {
  const { value } = lookup
  if (lookup.form === 'id') return participants.find(({ id }) => id === value) ?? null
  const key = keyOf(lookup)
  const isExact = ({ identifierKey, identifierValue }: P): boolean =>
    identifierKey === key && identifierValue === value
  // Bird may name an address in platformAddress alone.
  const hasAddress = ({ address }: P): boolean =>
    isAddressKey(key) && address != null && isSameValue(key, address, value)
  const hasNoKey = ({ identifierKey, identifierValue }: P): boolean =>
    identifierKey == null && identifierValue != null && isSameValue(key, identifierValue, value)
  return participants.find(isExact) ?? participants.find(hasAddress) ?? participants.find(hasNoKey) ?? null
}
