/** What an error means to the page. Its own message goes to the log: it may quote the provider. */
import {
  AuthenticationError,
  ConfigurationError,
  ConversationsError,
  InvalidCursorError,
  InvalidRequestError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  TimeoutError,
  UnsupportedParticipantError,
} from 'participant-conversations'
import { type ApiProblem, type ProblemCode, providerTitle } from '../shared/api.ts'

export interface Problem {
  readonly status: 400 | 404 | 413 | 415 | 421 | 500 | 502 | 503 | 504
  readonly code: ProblemCode
  readonly message: string
  readonly address?: string
  readonly suggestion?: string
}

/** For what is not an address. */
export function invalidAddress(address: string, suggestion: string | undefined): Problem {
  const message =
    'Enter a phone number with its country code, such as +1 202 555 0123, or an e-mail address, such as jo@example.com.'
  return {
    status: 400,
    code: 'invalid_address',
    message,
    address,
    ...(suggestion !== undefined && { suggestion }),
  }
}

/** For an address that every provider refuses, such as the identity of a chat user on Bird. */
const UNSUPPORTED_ADDRESS: Problem = {
  status: 400,
  code: 'unsupported_address',
  message: 'None of the providers can look this up. Search for a phone number or an e-mail address.',
}

const INVALID_CURSOR: Problem = {
  status: 400,
  code: 'invalid_cursor',
  message: 'This place in the list is no longer valid. Start again from the top.',
}

export function bodyOf({ status: _status, ...error }: Problem): ApiProblem {
  return { error }
}

/** The answer to a request that failed. The statuses are those of docs/errors.md. */
export function problemOf(error: unknown): Problem {
  if (error instanceof InvalidCursorError || isExpiredPageToken(error)) return INVALID_CURSOR
  if (error instanceof UnsupportedParticipantError) return UNSUPPORTED_ADDRESS
  if (error instanceof ConversationsError && !(error instanceof ConfigurationError)) {
    const message = `${providerTitle(error.provider ?? 'The provider')} ${problemWords(error)}.`
    return { status: statusOf(error), code: 'provider_failed', message }
  }
  return {
    status: 500,
    code: 'internal',
    message: 'Something went wrong on the server. Its log has the details.',
  }
}

/** What a provider did, as a predicate for a sentence. */
export function problemWords(error: ConversationsError): string {
  if (error instanceof RateLimitError) return 'is busy'
  if (error instanceof AuthenticationError || error instanceof PermissionError) {
    return 'rejected this server’s credentials'
  }
  if (error instanceof NotFoundError) return 'does not know this account'
  if (error.isRetryable) return 'does not answer'
  return error instanceof InvalidRequestError ? 'rejected the request' : 'sent a response that cannot be used'
}

/** Whether a provider no longer knows the page token in a cursor. Twilio has a code for it, Bird names the parameter. */
export function isExpiredPageToken(error: unknown): boolean {
  if (!(error instanceof InvalidRequestError)) return false
  return error.code === 21481 || /pageToken/i.test(JSON.stringify(error.details) ?? '')
}

function statusOf(error: ConversationsError): Problem['status'] {
  if (error instanceof TimeoutError) return 504
  if (error instanceof RateLimitError) return 503
  return error instanceof AuthenticationError || error instanceof PermissionError ? 500 : 502
}
