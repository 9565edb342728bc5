/** Work that can be aborted. */
export interface Abortable<T> {
  readonly promise: Promise<T>
  abort(reason?: unknown): void
}

/**
 * Starts work with its own signal, which follows the caller's. The promise rejects with the reason as soon as the signal
 * is aborted, even if the work ignores it. Afterwards the caller's signal keeps no listener, and no listener on the
 * work's own signal keeps the result alive: a platform may hold on to that signal for a long time.
 */
export function startAbortable<T>(
  caller: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Abortable<T> {
  const controller = new AbortController()
  const { signal } = controller
  let giveUp: ((reason: unknown) => void) | undefined
  const abort = (reason?: unknown): void => {
    controller.abort(reason)
    giveUp?.(signal.reason)
  }

  let unfollow: (() => void) | undefined
  const promise = new Promise<T>((resolve, reject) => {
    giveUp = reject
    if (caller?.aborted) return abort(caller.reason)
    // Before the work starts, which may itself lead to an abort.
    unfollow = caller && follow(caller, () => abort(caller.reason))
    work(signal).then(resolve, reject)
  })
  const leave = (): void => unfollow?.()
  // This also handles the rejection of a prefetch that is never pulled.
  promise.then(leave, leave)
  return { promise, abort }
}

/** Like `signal.throwIfAborted()`, which signals from packages such as abort-controller lack, along with a reason. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return
  throw signal.reason === undefined ? AbortSignal.abort().reason : signal.reason
}

interface Following {
  readonly callbacks: Set<() => void>
  readonly tellAll: () => void
}

/** One listener for each signal, however many follow it: Node warns of a leak after ten. */
const followings = /* @__PURE__ */ new WeakMap<AbortSignal, Following>()

/** Calls back when the signal is aborted. Returns a function that stops this. */
function follow(signal: AbortSignal, callback: () => void): () => void {
  const { callbacks, tellAll } = followings.get(signal) ?? startFollowing(signal)
  callbacks.add(callback)
  return () => {
    callbacks.delete(callback)
    if (callbacks.size > 0) return
    signal.removeEventListener('abort', tellAll)
    followings.delete(signal)
  }
}

function startFollowing(signal: AbortSignal): Following {
  const callbacks = new Set<() => void>()
  const tellAll = (): void => {
    for (const callback of callbacks) callback()
  }
  signal.addEventListener('abort', tellAll)
  followings.set(signal, { callbacks, tellAll })
  return { callbacks, tellAll }
}
