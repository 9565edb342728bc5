/** Problems that the wire server finds. The adapter turns them into errors of its own, so the suite reports these first. */

/** A mistake in the options of `testProvider()`, for which the adapter must not be blamed. */
export class SetupError extends Error {}

/** A request that the provider could not respond to. */
export class RequestProblem extends Error {}

export function isProblem(error: unknown): error is SetupError | RequestProblem {
  return error instanceof SetupError || error instanceof RequestProblem
}
