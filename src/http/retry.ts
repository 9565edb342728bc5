import { ApiError, ConnectionError, type ConversationsError, TimeoutError } from '../errors.ts'
import type { HttpSettings } from './options.ts'

/** Statuses that a repetition may mend. */
const RETRYABLE_STATUSES = new Set([408, 429, 500, 502, 503, 504])

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
  for (let number = 1; ; number += 1) {
    try {
      return await attempt(number)
    } catch (error) {
      if (signal.aborted || number > settings.retries || !isRetryable(error)) throw error
      const retryAfterMs = error instanceof ApiError ? error.retryAfterMs : null
      if (retryAfterMs !== null && retryAfterMs > settings.maxRetryAfterMs) throw error
      const delayMs = retryAfterMs ?? jitteredDelay(settings, number)
      await onRetry(error, number, delayMs)
      await sleep(delayMs, signal)
      if (signal.aborted) throw error
    }
  }
}

/** Everything else comes again: wrong requests, wrong answers, programming errors. */
function isRetryable(error: unknown): error is ApiError | ConnectionError | TimeoutError {
  if (error instanceof ApiError) return RETRYABLE_STATUSES.has(error.status)
  return error instanceof ConnectionError || error instanceof TimeoutError
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
