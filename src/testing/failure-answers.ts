import { birdError } from './bird.ts'
import type { BodyFailure, StandInFailure, StatusFailure } from './failure-options.ts'
import { twilioError } from './twilio.ts'

/** What an error status means. Bird's codes are these words run together: `TooManyRequests`. */
const MEANINGS: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Request timeout',
  409: 'Conflict',
  // Bird documents a code for this one.
  422: 'Invalid payload',
  429: 'Too many requests',
  500: 'Internal server error',
  502: 'Bad gateway',
  503: 'Service unavailable',
  504: 'Gateway timeout',
}

/**
 * Twilio's general codes other than 20000 plus the status, such as 20404, 20429 and 20503.
 *
 * @see https://www.twilio.com/docs/api/errors
 */
const TWILIO_CODES: Readonly<Record<number, { code: number; message: string }>> = {
  400: { code: 20001, message: 'Bad request' },
  401: { code: 20003, message: 'Authenticate' },
  403: { code: 70051, message: 'Authorization Failed' },
}

/**
 * The response to a request that fails, in place of the correct one. Rejects with the reason of the signal if that is
 * aborted while the response is delayed.
 *
 * @throws TypeError for a failure of the network, as `fetch` does
 */
export async function failureAnswer(
  provider: 'twilio' | 'bird',
  failure: StandInFailure,
  rightAnswer: Response,
  signal: AbortSignal,
): Promise<Response> {
  if (failure.delayMs) await delay(failure.delayMs, signal)
  if (failure.networkError) throw networkError()
  if (failure.status !== undefined) return statusAnswer(provider, failure)
  return failure.body === undefined ? rightAnswer : brokenAnswer(failure.body, rightAnswer, signal)
}

/** What `fetch` rejects with when a connection breaks. */
export function networkError(): TypeError {
  const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
  return new TypeError('fetch failed', { cause })
}

function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = Number.isFinite(ms) ? setTimeout(resolve, ms) : undefined
    const giveUp = (): void => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    if (signal.aborted) giveUp()
    signal.addEventListener('abort', giveUp, { once: true })
  })
}

function statusAnswer(
  provider: 'twilio' | 'bird',
  { status, retryAfter, code, message }: StatusFailure,
): Response {
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

async function brokenAnswer(
  how: BodyFailure['body'],
  rightAnswer: Response,
  signal: AbortSignal,
): Promise<Response> {
  if (how === 'not JSON') {
    const html = '<!doctype html><title>Sign in</title>'
    return new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8' } })
  }
  const bytes = new Uint8Array(await rightAnswer.arrayBuffer())
  const firstHalf = bytes.subarray(0, bytes.byteLength / 2)
  let isRead = false
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      signal.addEventListener('abort', () => controller.error(signal.reason), { once: true })
    },
    pull(controller) {
      if (!isRead) controller.enqueue(firstHalf)
      else if (how === 'breaks off') controller.error(new TypeError('terminated', { cause: networkError() }))
      else return new Promise(() => {})
      isRead = true
    },
  })
  // The content-length is that of the whole page, so that half of it is not a complete response.
  const answer = new Response(body, { headers: rightAnswer.headers })
  unending.add(answer)
  return answer
}

const unending = new WeakSet<Response>()

/** Whether the body of a response never ends properly, so that a server must not wait for it. */
export function isUnending(answer: Response): boolean {
  return unending.has(answer)
}
