import type { HttpOptions } from '../../http/http-options.ts'
import { ConversationsError, RateLimitError } from '../../model/errors.ts'
import { check, checkIds, collectUntilError, quote } from './assert.ts'
import type { CaseContext, ConformanceCase } from './context.ts'
import { brokenBody, brokenConnection, errorResponse, failsAndContinues } from './failing.ts'
import type { AnyTestOptions } from './options.ts'
import { pagesOf } from './pages.ts'
import { takesHttpOptions } from './setup.ts'
import type { Asked } from './wire-server.ts'

type Answer = (asked: Asked) => Response | Promise<Response>

const appliesTo = (_manner: unknown, options: AnyTestOptions): boolean => takesHttpOptions(options)

const once: HttpOptions = { retry: { retries: 1, minDelayMs: 1, maxDelayMs: 1 } }

export const httpCases: readonly ConformanceCase[] = [
  {
    name: 'follows no redirects',
    async run(context) {
      const { server } = await failsAndContinues(context, {
        what: 'a redirect',
        errorClass: ConversationsError,
        answer: ({ request }) =>
          request.redirect === 'error'
            ? Promise.reject(new TypeError('unexpected redirect'))
            : new Response(null, { status: 302, headers: { location: 'https://elsewhere.example/' } }),
      })
      check(
        server.requests.every(({ redirect }) => redirect !== 'follow'),
        `it lets fetch follow redirects, which sends credentials and participant to wherever they lead: set redirect to 'manual' or 'error'`,
      )
    },
  },
  {
    name: 'retries what may succeed later',
    appliesTo,
    async run(context) {
      const failures: [what: string, answer: Answer][] = [
        ...[408, 429, 500, 502, 503, 504].map((status): [string, Answer] => [
          `the status ${status}`,
          () => errorResponse(context, status),
        ]),
        ['a fetch that rejects', brokenConnection],
        ['a body that breaks off', brokenBody],
      ]
      for (const [what, answer] of failures) {
        const pages = pagesOf(context, [2, 2])
        const server = context.serve(pages, {
          intercept: (asked) => (asked.page === 1 && asked.attempt === 1 ? answer(asked) : undefined),
        })
        const { items, error } = await collectUntilError(context.list(context.create(server, once)))
        check(
          error === undefined,
          `after ${what} it does not retry, although retry.retries is 1: it throws ${quote(error)}`,
        )
        checkIds(items, pages.flat(), `retried after ${what}`)
      }
    },
  },
  {
    name: 'retries as often as its options allow, and only what may succeed later',
    appliesTo,
    async run(context) {
      for (const retries of [0, 2]) {
        for (const status of [429, 503]) {
          const made = await attempts(context, status, { retry: { ...once.retry, retries } })
          check(
            made === retries + 1,
            `for the status ${status} it makes ${made} requests, although retry.retries is ${retries}`,
          )
        }
      }
      for (const status of [400, 403, 404, 422]) {
        const made = await attempts(context, status, once)
        check(
          made === 1,
          `for the status ${status} it makes ${made} requests: the same request would fail again`,
        )
      }
    },
  },
  {
    name: 'waits as long as Retry-After says, or fails at once',
    appliesTo,
    async run(context) {
      const { error, server } = await failsAndContinues(context, {
        what: 'a 429 with Retry-After',
        errorClass: RateLimitError,
        isFirst: true,
        http: { retry: { ...once.retry, maxRetryAfterMs: 1 } },
        async answer() {
          const response = await errorResponse(context, 429)
          const headers = new Headers(response.headers)
          headers.set('retry-after', '3600')
          return new Response(await response.text(), { status: response.status, headers })
        },
      })
      check(server.asked.length === 1, 'it retries before the time that Retry-After says')
      const { retryAfterMs }: { readonly retryAfterMs?: unknown } = Object(error)
      check(
        retryAfterMs === 3_600_000,
        `the error for a 429 with Retry-After: 3600 has retryAfterMs: ${quote(retryAfterMs)}, not 3600000`,
      )
    },
  },
]

/** How many requests a listing makes whose first page always fails. */
async function attempts(context: CaseContext, status: number, http: HttpOptions): Promise<number> {
  const server = context.serve(pagesOf(context, [1]), { intercept: () => errorResponse(context, status) })
  await collectUntilError(context.list(context.create(server, http)))
  return server.asked.length
}
