import { CONVERSATION_STATUSES } from '../../model/conversation.ts'
import { check, collectUntilError, quote } from './assert.ts'
import type { ConformanceCase } from './context.ts'
import { untilAborted } from './failing.ts'
import { pagesOf } from './pages.ts'

export const contractCases: readonly ConformanceCase[] = [
  {
    name: 'declares its name, scope and capabilities, and sends no request before it is listed',
    async run(context) {
      const { name, scope, capabilities } = context.create(context.serve([]))
      check(typeof name === 'string' && name !== '', `its name is ${quote(name)}: it must be a string`)
      check(typeof scope === 'string', `its scope is ${quote(scope)}: it must be a string`)
      check(
        typeof capabilities === 'object' && Array.isArray(capabilities.statuses),
        `its capabilities are ${quote(capabilities)}: they must be { maxPageSize, statusFilter, statuses }`,
      )
      const { maxPageSize, statusFilter, statuses, notFound = 'error' } = capabilities
      check(
        Number.isSafeInteger(maxPageSize) && maxPageSize >= 1,
        `capabilities.maxPageSize is ${quote(maxPageSize)}: it must be a whole number of at least 1`,
      )
      check(
        ['one', 'none'].includes(statusFilter),
        `capabilities.statusFilter is ${quote(statusFilter)}: it must be 'one' or 'none'`,
      )
      check(
        ['empty', 'error'].includes(notFound),
        `capabilities.notFound is ${quote(notFound)}: it must be 'empty' or 'error'`,
      )
      const unknown = statuses.find((status) => !CONVERSATION_STATUSES.includes(status))
      check(
        unknown === undefined && statuses.length > 0,
        `capabilities.statuses is ${quote(statuses)}: it must contain one or more of ${CONVERSATION_STATUSES.join(', ')}`,
      )
      const server = context.serve(pagesOf(context, [1]))
      context.list(context.create(server))
      check(server.requests.length === 0, 'it sends a request before it is iterated')
    },
  },
  {
    name: 'stops a request in flight when the listing is aborted',
    async run(context) {
      const pages = pagesOf(context, [3, 3])
      const controller = new AbortController()
      const reason = new Error('enough')
      const requests: Request[] = []
      const server = context.serve(pages, {
        intercept({ page, request }) {
          if (page === 1 && context.manner.by !== 'none') return undefined
          requests.push(request)
          setTimeout(() => controller.abort(reason), 0)
          return untilAborted(request)
        },
      })
      const list = context.list(context.create(server), { signal: controller.signal })
      const { error } = await collectUntilError(list)
      check(error === reason, `an aborted listing throws ${quote(error)} instead of the signal's reason`)
      check(
        requests.every(({ signal }) => signal.aborted),
        'the request continues after the listing was aborted: pass request.signal to fetch',
      )
    },
  },
]
