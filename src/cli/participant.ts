import type { ParticipantRef } from '../index.ts'
import { parseAddress } from '../model/address.ts'
import { DEMO_PARTICIPANTS } from './demo.ts'
import type { ListArguments } from './program.ts'
import { UsageError } from './usage-error.ts'

/** The participants whose conversations to list: every form that is passed. @throws UsageError if there is none */
export function participantsOf({ who, demo, ...options }: ListArguments): readonly ParticipantRef[] {
  const { address, email, identity, id, identifier } = options
  const participants = [
    ...(who === undefined ? [] : [meantBy(who)]),
    ...(address === undefined ? [] : [{ address }]),
    ...(email === undefined ? [] : [{ address: email }]),
    ...(identity === undefined ? [] : [{ identity }]),
    ...(id === undefined ? [] : [{ id }]),
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
  return kind === 'email' || channel !== null ? { address: who } : { phone: who }
}
