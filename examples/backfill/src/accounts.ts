import {
  bird,
  type ConversationProvider,
  type HttpHooks,
  type HttpOptions,
  twilio,
} from 'participant-conversations'
import { SettingError, type Settings } from './settings.ts'

/** An account with a provider. Each has a queue of its own, since each has a rate limit of its own. */
export interface Account {
  /** What the column `account` of the participants says. */
  readonly name: string
  readonly provider: ConversationProvider
}

/**
 * The accounts whose credentials are in the environment. For several accounts with one provider, add them here under
 * names of their own.
 */
export function accountsOf(
  { timeoutMs }: Pick<Settings, 'timeoutMs'>,
  hooksFor: (account: string) => HttpHooks = () => ({}),
): Account[] {
  // One attempt for each job that BullMQ lets through. A retry in here would be a request that its limiter cannot see.
  const { TWILIO_ACCOUNT_SID, TWILIO_BASE_URL, BIRD_ACCESS_KEY, BIRD_BASE_URL, ALLOW_INSECURE_HTTP } =
    process.env
  const http = (name: string): HttpOptions => ({
    timeoutMs,
    retry: { retries: 0 },
    hooks: hooksFor(name),
    // For a stand-in on another host. Providers have https.
    allowInsecureHttp: ALLOW_INSECURE_HTTP === 'yes',
  })
  const accounts: Account[] = []
  if (TWILIO_ACCOUNT_SID) {
    accounts.push({ name: 'twilio', provider: twilio({ ...http('twilio'), baseUrl: TWILIO_BASE_URL }) })
  }
  if (BIRD_ACCESS_KEY) {
    accounts.push({ name: 'bird', provider: bird({ ...http('bird'), baseUrl: BIRD_BASE_URL }) })
  }
  if (accounts.length === 0) {
    throw new SettingError(
      'No provider account: set TWILIO_ACCOUNT_SID or BIRD_ACCESS_KEY, and what goes with it',
    )
  }
  return accounts
}
