import { InvalidCursorError, UnsupportedParticipantError } from '../../model/errors.ts'
import type { ParticipantRef } from '../../model/participant.ts'
import { check, errorOf, quote } from './assert.ts'
import type { CaseContext, ConformanceCase } from './context.ts'
import { pagesOf } from './pages.ts'
import { otherParticipants, strangerLike } from './participants.ts'
import { differences, type Parts, partsOf } from './request-parts.ts'

export const participantCases: readonly ConformanceCase[] = [
  {
    name: 'requests the conversations of the participant, and of nobody else',
    async run(context) {
      const { participant } = context.options
      for (const other of await othersOf(context)) {
        // One provider for all of them: it may keep whom it was asked for first.
        const requestFor = requester(context)
        const sent = await requestFor(participant)
        const sentForOther = await requestFor(other)
        check(
          differences(sent, await requestFor(participant), sentForOther).length > 0,
          `its request is the same for the participants ${quote(participant)} and ${quote(other)}: send what identifies the participant`,
        )
      }
    },
  },
  {
    name: 'binds its cursors to the participant',
    async run(context) {
      const { participant } = context.options
      const pages = pagesOf(context, [3])
      const list = context.list(context.create(context.serve(pages)), { limit: 1 })
      let cursor: string | null = null
      for await (const { nextCursor } of list.pages()) cursor = nextCursor
      for (const other of await othersOf(context)) {
        const provider = context.create(context.serve(pages))
        const error = await errorOf(() =>
          context.list(provider, { participant: other, cursor: cursor ?? '' }).toArray(),
        )
        check(
          error instanceof InvalidCursorError,
          `a cursor of ${quote(participant)} is accepted for ${quote(other)}: lookups() must return another key for another participant`,
        )
      }
    },
  },
  {
    name: 'requests each of its lists, for each of its lookups',
    async run(context) {
      const requestOnce = async (): Promise<Parts[]> => {
        const server = context.serve(pagesOf(context, [0]))
        await context.listAll(context.create(server)).toArray()
        return Promise.all(server.requests.map(partsOf))
      }
      const [requests, again] = [await requestOnce(), await requestOnce()]
      requests.forEach((request, index) => {
        const same = again[index] ?? request
        check(
          requests.slice(index + 1).every((other) => differences(request, same, other).length > 0),
          'its requests for two of its lists or lookups are the same: send which one to read',
        )
      })
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

/** Returns what the first request for a participant sends. All of them come from one provider. */
function requester(context: CaseContext): (participant: ParticipantRef) => Promise<Parts> {
  const server = context.serve(pagesOf(context, [1]))
  const provider = context.create(server)
  return async (participant) => {
    const before = server.requests.length
    await context.list(provider, { participant }).toArray()
    const request = server.requests[before]
    check(request !== undefined, `it sends no request for the participant ${quote(participant)}`)
    return partsOf(request)
  }
}

/** The option `otherParticipant`, or else those that the adapter does not refuse. */
async function othersOf(context: CaseContext): Promise<ParticipantRef[]> {
  const { participant, otherParticipant } = context.options
  const accepts = async (one: ParticipantRef): Promise<boolean> => {
    const provider = context.create(context.serve(pagesOf(context, [1])))
    const error = await errorOf(() => context.list(provider, { participant: one }).toArray())
    if (one !== participant && one !== otherParticipant) return error === undefined
    if (error instanceof UnsupportedParticipantError) return false
    if (error !== undefined) throw error
    return true
  }
  check(await accepts(participant), `it refuses the participant ${quote(participant)}`)
  if (otherParticipant === undefined) {
    const others = otherParticipants(participant)
    const accepted = await Promise.all(others.map(accepts))
    return others.filter((_, index) => accepted[index])
  }
  check(
    await accepts(otherParticipant),
    `it refuses the participant ${quote(otherParticipant)}, which is the option otherParticipant`,
  )
  return [otherParticipant]
}
