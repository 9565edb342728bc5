/** The time limit of an attempt has passed. */
export class DeadlineError extends Error {}

/** Calls the listener with the reason as soon as the attempt is given up, which may be at once. */
export type OnAbort = (listener: (reason: unknown) => void) => void

/**
 * Runs work that must end within a time limit. Rejects with a `DeadlineError` after it, and with the caller's reason
 * as soon as the caller's signal is aborted, even if the work does not listen. The work gets no signal of its own: an
 * `AbortController` for each attempt costs more than the rest of this.
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
