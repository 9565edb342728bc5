import type { Participant } from '../../model/conversation.ts'
import type { ParticipantRef } from '../../model/participant.ts'
import { isPhoneNumber } from '../../model/phone-number.ts'

/** What identifies the participant of a reference. */
const IDENTIFYING = ['phone', 'address', 'identity', 'id', 'identifierValue'] as const

/**
 * Others of the same form: their identifying text differs at the end, at the beginning, or in length. An adapter may refuse some
 * of them, such as those that are not UUIDs.
 */
export function otherParticipants(participant: ParticipantRef): ParticipantRef[] {
  const last = /[a-z\d](?=[^a-z\d]*$)/i
  const first = hasPhoneNumber(participant) ? /\d/ : /[a-z\d]/i
  const changes: ((value: string) => string)[] = [
    (value) => value.replace(last, otherCharacter),
    (value) => value.replace(first, otherCharacter),
    (value) => (value.includes('@') ? `somebody.else.${value}` : `${value}-of-somebody-else`),
  ]
  return changes.map((change) => {
    const changed = IDENTIFYING.flatMap((name) => {
      const value: unknown = Reflect.get(participant, name)
      return typeof value === 'string' ? [[name, change(value)]] : []
    })
    // The same properties with other strings.
    return { ...participant, ...Object.fromEntries(changed) } as ParticipantRef
  })
}

/** A digit for a digit, and a hexadecimal letter for a letter, in the same case. */
function otherCharacter(character: string): string {
  if (/\d/.test(character)) return character === '7' ? '8' : '7'
  const other = character.toLowerCase() === 'a' ? 'b' : 'a'
  return character === character.toLowerCase() ? other : other.toUpperCase()
}

/** Whether it is a phone number, perhaps with a prefix such as `whatsapp:`, which stays. */
function hasPhoneNumber(participant: ParticipantRef): boolean {
  return identifyingStrings(participant).some((text) => isPhoneNumber(text.slice(text.indexOf('+'))))
}

/** A participant of another provider, whose ids and identities mean nothing here. It has no address. */
export function strangerLike(participant: ParticipantRef): Participant {
  const textOf = (name: string): string => String(Reflect.get(participant, name) ?? 'a-stranger')
  return {
    provider: 'a-provider-that-nobody-has',
    id: textOf('id'),
    type: null,
    status: null,
    name: 'A Stranger',
    address: null,
    channel: null,
    identity: textOf('identity'),
    userId: textOf('userId'),
    proxyAddress: '+12025550199',
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
