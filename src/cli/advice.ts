import {
  ApiError,
  ConfigurationError,
  ConnectionError,
  type ConversationsError,
  InvalidCursorError,
  PaginationError,
  ResponseValidationError,
} from '../index.ts'
import { titleOf } from './titles.ts'

/** What the command calls the settings of a provider that comes with the library. */
interface Settings {
  /** What its host is made of. */
  readonly host: string
  /** By the provider's own code or by HTTP status. Other codes and statuses have no options in the library's advice. */
  readonly advice: Readonly<Record<string, string>>
}

const SETTINGS: Readonly<Record<string, Settings>> = {
  twilio: {
    host: '--twilio-url, TWILIO_REGION and TWILIO_EDGE',
    advice: {
      401: 'Check TWILIO_ACCOUNT_SID with TWILIO_API_KEY and TWILIO_API_SECRET, or with TWILIO_AUTH_TOKEN, and TWILIO_REGION.',
      404: 'Check --service-sid, TWILIO_ACCOUNT_SID and TWILIO_REGION.',
      21481:
        'The position is no longer valid: start from the beginning, without --cursor or with a new --checkpoint.',
      50385: 'This is the wrong region: check TWILIO_REGION and TWILIO_EDGE.',
      70051:
        'Check that the account and the credentials exist, are active and belong together, and that the credentials have permission to read conversations.',
    },
  },
  bird: {
    host: '--bird-url',
    advice: {
      401: 'Check BIRD_ACCESS_KEY: api.bird.com accepts no keys of the older MessageBird API or the newer platform API.',
      404: 'Check BIRD_WORKSPACE_ID, BIRD_CHANNEL_ID or --channel-id, and the participant.',
      422: 'Check BIRD_CHANNEL_ID or --channel-id, the participant and the position (--cursor or --checkpoint).',
    },
  },
}

/**
 * What to do about an error of the library, in terms of the command: the library's own advice names its options, and the
 * cursor, which the command prints as a command to run. An adapter's advice stays, unless it only says to try again.
 */
export function adviceOn(error: ConversationsError): string | null {
  if (error instanceof InvalidCursorError) {
    return 'Pass --cursor unchanged, with the same participant, status, providers and account, or omit it to start from the beginning.'
  }
  const { provider, advice } = error
  const settings = SETTINGS[provider ?? '']
  if (isPassing(error)) return adviceToWait(error, settings)
  if (settings === undefined) return advice
  if (error instanceof ApiError) return adviceOnStatus(error, settings)
  if (error instanceof ConnectionError) {
    return `If your own proxy or gateway signs certificates, set NODE_EXTRA_CA_CERTS to its CA file. Otherwise check this machine's clock, and ${settings.host} if set.`
  }
  if (error instanceof PaginationError) {
    return `Continue once, as shown below. If that fails too, do not continue in a loop, since conversations may repeat: check ${settings.host} if set, and report this to ${titleOf(provider ?? '')}.`
  }
  if (error instanceof ResponseValidationError) {
    return `Check ${settings.host} if set. If they are correct, try a smaller --page-size, and report this to ${titleOf(provider ?? '')}.`
  }
  // Of another account than the one that was set. A missing one has no advice.
  if (error instanceof ConfigurationError && error.option === 'accountSid' && advice !== null) {
    return 'Set TWILIO_ACCOUNT_SID to the account that the API key belongs to.'
  }
  return advice
}

/** Whether the same command may succeed later. */
function isPassing(error: ConversationsError): boolean {
  return error.isRetryable || (error instanceof ApiError && (error.status >= 500 || isTimed(error)))
}

/** The provider says how long to wait. */
function isTimed({ retryAfterMs }: ApiError): boolean {
  return retryAfterMs !== null && retryAfterMs > 0
}

function adviceToWait(error: ConversationsError, settings: Settings | undefined): string {
  if (error instanceof ApiError && isTimed(error)) {
    return `Wait ${Math.ceil((error.retryAfterMs ?? 0) / 1000)} s before you try again.`
  }
  if (!(error instanceof ConnectionError)) return 'Wait a while before you try again.'
  const host = settings === undefined ? '' : `, and ${settings.host} if set,`
  return `Check the network${host} before you try again.`
}

function adviceOnStatus({ code, status, advice }: ApiError, settings: Settings): string | null {
  if (status >= 300 && status <= 399) {
    return `Redirects are not followed, because the credentials would be sent along. Check ${settings.host}.`
  }
  const known = [code, status].find((key) => key !== null && Object.hasOwn(settings.advice, key))
  return settings.advice[known ?? ''] ?? advice
}
