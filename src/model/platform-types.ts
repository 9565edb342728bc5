/**
 * The platform's types as the caller's project declares them: those of the DOM, Node, Bun or Workers. If it declares
 * none, the least that the types of this library need to compile.
 */

/** An `AbortSignal`. */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer Declared } }
  ? Declared
  : { readonly aborted: boolean; readonly reason: unknown }

/** What this library needs of a `fetch`: it is called with a URL as a string, and an init object. */
export type FetchFunction = typeof globalThis extends {
  fetch: (input: never, init?: infer Init) => infer Answer
}
  ? (url: string, init: NonNullable<Init>) => Answer
  : (url: string, init: never) => Promise<unknown>

/** A function like the global `fetch`, without the properties that some runtimes add to theirs. */
export type Fetch = typeof globalThis extends { fetch: (...args: infer Args) => infer Answer }
  ? (...args: Args) => Answer
  : (url: string, init?: never) => Promise<unknown>
