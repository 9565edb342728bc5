import { ConversationsError } from '../model/errors.ts'
import { describeValue } from '../options/describe-value.ts'
import { ignoreRejection } from '../options/promise.ts'

/** What to do about a failure. */
export type Decision = 'throw' | 'skip'

/** A decision, or a function that makes it. */
export type DecisionOption<Args extends readonly unknown[]> = Decision | ((...args: Args) => Decision)

/**
 * Returns a function that asks for a decision. It throws a ConversationsError if the caller's function throws an error,
 * or returns anything else, such as a promise.
 */
export function decider<Args extends readonly unknown[]>(
  name: string,
  option: DecisionOption<Args> = 'throw',
): (...args: Args) => Decision {
  if (typeof option !== 'function') return () => option
  return (...args) => {
    const decision = callCallback(name, () => option(...args))
    if (decision === 'throw' || decision === 'skip') return decision
    throw new ConversationsError(`${name} must return 'throw' or 'skip'; got ${describeValue(decision)}`)
  }
}

/** Calls a function of the caller's. @throws ConversationsError with what it throws as the cause */
export function callCallback<T>(name: string, call: () => T): T {
  try {
    const result = call()
    // Without types, it may be async. Its rejection would be unhandled.
    ignoreRejection(result)
    return result
  } catch (cause) {
    throw new ConversationsError(`${name} threw an error (see cause)`, { cause })
  }
}
