/**
 * The platform's types, as the caller's project declares them: by those of the DOM, Node, Bun or Workers. Where it
 * declares none of them, the least that the types of this library need to compile.
 */

/** An `AbortSignal`. */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer Declared } }
  ? Declared
  : { readonly aborted: boolean; readonly reason: unknown }

/** A function like the global `fetch`, without what some runtimes hang on theirs. */
export type Fetch = typeof globalThis extends { fetch: (...args: infer Args) => infer Answer }
  ? (...args: Args) => Answer
  : (url: string, init?: never) => Promise<unknown>
