import type { Participant } from '../../model/conversation.ts'
import type { ParticipantRef } from '../../model/participant.ts'
import { isPhoneNumber } from '../../model/phone-number.ts'

/** What identifies the participant of a reference. */
const IDENTIFYING = ['phone', 'address', 'identity', 'id', 'identifierValue'] as const

/** Somebody else of the same form. An adapter that takes only some ids, such as UUIDs, may refuse it. */
export function otherParticipant(participant: ParticipantRef): ParticipantRef {
  const changed = IDENTIFYING.flatMap((name) => {
    const value: unknown = Reflect.get(participant, name)
    return typeof value === 'string' ? [[name, otherValue(value)]] : []
  })
  // The same properties with other strings.
  return { ...participant, ...Object.fromEntries(changed) } as ParticipantRef
}

/** Another phone number ends with other digits, another e-mail address begins with other letters. */
function otherValue(value: string): string {
  const last = value.at(-1) === '7' ? '8' : '7'
  if (isPhoneNumber(value.slice(value.indexOf('+')))) return value.slice(0, -1) + last
  return value.includes('@') ? `somebody.else.${value}` : `${value}-of-somebody-else`
}

/** A participant of another provider, whose ids and identities mean nothing here. It has no address. */
export function strangerLike(participant: ParticipantRef): Participant {
  const textOf = (name: string): string => String(Reflect.get(participant, name) ?? 'a-stranger')
  return {
    provider: 'a-provider-that-nobody-has',
    id: textOf('id'),
    type: null,
    status: null,
    name: null,
    address: null,
    channel: null,
    identity: textOf('identity'),
    userId: null,
    proxyAddress: null,
    projectedAddress: null,
    identifierKey: textOf('identifierKey'),
    identifierValue: textOf('identifierValue'),
  }
}

/** The strings of a reference that identify somebody: they must not be shown. */
export function identifyingStrings(participant: ParticipantRef): string[] {
  return IDENTIFYING.map((name): unknown => Reflect.get(participant, name)).filter(
    (value) => typeof value === 'string',
  )
}
