import type { ParticipantRef } from '../index.ts'
import { isWhatsAppUserId, parseAddress } from '../model/address.ts'
import { problemOfAddress, problemOfPhone } from '../model/address-problems.ts'
import { isPhoneNumber } from '../model/phone-number.ts'
import { problemOfText } from '../model/sendable-text.ts'
import { describeValue } from '../options/describe-value.ts'
import { DEMO_PARTICIPANTS } from './demo.ts'
import type { ListArguments } from './list-arguments.ts'
import { UsageError } from './usage-error.ts'

/** The participants whose conversations to list: every form that is passed. @throws UsageError for none, or a malformed one */
export function participantsOf({ who, demo, ...options }: ListArguments): readonly ParticipantRef[] {
  const { address, email, identity, id, identifier } = options
  const participants = [
    ...(who === undefined ? [] : [meantBy(who)]),
    ...(address === undefined
      ? []
      : [{ address: checked('--address', address, problemOfAddress(address, null)) }]),
    ...(email === undefined ? [] : [{ address: checked('--email', email, problemOfEmail(email)) }]),
    ...(identity === undefined
      ? []
      : [{ identity: checked('--identity', identity, problemOfText(identity)) }]),
    ...(id === undefined ? [] : [{ id: checked('--id', id, problemOfText(id)) }]),
    ...(identifier === undefined ? [] : [identifier]),
  ]
  if (participants.length > 0) return participants
  if (demo) return DEMO_PARTICIPANTS
  throw new UsageError(
    'Whose conversations? Pass a phone number or an e-mail address, such as +12025550123, or see --help.',
  )
}

/** A phone number means all its channels. A prefix, as in `whatsapp:+12025550123`, means one. */
function meantBy(who: string): ParticipantRef {
  const { kind, channel } = parseAddress(who)
  return kind === 'email' || channel !== null || isWhatsAppUserId(who)
    ? { address: checked('', who, problemOfAddress(who, null)) }
    : { phone: checked('', who, problemOfNumber(who)) }
}

/** The library does not guess a country code. The person who typed the number knows. */
function problemOfNumber(number: string): string | null {
  const problem = problemOfPhone(number)
  if (problem === null || !isPhoneNumber(`+${number}`)) return problem
  return `${problem}. If it begins with the country code, pass +${number}`
}

function problemOfEmail(email: string): string | null {
  return parseAddress(email).kind === 'email'
    ? problemOfAddress(email, null)
    : 'must be an e-mail address, such as jo@example.com'
}

/** `option` is empty for the argument, and `problem` ends a sentence about the value. @throws UsageError */
function checked(option: string, value: string, problem: string | null): string {
  if (problem === null) return value
  throw new UsageError(`${`${option} ${describeValue(value)}`.trim()} ${problem}.`)
}
