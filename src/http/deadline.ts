/** The time limit of an attempt has passed. */
export class DeadlineError extends Error {}

/** Calls the listener with the reason when the attempt is abandoned, or at once if it already is. */
export type OnAbort = (listener: (reason: unknown) => void) => void

/**
 * Runs work with a time limit. Rejects with a `DeadlineError` after it, and with the caller's reason
 * as soon as the caller's signal is aborted, even if the work continues. The work gets no signal: an
 * `AbortController` for each attempt would cost more than everything else here.
 */
export function withDeadline<T>(
  timeoutMs: number,
  caller: AbortSignal,
  work: (onAbort: OnAbort) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let abortWork: ((reason: unknown) => void) | undefined
    let abortion: { reason: unknown } | undefined
    const leave = (): void => {
      clearTimeout(timer)
      caller.removeEventListener('abort', followCaller)
    }
    const abort = (reason: unknown): void => {
      leave()
      abortion = { reason }
      reject(reason)
      abortWork?.(reason)
    }
    const followCaller = (): void => abort(caller.reason)
    const timer = setTimeout(() => abort(new DeadlineError()), timeoutMs)
    if (caller.aborted) return followCaller()
    caller.addEventListener('abort', followCaller)
    work((listener) => {
      abortWork = listener
      if (abortion !== undefined) listener(abortion.reason)
    })
      .then(resolve, reject)
      .finally(leave)
  })
}
