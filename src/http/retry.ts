import pRetry from 'p-retry'
import { ApiError, ConnectionError, type ConversationsError, TimeoutError } from '../model/errors.ts'
import type { HttpSettings } from './http-options.ts'

/** Statuses for which another attempt may succeed. */
const RETRYABLE_STATUSES = new Set([408, 429, 500, 502, 503, 504])

/**
 * Runs attempts until one succeeds, one fails for good, or no retries are left; then throws the last error. Each wait is
 * `Retry-After` in full, and then a random time up to the backoff, so that clients that were told the same time do not
 * return together.
 */
export function withRetries<T>(
  { retries, minDelayMs, maxDelayMs, maxRetryAfterMs }: HttpSettings['retry'],
  signal: AbortSignal,
  onRetry: (error: ConversationsError, delayMs: number) => Promise<void>,
  attempt: () => Promise<T>,
): Promise<T> {
  return pRetry(attempt, {
    retries,
    // p-retry's own backoff, whose jitter vanishes at its maximum, is not used.
    minTimeout: 0,
    signal,
    async onFailedAttempt({ error, attemptNumber, retriesLeft }) {
      // p-retry calls this for the last failure too, and for those that are not retried.
      if (retriesLeft === 0 || !isRetryable(error)) throw error
      const retryAfterMs = (error instanceof ApiError ? error.retryAfterMs : null) ?? 0
      if (retryAfterMs > maxRetryAfterMs) throw error
      const backoffMs = Math.min(maxDelayMs, minDelayMs * 2 ** (attemptNumber - 1))
      const delayMs = retryAfterMs + Math.round(Math.random() * backoffMs)
      await onRetry(error, delayMs)
      await wait(delayMs, signal)
    },
  })
}

/** Everything else would fail again: invalid requests and responses, certificates, programming errors. */
function isRetryable(error: unknown): error is ApiError | ConnectionError | TimeoutError {
  if (error instanceof ApiError) return RETRYABLE_STATUSES.has(error.status)
  return (error instanceof ConnectionError || error instanceof TimeoutError) && error.isRetryable
}

/** Resolves after the time, or as soon as the signal is aborted. */
function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (ms === 0 || signal.aborted) return resolve()
    const wake = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, ms)
    signal.addEventListener('abort', wake)
  })
}
