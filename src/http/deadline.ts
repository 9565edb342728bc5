import { startAbortable } from '../abort.ts'

/** The time limit of an attempt has passed. */
export class DeadlineError extends Error {}

/**
 * Runs work that must end within a time limit. Rejects with a `DeadlineError` after it, and with the caller's reason
 * as soon as the caller's signal is aborted.
 */
export async function withDeadline<T>(
  timeoutMs: number,
  caller: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const attempt = startAbortable(caller, work)
  const timer = setTimeout(() => attempt.abort(new DeadlineError()), timeoutMs)
  try {
    return await attempt.promise
  } finally {
    clearTimeout(timer)
  }
}
