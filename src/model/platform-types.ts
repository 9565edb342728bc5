/**
 * The platform's types, as the caller's project declares them: by those of the DOM, Node, Bun or Workers. Where it
 * declares none of them, the least that the types of this library need to compile.
 */

/** An `AbortSignal`. */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer Declared } }
  ? Declared
  : { readonly aborted: boolean; readonly reason: unknown }

/** What is needed of a `fetch`: it is always given a URL as a text, and what to do with it. */
export type FetchFunction = typeof globalThis extends {
  fetch: (input: never, init?: infer Init) => infer Answer
}
  ? (url: string, init: NonNullable<Init>) => Answer
  : (url: string, init: never) => Promise<unknown>

/** A function like the global `fetch`, without what some runtimes hang on theirs. */
export type Fetch = typeof globalThis extends { fetch: (...args: infer Args) => infer Answer }
  ? (...args: Args) => Answer
  : (url: string, init?: never) => Promise<unknown>
