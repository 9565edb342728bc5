import { lazyId } from '../model/lazy.ts'
import type { RequestInfo } from './hooks.ts'

/** One call of an API: a request with its retries, also those with other credentials. Hooks tell calls apart. */
export interface Call {
  /** The `callId` that hooks receive. */
  readonly id: () => string
  /** The `listingId` that hooks receive. */
  readonly listingId: () => string | null
  /** How many attempts were made so far. */
  attempts: number
  /** Describes the last attempt: of this call, or of the one for a token that it needed. null before the first one. */
  lastAttempt: (() => RequestInfo) | null
}

/** @param listing - what the call is made for; missing for a token, which listings share */
export function createCall(listing?: { readonly id: string }): Call {
  return { id: lazyId(), listingId: () => listing?.id ?? null, attempts: 0, lastAttempt: null }
}
