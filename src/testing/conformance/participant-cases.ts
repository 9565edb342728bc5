import { UnsupportedParticipantError } from '../../model/errors.ts'
import type { ParticipantRef } from '../../model/participant.ts'
import { check, quote, sentBy } from './assert.ts'
import type { CaseContext, ConformanceCase } from './context.ts'
import { pagesOf } from './pages.ts'
import { otherParticipant, strangerLike } from './participants.ts'

export const participantCases: readonly ConformanceCase[] = [
  {
    name: 'requests the conversations of the participant, and of nobody else',
    async run(context) {
      const { participant, otherParticipant: other = otherParticipant(participant) } = context.options
      const [sent, sentForOther] = [await requestFor(context, participant), await requestFor(context, other)]
      check(sent !== null, `it refuses the participant ${quote(participant)}`)
      if (sentForOther === null) {
        check(
          context.options.otherParticipant === undefined,
          `it refuses the participant ${quote(other)}, which is the option otherParticipant`,
        )
        return
      }
      check(
        sent !== sentForOther,
        `its request is the same for the participants ${quote(participant)} and ${quote(other)}: send what identifies the participant`,
      )
    },
  },
  {
    name: 'refuses participants that it cannot look up, before any request',
    async run(context) {
      const { participant, unsupportedParticipants = [] } = context.options
      for (const refused of [...unsupportedParticipants, strangerLike(participant)]) {
        const server = context.serve(pagesOf(context, [1]))
        const error = await errorOf(() =>
          context.list(context.create(server), { participant: refused }).toArray(),
        )
        check(
          error instanceof UnsupportedParticipantError,
          `for the participant ${quote(refused)} it throws ${error === undefined ? 'nothing' : quote(error)}, not an UnsupportedParticipantError`,
        )
        check(server.requests.length === 0, `it sends a request for the participant ${quote(refused)}`)
      }
    },
  },
]

/** Everything that the first request for a participant sends; null if the adapter refuses the participant. */
async function requestFor(context: CaseContext, participant: ParticipantRef): Promise<string | null> {
  const server = context.serve(pagesOf(context, [1]))
  const error = await errorOf(() => context.list(context.create(server), { participant }).toArray())
  if (error instanceof UnsupportedParticipantError) return null
  if (error !== undefined) throw error
  return sentBy(server.requests[0])
}

async function errorOf(call: () => Promise<unknown>): Promise<unknown> {
  try {
    await call()
    return undefined
  } catch (error) {
    return error
  }
}
