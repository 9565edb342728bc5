import { bird, type ConversationProvider, twilio } from '../index.ts'
import type { ListArguments } from './program.ts'
import { UsageError } from './usage-error.ts'

const NAMES = ['twilio', 'bird'] as const

/** Any of these variables selects the provider. Those for a region alone do not. */
const VARIABLES = {
  twilio: ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_API_KEY', 'TWILIO_API_SECRET'],
  bird: ['BIRD_ACCESS_KEY', 'BIRD_WORKSPACE_ID'],
}

/** The providers whose credentials are in the environment. */
export function providersOfEnvironment(): (typeof NAMES)[number][] {
  return NAMES.filter((name) => VARIABLES[name].some((variable) => process.env[variable]))
}

/**
 * The providers to list: those that the caller names, in that order, or all with credentials. @throws UsageError,
 * ConfigurationError
 */
export function createProviders(options: ListArguments): ConversationProvider[] {
  const { provider = providersOfEnvironment(), serviceSid, channelId, twilioUrl, birdUrl } = options
  if (provider.length === 0) {
    throw new UsageError(
      'No credentials found. Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, or BIRD_ACCESS_KEY, BIRD_WORKSPACE_ID and BIRD_CHANNEL_ID, in the environment or in a file for --env-file. See --help, or try --demo.',
    )
  }
  return provider.map((name) =>
    name === 'twilio' ? twilio({ serviceSid, baseUrl: twilioUrl }) : bird({ channelId, baseUrl: birdUrl }),
  )
}
