import { CONVERSATION_STATUSES } from '../../model/conversation.ts'
import { UnsupportedParticipantError } from '../../model/errors.ts'
import { check, collectUntilError, quote, walk } from './assert.ts'
import type { CaseContext, ConformanceCase } from './context.ts'
import { errorResponse } from './error-cases.ts'
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
      const pages = pagesOf(context, [2, 2])
      const controller = new AbortController()
      const reason = new Error('enough')
      // The requests, not just their signals: Node stops following the caller's signal once a request is collected.
      const requests: Request[] = []
      const server = context.serve(pages, {
        intercept(page, request) {
          if (page === 1) return undefined
          requests.push(request)
          setTimeout(() => controller.abort(reason), 0)
          return neverUnlessAborted(request.signal)
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
  {
    name: 'refuses participants that it cannot look up, before any request',
    async run(context) {
      for (const participant of context.options.unsupportedParticipants ?? []) {
        const server = context.serve(pagesOf(context, [1]))
        const error = await errorOf(() => context.list(context.create(server), { participant }).toArray())
        check(
          error instanceof UnsupportedParticipantError,
          `for the participant ${quote(participant)} it throws ${error === undefined ? 'nothing' : quote(error)}, not an UnsupportedParticipantError`,
        )
        check(server.requests.length === 0, `it sends a request for the participant ${quote(participant)}`)
      }
    },
  },
  {
    name: 'shows no secret in an error, in itself or in a cursor',
    async run(context) {
      const found: { value: unknown; path: string }[] = []
      const provider = context.create(context.serve([]))
      found.push(...walk(provider, 'provider'))
      for (const status of [401, 429, 500]) {
        const error = await failure(context, () => errorResponse(context, status))
        found.push(...walk(error, `the error for the status ${status}`))
      }
      const broken = await failure(context, () => Promise.reject(new TypeError('fetch failed')))
      found.push(...walk(broken, 'the error for a connection that breaks'))
      for (const { value, path } of found) {
        const texts = typeof value === 'string' ? [value, decoded(value)] : []
        const shown = context.options.secrets?.some((secret) => texts.some((text) => text.includes(secret)))
        // Without the secret itself: this message ends up in logs.
        check(shown !== true, `${path} contains one of the secrets`)
      }
    },
  },
]

function neverUnlessAborted(signal: AbortSignal): Promise<Response> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

async function failure(context: CaseContext, answer: () => Response | Promise<Response>): Promise<unknown> {
  const server = context.serve(pagesOf(context, [1, 1]), {
    intercept: (page) => (page === 2 ? answer() : undefined),
  })
  return (await collectUntilError(context.list(context.create(server)))).error
}

async function errorOf(call: () => Promise<unknown>): Promise<unknown> {
  try {
    await call()
    return undefined
  } catch (error) {
    return error
  }
}

/** Decodes base64url, the encoding of cursors. */
function decoded(text: string): string {
  try {
    return atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return ''
  }
}
