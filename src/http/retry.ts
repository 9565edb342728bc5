import pRetry from 'p-retry'
import { ApiError, ConnectionError, type ConversationsError, TimeoutError } from '../errors.ts'
import type { HttpSettings } from './options.ts'

/** Statuses that a repetition may mend. */
const RETRYABLE_STATUSES = new Set([408, 429, 500, 502, 503, 504])

type RetryableError = ApiError | ConnectionError | TimeoutError

/** Everything else comes again: wrong requests, wrong answers, programming errors. */
function isRetryable(error: Error): error is RetryableError {
  if (error instanceof ApiError) return RETRYABLE_STATUSES.has(error.status)
  return error instanceof ConnectionError || error instanceof TimeoutError
}

/**
 * Runs attempts until one succeeds, or fails for good, or the retries are used up; then throws its error. Waits with
 * full jitter, or as long as `Retry-After` asks: never less, and not at all where it asks for too much.
 */
export async function withRetries<T>(
  settings: HttpSettings['retry'],
  signal: AbortSignal,
  onRetry: (error: ConversationsError, attempt: number, delayMs: number) => Promise<void>,
  attempt: (number: number) => Promise<T>,
): Promise<T> {
  try {
    return await attempt(1)
  } catch (firstError) {
    // Most requests need no second attempt, and none of what it takes to have one.
    return pRetry((number) => (number === 1 ? Promise.reject(firstError) : attempt(number)), {
      retries: settings.retries,
      // The wait happens in shouldRetry which, unlike onFailedAttempt, is not called after the last failure.
      minTimeout: 0,
      async shouldRetry({ error, attemptNumber }) {
        if (signal.aborted || !isRetryable(error)) return false
        const retryAfterMs = error instanceof ApiError ? error.retryAfterMs : null
        if (retryAfterMs !== null && retryAfterMs > settings.maxRetryAfterMs) return false
        const delayMs = retryAfterMs ?? jitteredDelay(settings, attemptNumber)
        await onRetry(error, attemptNumber, delayMs)
        await sleep(delayMs, signal)
        return !signal.aborted
      },
    })
  }
}

/** Full jitter: anything from 0 to an upper bound that doubles with each attempt. */
function jitteredDelay({ minDelayMs, maxDelayMs }: HttpSettings['retry'], attempt: number): number {
  return Math.random() * Math.min(maxDelayMs, minDelayMs * 2 ** (attempt - 1))
}

/** Resolves after the time, or as soon as the signal is aborted. */
function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const wake = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, ms)
    signal.addEventListener('abort', wake)
  })
}
