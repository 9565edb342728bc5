import {
  AuthenticationError,
  ConversationsError,
  InvalidCursorError,
  InvalidRequestError,
  PermissionError,
  RateLimitError,
} from 'participant-conversations'
import { isUnavailable } from './database.ts'
import type { JobData } from './queue.ts'

/** What to do about a page that could not be listed or stored. */
export type Verdict =
  /** Nobody sends a request to this account before the time is over. */
  | { readonly action: 'slow down'; readonly forMs: number }
  /** This participant waits, the others go on. */
  | { readonly action: 'try later'; readonly afterMs: number; readonly failures: number }
  /** The provider no longer knows the cursor. */
  | { readonly action: 'start over' }
  /** The same would happen to every participant of the account: somebody has to act first. */
  | { readonly action: 'stop the account' }
  | { readonly action: 'give up' }

/** How often a page may fail in a row. With the waits in between that takes about two minutes. */
const MAX_FAILURES = 8
/** For a 429 that does not say how long. */
const SLOW_DOWN_MS = 1_000

export function judge(error: unknown, { cursor, failures }: Pick<JobData, 'cursor' | 'failures'>): Verdict {
  if (!(error instanceof ConversationsError)) {
    // However long Postgres is away, no participant fails for it.
    return isUnavailable(error)
      ? { action: 'try later', afterMs: backoff(1), failures }
      : { action: 'give up' }
  }
  if (error instanceof RateLimitError) {
    return { action: 'slow down', forMs: error.retryAfterMs ?? SLOW_DOWN_MS }
  }
  if (error instanceof AuthenticationError || error instanceof PermissionError) {
    return { action: 'stop the account' }
  }
  // Page tokens may expire while a backfill rests. The cursor is then well-formed, and only the provider can tell.
  const isPerhapsStale = error instanceof InvalidRequestError && cursor !== null
  if (error instanceof InvalidCursorError || isPerhapsStale) return { action: 'start over' }
  if (error.isRetryable && failures < MAX_FAILURES) {
    return { action: 'try later', afterMs: backoff(failures), failures: failures + 1 }
  }
  return { action: 'give up' }
}

/** Doubles from a second to half a minute, with jitter: those that failed together do not return together. */
function backoff(failures: number): number {
  return Math.min(1_000 * 2 ** failures, 30_000) * (0.5 + Math.random() / 2)
}
