import {
  AuthenticationError,
  ConversationsError,
  InvalidCursorError,
  InvalidRequestError,
  PermissionError,
  RateLimitError,
} from 'participant-conversations'
import { isUnavailable } from './database.ts'

/** What to do about a page that could not be listed or stored. */
export type Verdict =
  /** Nobody sends a request to this account before the time is over. */
  | { readonly action: 'slow down'; readonly forMs: number }
  /** The provider has failed, with this participant or with everybody. */
  | { readonly action: 'try later' }
  /** Postgres is away. However long that takes, no participant fails for it. */
  | { readonly action: 'wait for Postgres' }
  /** The provider no longer knows the cursor. */
  | { readonly action: 'start over' }
  /** The same would happen to every participant of the account: somebody has to act first. */
  | { readonly action: 'stop the account' }
  | { readonly action: 'give up' }

/** For a 429 that does not say how long. */
const SLOW_DOWN_MS = 1_000

export function judge(error: unknown, cursor: string | null): Verdict {
  if (!(error instanceof ConversationsError)) {
    return { action: isUnavailable(error) ? 'wait for Postgres' : 'give up' }
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
  return { action: error.isRetryable ? 'try later' : 'give up' }
}
