import {
  ApiError,
  type ApiErrorContext,
  AuthenticationError,
  ConfigurationError,
  ConnectionError,
  type ConversationsError,
  InvalidRequestError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  type RequestErrorContext,
  ResponseValidationError,
  ServerError,
  TimeoutError,
} from '../errors.ts'
import { decodeText } from './body.ts'
import { DeadlineError } from './deadline.ts'
import type { HttpProfile } from './profile.ts'
import { type Scrub, safeCause, scrubJson } from './redact.ts'
import { parseRetryAfter } from './retry-after.ts'
import { type Answer, BodyTooLargeError } from './transport.ts'

/** What an error needs to know of the request that failed. */
export interface FailureContext extends RequestErrorContext {
  readonly profile: HttpProfile
  readonly method: string
  readonly scrub: Scrub
}

/** The error for an answer whose status is not a success. */
export function errorOfStatus(answer: Answer, requestId: string | null, context: FailureContext): ApiError {
  const { profile, scrub, url, attempts, provider } = context
  const { status } = answer
  const body = profile.readErrorBody(readJson(answer.bytes, scrub))
  const retryAfterMs = parseRetryAfter(answer.header('retry-after'))
  const said = [
    body.message?.slice(0, 500).replace(/\.$/, ''),
    body.code === null ? null : `(code ${body.code})`,
  ].filter(Boolean)
  const message = [
    `${profile.title} answered ${status} to ${context.method} ${url}${after(attempts)}`,
    said.length === 0 ? '.' : `: ${said.join(' ')}.`,
    ` ${profile.advice(status, body.code) ?? adviceFor(status, retryAfterMs)}`,
  ].join('')
  return new (classOf(status))(message, {
    provider: provider ?? null,
    status,
    code: body.code,
    requestId,
    details: body.details,
    url,
    attempts,
    retryAfterMs,
  })
}

/** The error for an exchange that broke, or took too long. */
export function errorOfFault(fault: unknown, timeoutMs: number, context: FailureContext): ConversationsError {
  const { profile, method, scrub, url, attempts, provider = null } = context
  const subject = `${method} ${url}`
  if (fault instanceof DeadlineError) {
    return new TimeoutError(
      `${profile.title} did not answer ${subject} within ${timeoutMs} ms${after(attempts)}. Continue from the cursor, or raise timeoutMs.`,
      { provider, url, attempts, timeoutMs },
    )
  }
  if (fault instanceof BodyTooLargeError) {
    return new ResponseValidationError(
      `${profile.title} answered ${subject} with more than maxResponseBytes allows (${fault.maxBytes} bytes). Lower pageSize, or raise maxResponseBytes.`,
      { provider },
    )
  }
  const cause = safeCause(fault, scrub)
  if (isProgrammingError(fault)) {
    return new ConfigurationError(`${subject} could not be sent: ${cause.message}`, { provider, cause })
  }
  return new ConnectionError(
    `${profile.title} could not be reached, or the connection broke, on ${subject}${after(attempts)}: ${deepestMessage(cause).replace(/\.$/, '')}. Check the network and baseUrl, then continue from the cursor.`,
    { provider, cause, url, attempts },
  )
}

function classOf(status: number): new (message: string, context: ApiErrorContext) => ApiError {
  if (status === 401) return AuthenticationError
  if (status === 403) return PermissionError
  if (status === 404) return NotFoundError
  if (status === 400 || status === 409 || status === 422) return InvalidRequestError
  if (status === 429) return RateLimitError
  return status >= 500 ? ServerError : ApiError
}

/** What to do about a status, where the adapter knows nothing better. */
function adviceFor(status: number, retryAfterMs: number | null): string {
  if (status >= 300 && status < 400) {
    return 'Redirects are not followed, since the credentials would go along: set baseUrl to the final address.'
  }
  if (status === 401) return 'Check the credentials.'
  if (status === 403) return 'The credentials are valid but do not allow this: check their permissions.'
  if (status === 404) return 'Check the ids in the options, and baseUrl.'
  if (status === 429) {
    return retryAfterMs === null
      ? 'Ask less often, or raise retry.retries; then continue from the cursor.'
      : `Wait ${Math.ceil(retryAfterMs / 1000)} s, then continue from the cursor.`
  }
  if (status >= 500 || status === 408)
    return 'The fault is on the other side: continue from the cursor later.'
  return 'Check the participant and the options.'
}

function after(attempts: number): string {
  return attempts === 1 ? '' : ` (attempt ${attempts})`
}

function readJson(bytes: Uint8Array, scrub: Scrub): unknown {
  try {
    return scrubJson(JSON.parse(decodeText(bytes)), scrub)
  } catch {
    // An error page of a proxy, or nested too deep to walk: the status has to do.
    return null
  }
}

/** undici's codes for a request that it cannot send, and for a dispatcher that somebody has closed. */
const PROGRAMMING_CODES = new Set<unknown>(['UND_ERR_INVALID_ARG', 'UND_ERR_CLOSED', 'UND_ERR_DESTROYED'])

/** How runtimes say that the network failed, where they give no cause. */
const NETWORK_MESSAGE =
  /^(failed to fetch|fetch failed|load failed|terminated|error sending request)|network|offline/i

/** Faults that a repetition cannot mend: a mistake in a `fetch` of one's own, or a request that cannot be made. */
function isProgrammingError(fault: unknown): boolean {
  if (fault instanceof TypeError) return fault.cause === undefined && !NETWORK_MESSAGE.test(fault.message)
  if (fault instanceof ReferenceError || fault instanceof RangeError || fault instanceof SyntaxError)
    return true
  return fault instanceof Error && 'code' in fault && PROGRAMMING_CODES.has(fault.code)
}

/** `fetch` says only "fetch failed": what failed is in its causes. */
function deepestMessage(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null
  if (error.cause instanceof Error) return deepestMessage(error.cause)
  return error.message || code || error.name
}
