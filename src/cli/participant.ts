import type { ParticipantForm, ParticipantRef } from '../index.ts'
import { DEMO_ADDRESS } from './demo.ts'
import type { ListArguments } from './program.ts'
import { UsageError } from './usage-error.ts'

/** How each form is passed. */
const REFS: {
  readonly [Form in ParticipantForm]: (options: ListArguments) => ParticipantRef<Form> | undefined
} = {
  address: ({ address }) => (address === undefined ? undefined : { address }),
  identity: ({ identity }) => (identity === undefined ? undefined : { identity }),
  id: ({ id }) => (id === undefined ? undefined : { id }),
  identifier: ({ identifier }) => identifier,
}

/** The participant whose conversations to list. @throws UsageError if none or several are named */
export function participantOf(options: ListArguments): ParticipantRef {
  const [participant, ...others] = Object.values(REFS)
    .map((refOf) => refOf(options))
    .filter((ref) => ref !== undefined)
  if (others.length > 0) {
    throw new UsageError('Pass one participant: an address, or one of --identity, --id and --identifier.')
  }
  if (participant !== undefined) return participant
  if (options.demo) return { address: DEMO_ADDRESS }
  throw new UsageError(
    'Whose conversations? Pass a phone number or an e-mail address, such as +12025550123, or see --help.',
  )
}
