import { bird, type ConversationProvider, type HttpOptions, twilio } from 'participant-conversations'

/** Somebody waits for the answer: better an early "does not answer", with a button, than a late answer. */
const PATIENCE: HttpOptions = { timeoutMs: 8_000, retry: { retries: 1, maxRetryAfterMs: 3_000 } }

/** Any of these says that the provider is meant. What is then missing is an error that names it. */
const VARIABLES = {
  twilio: ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_API_KEY', 'TWILIO_API_SECRET'],
  bird: ['BIRD_ACCESS_KEY', 'BIRD_WORKSPACE_ID'],
}

/** The providers whose credentials are in the environment. @throws ConfigurationError */
export function providersOf(environment: NodeJS.ProcessEnv): ConversationProvider[] {
  const isMeant = (names: readonly string[]): boolean => names.some((name) => environment[name])
  return [
    ...(isMeant(VARIABLES.twilio) ? [twilio(PATIENCE)] : []),
    ...(isMeant(VARIABLES.bird) ? [bird(PATIENCE)] : []),
  ]
}
