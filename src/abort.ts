/** Work that can be given up. */
export interface Abortable<T> {
  readonly promise: Promise<T>
  abort(reason?: unknown): void
}

/**
 * Starts work with a signal of its own, which follows the caller's. The promise rejects with the reason as soon as
 * the signal is aborted, even if the work does not listen; the caller's signal keeps no listener afterwards.
 */
export function startAbortable<T>(
  caller: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Abortable<T> {
  const controller = new AbortController()
  const { signal } = controller
  const abort = (reason?: unknown): void => controller.abort(reason)
  const followCaller = (): void => abort(caller?.reason)
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  if (caller?.aborted) followCaller()
  else caller?.addEventListener('abort', followCaller)
  const promise = Promise.race([aborted, signal.aborted ? aborted : work(signal)]).finally(() =>
    caller?.removeEventListener('abort', followCaller),
  )
  return { promise, abort }
}
