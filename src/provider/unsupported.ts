import { UnsupportedParticipantError } from '../model/errors.ts'
import { isListedParticipant, type ParticipantRef } from '../model/participant.ts'
import { textOrNull } from '../model/read.ts'
import { describeValue } from '../options/describe-value.ts'

/**
 * The error for a participant that a provider cannot look up. A description says whom it can look up; this is for providers
 * that are written by hand.
 *
 * @param problem - the end of a sentence that starts with "participant"
 * @param got - the participant, or the invalid part of it, to be shown
 * @example
 * throw unsupportedParticipant('example', 'must have an id', participant)
 */
export function unsupportedParticipant(
  provider: string,
  problem: string,
  got?: ParticipantRef | string,
): UnsupportedParticipantError {
  const end =
    got === undefined ? '' : `; got ${typeof got === 'string' ? describeValue(got) : describeRef(got)}`
  return new UnsupportedParticipantError(`${provider}: participant ${problem}${end}`, { provider })
}

function describeRef(ref: ParticipantRef): string {
  const address = textOrNull(Reflect.get(ref, 'phone')) ?? textOrNull(Reflect.get(ref, 'address'))
  if (address !== null) return describeValue(address)
  if (isListedParticipant(ref)) return `a participant of ${ref.provider} without an address`
  return Object.keys(ref)
    .filter((name) => name !== 'provider')
    .join(', ')
}
