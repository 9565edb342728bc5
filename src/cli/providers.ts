import { parseBaseUrl } from '../http/base-url.ts'
import { bird, type ConversationProvider, type HttpHooks, twilio } from '../index.ts'
import type { BuiltIn, ListArguments } from './list-arguments.ts'
import { UsageError } from './usage-error.ts'

/** Twilio and Bird, as far as they are named, in that order. @throws UsageError, ConfigurationError */
export function createProviders(
  names: readonly BuiltIn[],
  { serviceSid, channelId, twilioUrl, birdUrl }: ListArguments,
  hooks: HttpHooks,
): ConversationProvider[] {
  checkUrl('--twilio-url', twilioUrl)
  checkUrl('--bird-url', birdUrl)
  return names.map((name) =>
    name === 'twilio'
      ? twilio({ serviceSid, baseUrl: twilioUrl, hooks })
      : bird({ channelId, baseUrl: birdUrl, hooks }),
  )
}

/** The URL is not shown, since it may contain a password. */
function checkUrl(option: string, url: string | undefined): void {
  if (url === undefined || parseBaseUrl(url, {}).problem === undefined) return
  throw new UsageError(
    `${option} must be an https URL, or http on loopback, without a user name, a password, a query or a fragment.`,
  )
}
