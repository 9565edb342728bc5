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
} from '../../model/errors.ts'
import { listed, oneLine } from '../../model/message.ts'
import type { ApiProfile } from '../api-profile.ts'
import { DeadlineError } from '../deadline.ts'
import { type Scrub, safeCause } from '../redact.ts'
import { parseRetryAfter } from '../retry-after.ts'
import { BodyTooLargeError, type HttpResponse } from '../transport/transport.ts'
import { readErrorBody } from './error-body.ts'
import { deepestMessage, kindOfFault } from './faults.ts'

/** What an error says about the request that failed. */
export interface FailureContext extends RequestErrorContext {
  readonly profile: ApiProfile
  readonly method: string
  readonly scrub: Scrub
}

/** The error for a response whose status is not a success. */
export function errorOfStatus(
  response: HttpResponse,
  requestId: string | null,
  context: FailureContext,
): ApiError {
  const { profile, scrub } = context
  const { status } = response
  const { code, message, details, cause, ...read } = readErrorBody(profile, response, scrub)
  const retryAfterMs = read.retryAfterMs ?? parseRetryAfter(response.header('retry-after'))
  const said = [
    message && oneLine(message).slice(0, 500).replace(/\.$/, ''),
    code === null ? null : `(code ${oneLine(String(code))})`,
  ]
  const explanation = said.filter(Boolean).join(' ')
  const known = [code, status].find((key) => key !== null && Object.hasOwn(profile.advice, key))
  const advice = profile.advice[known ?? ''] ?? adviceFor(status, retryAfterMs)
  return new (classOf(status))(
    `${profile.title} returned ${status} for ${requestOf(context)}${explanation && `: ${explanation}`}.`,
    {
      ...context,
      advice,
      status,
      code,
      requestId: read.requestId ?? requestId,
      details,
      retryAfterMs,
      cause,
    },
  )
}

/** The error for an exchange that broke, or took too long. `hasHead` says whether a response had started. */
export function errorOfFault(
  fault: unknown,
  hasHead: boolean,
  timeoutMs: number,
  context: FailureContext,
): ConversationsError {
  const { title } = context.profile
  const request = requestOf(context)
  if (fault instanceof DeadlineError) {
    return new TimeoutError(`${title} did not respond to ${request} within ${timeoutMs} ms.`, {
      ...context,
      timeoutMs,
      advice: 'Raise timeoutMs or wait a while, then continue from the cursor.',
    })
  }
  if (fault instanceof BodyTooLargeError) {
    return new ResponseValidationError(`${title} responded to ${request}, but ${fault.message}.`, {
      ...context,
      advice: 'Lower pageSize, or raise maxResponseBytes.',
    })
  }
  const cause = safeCause(fault, context.scrub)
  const kind = kindOfFault(cause, hasHead)
  if (kind === 'mistake') {
    return new ConfigurationError(`${request} failed: ${oneLine(cause.message)}`, { ...context, cause })
  }
  const problem = deepestMessage(cause)
  if (kind === 'unexpected by a mock') {
    return new ConfigurationError(`${request} is not mocked: ${problem}`, { ...context, cause })
  }
  return new ConnectionError(
    `The connection to ${title} failed on ${request}: ${problem.replace(/\.$/, '')}.`,
    {
      ...context,
      cause,
      isRetryable: kind === 'network',
      advice: FAULT_ADVICE[kind](context.profile),
    },
  )
}

const FAULT_ADVICE = {
  network: ({ hostOptions }: ApiProfile) =>
    `Check ${listed(['the network', ...hostOptions], 'and')}, then continue from the cursor.`,
  'untrusted certificate': () =>
    'If your own proxy or gateway signs certificates, set NODE_EXTRA_CA_CERTS to its CA file.',
  'invalid certificate': ({ hostOptions }: ApiProfile) =>
    `Check ${listed([...hostOptions, "this machine's clock", 'any proxy or gateway in between'], 'and')}: the certificate is of another host, expired or revoked.`,
}

function classOf(status: number): new (message: string, context: ApiErrorContext) => ApiError {
  return CLASSES[status] ?? (status >= 500 ? ServerError : ApiError)
}

const CLASSES: Readonly<Record<number, ReturnType<typeof classOf>>> = {
  400: InvalidRequestError,
  401: AuthenticationError,
  403: PermissionError,
  404: NotFoundError,
  409: InvalidRequestError,
  422: InvalidRequestError,
  429: RateLimitError,
}

/** What to do about a status, if the adapter has no advice. */
function adviceFor(status: number, retryAfterMs: number | null): string {
  if (status >= 300 && status <= 399) {
    return 'Redirects are not followed, because the credentials would be sent along. Set baseUrl to the final URL.'
  }
  if (retryAfterMs !== null && retryAfterMs > 0)
    return `Wait ${Math.ceil(retryAfterMs / 1000)} s, then continue from the cursor.`
  if (status >= 500) return 'Wait a while, then continue from the cursor.'
  return ADVICE[status] ?? 'Check the participant and the options.'
}

const ADVICE: Readonly<Record<number, string>> = {
  403: 'Check the permissions of the credentials.',
  408: 'Wait a while, then continue from the cursor.',
  429: 'Send fewer requests at once or raise retry.retries, then continue from the cursor.',
}

function requestOf({ method, url, attempts }: FailureContext): string {
  return `${method} ${url}${attempts === 1 ? '' : ` (attempt ${attempts})`}`
}
