import type { StandInFailure } from './failure-options.ts'
import { parseFailure } from './failure-schema.ts'

/** Failures that are still to come, in the order in which they were added. */
export interface Failures {
  /** @throws ConfigurationError */
  add(failure: StandInFailure): void
  /** Returns the failure for a request, and uses it up. */
  take(provider: 'twilio' | 'bird', page: number): StandInFailure | undefined
  clear(): void
}

export function createFailures(): Failures {
  const waiting: { readonly failure: StandInFailure; left: number }[] = []
  return {
    add(given) {
      const failure = parseFailure(given)
      waiting.push({ failure, left: failure.times ?? 1 })
    },
    take(provider, page) {
      const index = waiting.findIndex(
        ({ failure }) =>
          (failure.provider ?? provider) === provider &&
          (failure.page === undefined || failure.page === page),
      )
      const met = waiting[index]
      if (met === undefined) return undefined
      met.left -= 1
      if (met.left === 0) waiting.splice(index, 1)
      return met.failure
    },
    clear() {
      waiting.length = 0
    },
  }
}
