/** Work that can be given up. */
export interface Abortable<T> {
  readonly promise: Promise<T>
  abort(reason?: unknown): void
}

/**
 * Starts work with a signal of its own, which follows the caller's. The promise rejects with the reason as soon as
 * the signal is aborted, even if the work does not listen. The caller's signal keeps no listener afterwards, and none
 * on the work's own signal holds on to the result: a platform may keep that signal for long.
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
  promise.then(leave, leave)
  return { promise, abort }
}

interface Following {
  readonly callbacks: Set<() => void>
  readonly tellAll: () => void
}

/** One listener for each signal, whoever follows it: Node takes more than ten for a leak, and warns of it. */
const followings = /* @__PURE__ */ new WeakMap<AbortSignal, Following>()

/** Calls back when the signal is aborted. Returns a function that ends this. */
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
