import type { ParticipantRef } from '../index.ts'
import { DEMO_ADDRESS } from './demo.ts'
import type { ListArguments } from './program.ts'
import { UsageError } from './usage-error.ts'

/** The participant whose conversations to list. @throws UsageError if none or several are named */
export function participantOf({ address, identity, id, identifier, demo }: ListArguments): ParticipantRef {
  const named: ParticipantRef[] = [
    ...(address === undefined ? [] : [{ address }]),
    ...(identity === undefined ? [] : [{ identity }]),
    ...(id === undefined ? [] : [{ id }]),
    ...(identifier === undefined ? [] : [identifier]),
  ]
  const [participant, ...others] = named
  if (others.length > 0) {
    throw new UsageError('Pass one participant: an address, or one of --identity, --id and --identifier.')
  }
  if (participant !== undefined) return participant
  if (demo) return { address: DEMO_ADDRESS }
  throw new UsageError(
    'Whose conversations? Pass a phone number or an e-mail address, such as +12025550123, or see --help.',
  )
}
