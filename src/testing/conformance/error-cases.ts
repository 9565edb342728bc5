import {
  ApiError,
  AuthenticationError,
  ConnectionError,
  ConversationsError,
  InvalidRequestError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ResponseValidationError,
  ServerError,
} from '../../model/errors.ts'
import { check, checkIds, collectUntilError, quote } from './assert.ts'
import type { CaseContext, ConformanceCase } from './context.ts'
import { pagesOf } from './pages.ts'

type ErrorClass = new (...args: never[]) => ConversationsError

const CLASSES: readonly (readonly [status: number, ErrorClass])[] = [
  [400, InvalidRequestError],
  [401, AuthenticationError],
  [403, PermissionError],
  [404, NotFoundError],
  [409, InvalidRequestError],
  [418, ApiError],
  [422, InvalidRequestError],
  [429, RateLimitError],
  [500, ServerError],
  [503, ServerError],
]

export const errorCases: readonly ConformanceCase[] = [
  ...CLASSES.map(([status, errorClass]) => ({
    name: `throws ${errorClass.name} for the status ${status}, and continues from its cursor`,
    async run(context: CaseContext) {
      const error = await failsAndGoesOn(context, `the status ${status}`, errorClass, () =>
        errorResponse(context, status),
      )
      check(
        error instanceof ApiError && error.status === status,
        `the error for the status ${status} has the status ${quote(Reflect.get(error, 'status'))}`,
      )
    },
  })),
  {
    name: 'throws ConnectionError for a connection that breaks, and continues from its cursor',
    async run(context) {
      await failsAndGoesOn(context, 'a fetch that rejects', ConnectionError, () =>
        Promise.reject(new TypeError('fetch failed', { cause: new Error('read ECONNRESET') })),
      )
      await failsAndGoesOn(context, 'a body that breaks off', ConnectionError, brokenBody)
    },
  },
  {
    name: 'throws ResponseValidationError for a response that is not JSON, and continues from its cursor',
    async run(context) {
      await failsAndGoesOn(context, 'a page of HTML', ResponseValidationError, () => {
        return new Response('<!doctype html><title>Sign in</title>', {
          headers: { 'content-type': 'text/html' },
        })
      })
    },
  },
]

/** The provider's error; by default, an empty one. */
export function errorResponse({ options }: CaseContext, status: number): Response {
  return options.respondError?.(status) ?? Response.json({}, { status })
}

/** Checks a listing whose third page fails, if it has several, and that a new listing continues from the cursor of its error. */
async function failsAndGoesOn(
  context: CaseContext,
  what: string,
  errorClass: ErrorClass,
  answer: () => Response | Promise<Response>,
): Promise<ConversationsError> {
  const pages = pagesOf(context, [2, 3, 2, 1])
  const failingPage = context.manner.by === 'none' ? 1 : 3
  const failing = context.serve(pages, { intercept: (page) => (page === failingPage ? answer() : undefined) })
  const provider = context.create(failing)
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
  check(error.cursor !== null, `the error for ${what} has no cursor`)
  const rest = await context.list(context.create(context.serve(pages)), { cursor: error.cursor }).toArray()
  checkIds([...items, ...rest], pages.flat(), `continued from the cursor of the error for ${what}`)
  return error
}

/** Names the error that the adapter threw, which the page loop may have wrapped. */
function nameOf(error: unknown): string {
  const inner = error instanceof ConversationsError && error.constructor === ConversationsError
  return quote(inner && error.cause !== undefined ? error.cause : error)
}

function brokenBody(): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"'))
      controller.error(new TypeError('terminated'))
    },
  })
  return new Response(body, { headers: { 'content-type': 'application/json' } })
}
