import { birdError } from './bird.ts'
import type { StandInFailure } from './failures.ts'
import { twilioError } from './twilio.ts'

/** What a failing status means. Bird's codes are these words run together: `TooManyRequests`. */
const MEANINGS: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Request timeout',
  409: 'Conflict',
  // Bird documents this one by its code.
  422: 'Invalid payload',
  429: 'Too many requests',
  500: 'Internal server error',
  502: 'Bad gateway',
  503: 'Service unavailable',
  504: 'Gateway timeout',
}

/**
 * Twilio's general codes that are not 20000 and the status, such as 20404, 20429 and 20503.
 *
 * @see https://www.twilio.com/docs/api/errors
 */
const TWILIO_CODES: Readonly<Record<number, { code: number; message: string }>> = {
  400: { code: 20001, message: 'Bad request' },
  401: { code: 20003, message: 'Authenticate' },
  403: { code: 70051, message: 'Authorization Failed' },
}

/** The answer to a request that fails. An error of the network is the `Response.error()` of the Fetch standard. */
export function failureAnswer(provider: 'twilio' | 'bird', failure: StandInFailure): Response {
  if (failure.status === undefined) return Response.error()
  const { status, retryAfter, code, message } = failure
  const headers: Record<string, string> =
    retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }
  const meaning = MEANINGS[status] ?? (status < 500 ? 'Request failed' : 'Server error')
  if (provider === 'bird') {
    const birdCode = meaning.replace(/ (.)/g, (_, letter: string) => letter.toUpperCase())
    return birdError(status, String(code ?? birdCode), message ?? meaning, undefined, headers)
  }
  const known = TWILIO_CODES[status] ?? { code: 20_000 + status, message: meaning }
  return twilioError(status, code ?? known.code, message ?? known.message, headers)
}
