/** The time limit of an attempt has passed. */
export class DeadlineError extends Error {}

/** Calls the listener with the reason when the attempt is abandoned, or at once if it already is. */
export type OnAbort = (listener: (reason: unknown) => void) => void

/** What work with a time limit is given. */
export interface Deadline {
  readonly onAbort: OnAbort
  /** Starts the clock. Until then, the work takes as long as it likes. */
  readonly start: () => void
}

/** A timer that is later than this, in milliseconds, has been kept from running by the caller's own work. */
const LATE_MS = 100

/**
 * Runs work with a time limit. Rejects with a `DeadlineError` after it, and with the caller's reason
 * as soon as the caller's signal is aborted, even if the work continues. The work gets no signal: an
 * `AbortController` for each attempt would cost more than everything else here.
 */
export function withDeadline<T>(
  timeoutMs: number,
  caller: AbortSignal,
  work: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let abortWork: ((reason: unknown) => void) | undefined
    let abortion: { reason: unknown } | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
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
    const wait = (ms: number): void => {
      const due = performance.now() + ms
      timer = setTimeout(() => {
        const lateMs = performance.now() - due
        // The response may be there, unseen while the event loop was busy: it gets the time that the loop did not have.
        if (lateMs > LATE_MS) wait(Math.min(lateMs, timeoutMs))
        else abort(new DeadlineError())
      }, ms)
    }
    if (caller.aborted) return followCaller()
    caller.addEventListener('abort', followCaller)
    work({
      onAbort(listener) {
        abortWork = listener
        if (abortion !== undefined) listener(abortion.reason)
      },
      start() {
        if (abortion === undefined) wait(timeoutMs)
      },
    })
      .then(resolve, reject)
      .finally(leave)
  })
}
