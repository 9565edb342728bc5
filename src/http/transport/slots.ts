import type { OnAbort } from '../deadline.ts'

/** Lets at most so many requests run at once. Further ones wait for their turn. */
export interface Slots {
  /** Resolves when a slot is free, with a function that frees it again. Rejects if the request is abandoned before. */
  take(onAbort: OnAbort): Promise<() => void>
}

export function createSlots(count: number): Slots {
  let free = count
  const waiting = new Set<() => void>()
  const release = (): void => {
    const [next] = waiting
    if (next === undefined) free += 1
    else {
      waiting.delete(next)
      next()
    }
  }
  return {
    async take(onAbort) {
      if (free > 0) free -= 1
      else {
        await new Promise<void>((resolve, reject) => {
          waiting.add(resolve)
          onAbort((reason) => {
            waiting.delete(resolve)
            reject(reason)
          })
        })
      }
      return release
    },
  }
}
