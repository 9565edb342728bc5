import { CONVERSATION_STATUSES, type ConversationStatus } from '../../model/conversation.ts'
import { check, checkIds, quote } from './assert.ts'
import type { CaseContext, ConformanceCase } from './context.ts'
import { pagesOf, statusesOf } from './pages.ts'
import { differences, type Parts, partsOf } from './request-parts.ts'

export const statusCases: readonly ConformanceCase[] = [
  {
    name: 'gives each conversation a status that its capabilities declare',
    async run(context) {
      const pages = pagesOf(context, [4, 4])
      const provider = context.create(context.serve(pages))
      const wanted = new Map(pages.flat().map(({ id, status }) => [id, status]))
      for (const { id, status } of await context.list(provider).toArray()) {
        check(
          CONVERSATION_STATUSES.includes(status),
          `the status of ${id} is ${quote(status)}, which is not in the model: it must be one of ${CONVERSATION_STATUSES.join(', ')}`,
        )
        check(
          provider.capabilities.statuses.includes(status),
          `the status of ${id} is ${quote(status)}, which capabilities.statuses does not declare: a filter for it would find nothing`,
        )
        check(
          wanted.get(id) === status,
          `the status of ${id} is ${quote(status)}, but respond() was told to send ${quote(wanted.get(id))}`,
        )
      }
    },
  },
  {
    name: 'lists the conversations of one status, and of several',
    async run(context) {
      const pages = pagesOf(context, [4, 4, 4])
      const statuses = statusesOf(context)
      for (const status of [...statuses, statuses]) {
        const found = await context.list(context.create(context.serve(pages)), { status }).toArray()
        const expected = pages.flat().filter((conversation) => [status].flat().includes(conversation.status))
        checkIds(found, expected, `with the status ${[status].flat().join(' or ')}`)
      }
    },
  },
  {
    name: 'filters by status itself if its capabilities say so',
    async run(context) {
      const { capabilities } = context.create(context.serve([]))
      if (capabilities.statusFilter !== 'one') return
      const withoutStatus = await requestWith(context)
      const again = await requestWith(context)
      const requests = await Promise.all(statusesOf(context).map((status) => requestWith(context, status)))
      for (const [index, status] of statusesOf(context).entries()) {
        check(
          differences(withoutStatus, again, requests[index] ?? again).length > 0,
          `capabilities.statusFilter is 'one', but its request for the status ${quote(status)} is the same as without a status: send request.status to the provider, or declare 'none'`,
        )
      }
      const [first = again, ...others] = requests
      const isSteady = (name: string): boolean => withoutStatus.get(name) === again.get(name)
      check(
        others.length === 0 || others.some((other) => differences(first, first, other).some(isSteady)),
        `capabilities.statusFilter is 'one', but its request is the same for every status: send request.status to the provider`,
      )
    },
  },
]

/** What the first request of a listing sends. */
async function requestWith(context: CaseContext, status?: ConversationStatus): Promise<Parts> {
  const server = context.serve(pagesOf(context, [1]))
  await context.list(context.create(server), { ...(status && { status }) }).toArray()
  const [request] = server.requests
  check(request !== undefined, 'it sends no request')
  return partsOf(request)
}
