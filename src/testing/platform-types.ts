/** Types of the Fetch standard, as the caller's project declares them; see `model/platform-types.ts`. */

/** A `Request`. */
export type PlatformRequest = typeof globalThis extends { Request: { prototype: infer Declared } }
  ? Declared
  : { readonly url: string }

/** A `Response`. */
export type PlatformResponse = typeof globalThis extends { Response: { prototype: infer Declared } }
  ? Declared
  : { readonly status: number }
