import {
  ApiError,
  AuthenticationError,
  ConnectionError,
  ConversationsError,
  type HttpOptions,
  InvalidRequestError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ResponseValidationError,
  ServerError,
  TimeoutError,
} from '../../../src/index.ts'

/** The HTTP of an adapter that is written by hand, in parts. A mutant replaces one with a broken one. */

export type Fetch = typeof globalThis.fetch

const at = { provider: 'example', url: 'https://example.com/***' }

const CLASSES: Record<number, typeof ApiError> = {
  400: InvalidRequestError,
  401: AuthenticationError,
  403: PermissionError,
  404: NotFoundError,
  409: InvalidRequestError,
  422: InvalidRequestError,
  429: RateLimitError,
}

const RETRIED = [408, 429, 500, 502, 503, 504]

/** What an error may contain beyond what it should. */
export interface Sent {
  readonly url: string
  readonly attempts: number
  readonly retryAfterMs: number | null
  readonly body: string
}

export const httpParts = {
  init: (signal: AbortSignal): RequestInit => ({
    signal,
    redirect: 'manual',
    headers: { authorization: 'Bearer a-secret-key', 'x-request-id': crypto.randomUUID() },
  }),
  tell: ({ hooks }: HttpOptions, _url: string): unknown =>
    hooks?.onRequest?.({ ...at, method: 'GET', attempt: 1, callId: '1', listingId: null }),
  send: (fetch: Fetch, url: string, init: RequestInit): Promise<Response> => fetch(url, init),
  read: (response: Response): Promise<string> => response.text(),
  isSuccess: (status: number, _isFirst: boolean): boolean => status === 200,
  retryAfterMs: (header: string | null): number | null => (header === null ? null : Number(header) * 1000),
  errorOf(status: number, { attempts, retryAfterMs }: Sent): Error {
    const errorClass = CLASSES[status] ?? (status >= 500 ? ServerError : ApiError)
    return new errorClass('no', { ...at, status, attempts, retryAfterMs })
  },
  connectionError: (_cause: unknown, { attempts }: Sent): unknown =>
    new ConnectionError('no', { ...at, attempts, cause: new Error('the connection broke') }),
  timeoutError: (timeoutMs: number): Error => new TimeoutError('no', { ...at, attempts: 1, timeoutMs }),
  /** Calls back when the time is over. */
  startTimer: (timeoutMs: number, callback: () => void): (() => void) => {
    const timer = setTimeout(callback, timeoutMs)
    return () => clearTimeout(timer)
  },
  isRetried: (error: unknown): boolean =>
    error instanceof ApiError
      ? RETRIED.includes(error.status)
      : error instanceof ConversationsError && error.isRetryable,
  retriesOf: ({ retry }: HttpOptions): number => retry?.retries ?? 3,
  parse(text: string, _isFirst: boolean): unknown {
    try {
      return JSON.parse(text)
    } catch (cause) {
      throw new ResponseValidationError('no JSON', { provider: 'example', cause })
    }
  },
}

export type HttpParts = typeof httpParts

/** What a request is for. */
export interface Purpose {
  readonly url: string
  readonly signal: AbortSignal
  readonly isFirst: boolean
}

/** Requests JSON, with time limits and retries. */
export async function requestJson(
  parts: HttpParts,
  fetch: Fetch,
  http: HttpOptions,
  purpose: Purpose,
): Promise<unknown> {
  for (let attempts = 1; ; attempts += 1) {
    await parts.tell(http, purpose.url)
    try {
      return await attempt(parts, fetch, http.timeoutMs ?? 30_000, purpose, attempts)
    } catch (error) {
      if (purpose.signal.aborted) throw purpose.signal.reason
      if (attempts > parts.retriesOf(http) || !parts.isRetried(error)) throw error
      const waitMs = error instanceof ApiError ? (error.retryAfterMs ?? 0) : 0
      if (waitMs > (http.retry?.maxRetryAfterMs ?? 60_000)) throw error
      await new Promise((resolve) => setTimeout(resolve, waitMs + (http.retry?.minDelayMs ?? 500)))
    }
  }
}

async function attempt(
  parts: HttpParts,
  fetch: Fetch,
  timeoutMs: number,
  { url, signal, isFirst }: Purpose,
  attempts: number,
): Promise<unknown> {
  const controller = new AbortController()
  const abort = (): void => controller.abort(signal.reason)
  signal.addEventListener('abort', abort)
  let isLate = false
  const stopTimer = parts.startTimer(timeoutMs, () => {
    isLate = true
    controller.abort()
  })
  let sent: Sent = { url, attempts, retryAfterMs: null, body: '' }
  try {
    const response = await parts.send(fetch, url, parts.init(controller.signal))
    const body = await parts.read(response)
    sent = { ...sent, body, retryAfterMs: parts.retryAfterMs(response.headers.get('retry-after')) }
    if (!parts.isSuccess(response.status, isFirst)) throw parts.errorOf(response.status, sent)
    return parts.parse(body, isFirst)
  } catch (error) {
    if (signal.aborted) throw signal.reason
    if (isLate) throw parts.timeoutError(timeoutMs)
    throw error instanceof ConversationsError || error === sent ? error : parts.connectionError(error, sent)
  } finally {
    stopTimer()
    signal.removeEventListener('abort', abort)
  }
}
