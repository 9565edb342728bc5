import type { HttpOptions } from '../../http/http-options.ts'
import { ConversationsError } from '../../model/errors.ts'
import { check, checkIds, collectUntilError, quote } from './assert.ts'
import type { CaseContext } from './context.ts'
import { pagesOf } from './pages.ts'
import { responseOf } from './setup.ts'
import type { Asked, WireServer } from './wire-server.ts'

export type ErrorClass = new (...args: never[]) => ConversationsError

/** What the provider sends in place of a page. */
export interface Failure {
  /** In a sentence. */
  readonly what: string
  readonly errorClass: ErrorClass
  answer(asked: Asked): Response | Promise<Response>
  /** Whether the error must say that the same call may succeed later. Default: it is not checked. */
  readonly isRetryable?: boolean
  /** The HTTP options of the adapter. */
  readonly http?: HttpOptions
  /** Whether the first page fails. Default: the third one, if there are several. */
  readonly isFirst?: boolean
}

/** The provider's error; by default, an empty one. */
export function errorResponse({ options }: CaseContext, status: number): Promise<Response> {
  const { respondError } = options
  if (respondError === undefined) return Promise.resolve(Response.json({}, { status }))
  return responseOf('respondError', () => respondError(status))
}

/** Checks the error of a listing in which a page fails, and that a new listing continues from the cursor of the error. */
export async function failsAndContinues(
  context: CaseContext,
  { what, errorClass, answer, isRetryable, http, isFirst = false }: Failure,
): Promise<{ error: ConversationsError; server: WireServer }> {
  const pages = pagesOf(context, [2, 3, 2, 1])
  const failingPage = isFirst || context.manner.by === 'none' ? 1 : 3
  const server = context.serve(pages, {
    intercept: (asked) => (asked.page === failingPage ? answer(asked) : undefined),
  })
  const provider = context.create(server, http)
  const { items, error } = await collectUntilError(context.list(provider))
  check(error !== undefined, `nothing is thrown for ${what}: the listing ends as if it were complete`)
  check(
    error instanceof ConversationsError && error instanceof errorClass,
    `the error for ${what} is ${nameOf(error)}, not ${errorClass.name}`,
  )
  check(
    error.provider === provider.name,
    `the error for ${what} has the provider ${quote(error.provider)}, not ${quote(provider.name)}`,
  )
  check(
    isRetryable === undefined || error.isRetryable === isRetryable,
    `the error for ${what} has isRetryable: ${error.isRetryable}, but the same call ${isRetryable ? 'may succeed later' : 'would fail again'}`,
  )
  check(error.cursor !== null, `the error for ${what} has no cursor`)
  const rest = await context.list(context.create(context.serve(pages)), { cursor: error.cursor }).toArray()
  checkIds([...items, ...rest], pages.flat(), `continued from the cursor of the error for ${what}`)
  return { error, server }
}

/** Names the error that the adapter threw, which the page loop may have wrapped. */
function nameOf(error: unknown): string {
  const inner = error instanceof ConversationsError && error.constructor === ConversationsError
  return quote(inner && error.cause !== undefined ? error.cause : error)
}

/** A connection that breaks before the response. The errors of some HTTP libraries contain the request. */
export function brokenConnection({ request }: Asked): Promise<Response> {
  const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
  const held = { config: { url: request.url, headers: Object.fromEntries(request.headers) } }
  return Promise.reject(Object.assign(new TypeError(`request to ${request.url} failed`, { cause }), held))
}

/** A connection that breaks within the response. */
export function brokenBody(): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"'))
      controller.error(new TypeError('terminated'))
    },
  })
  return new Response(body, { headers: { 'content-type': 'application/json' } })
}

/** Never resolves. Rejects as `fetch` does when the request is aborted. */
export function untilAborted({ signal }: Request): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
