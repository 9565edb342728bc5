import { TimeoutError } from '../../model/errors.ts'
import type { ConversationProvider } from '../../provider/provider.ts'
import { check, checkIds, collectUntilError, quote } from './assert.ts'
import type { CaseContext, ConformanceCase } from './context.ts'
import { untilAborted } from './failing.ts'
import { pagesOf } from './pages.ts'
import { takesHttpOptions } from './setup.ts'
import type { Asked } from './wire-server.ts'

type Answer = (asked: Asked) => Response | Promise<Response>

export const timeLimitCases: readonly ConformanceCase[] = [
  {
    name: 'aborts a request that takes longer than timeoutMs',
    appliesTo: (_manner, options) => takesHttpOptions(options),
    async run(context) {
      await timesOut(context, 'a response that does not arrive', ({ request }) => untilAborted(request))
      await timesOut(context, 'a body that does not end', stalledBody)
    },
  },
  {
    name: 'retries a request that takes longer than timeoutMs',
    appliesTo: (_manner, options) => takesHttpOptions(options),
    async run(context) {
      const pages = pagesOf(context, [2, 2])
      const server = context.serve(pages, {
        intercept: ({ page, attempt, request }) =>
          page === 1 && attempt === 1 ? untilAborted(request) : undefined,
      })
      // Several retries, since a busy machine may need more time for a response than the limit allows.
      const retry = { retries: 5, minDelayMs: 1, maxDelayMs: 1 }
      const { items, error } = await listWithin(context, context.create(server, { timeoutMs, retry }))
      check(
        error === undefined,
        `after a response that does not arrive it does not retry: it throws ${quote(error)}`,
      )
      checkIds(items, pages.flat(), 'retried after a response that does not arrive')
    },
  },
]

const timeoutMs = 50

async function timesOut(context: CaseContext, what: string, answer: Answer): Promise<void> {
  const requests: Request[] = []
  const server = context.serve(pagesOf(context, [2, 2]), {
    intercept(asked) {
      if (asked.page === 2 || context.manner.by === 'none') requests.push(asked.request)
      return requests.length > 0 ? answer(asked) : undefined
    },
  })
  const { error, isEndless } = await listWithin(
    context,
    context.create(server, { timeoutMs, retry: { retries: 0 } }),
  )
  check(
    !isEndless,
    `it waits for ${what} much longer than timeoutMs: limit the time of a request, including its body`,
  )
  check(error instanceof TimeoutError, `the error for ${what} is ${quote(error)}, not TimeoutError`)
  check(
    error.isRetryable,
    `the error for ${what} has isRetryable: false, but the same call may succeed later`,
  )
  check(error.cursor !== null, `the error for ${what} has no cursor`)
  check(
    requests.every(({ signal }) => signal.aborted),
    `${what} is still waited for after timeoutMs: abort the request`,
  )
}

/** Lists, but not for much longer than the time limit. */
async function listWithin(context: CaseContext, provider: ConversationProvider) {
  const controller = new AbortController()
  const listing = collectUntilError(context.list(provider, { signal: controller.signal }))
  const stopWaiting = repeatedly(() => controller.abort(new Error('there is no time limit')))
  const listed = await listing.finally(stopWaiting)
  return { ...listed, isEndless: controller.signal.aborted }
}

/** Calls a function after many times the time limit. A busy machine delays each step, so that the limit comes first. */
function repeatedly(then: () => void, steps = 40): () => void {
  let timer = setTimeout(step, timeoutMs)
  let left = steps
  function step(): void {
    left -= 1
    if (left === 0) then()
    else timer = setTimeout(step, timeoutMs)
  }
  return () => clearTimeout(timer)
}

/** The beginning of a body whose rest does not arrive. */
function stalledBody({ request }: Asked): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"'))
      untilAborted(request).catch((reason) => controller.error(reason))
    },
  })
  return new Response(body, { headers: { 'content-type': 'application/json' } })
}
