import type { ConversationProvider } from '../index.ts'
import { createDemo } from './demo.ts'
import type { ListArguments } from './program.ts'
import { createProviders } from './providers.ts'
import { tell } from './tell.ts'
import { UsageError } from './usage-error.ts'

/**
 * The providers to list. `end` is called after the last page.
 *
 * @throws UsageError, ConfigurationError
 */
export async function chooseProviders(
  options: ListArguments,
): Promise<{ providers: readonly ConversationProvider[]; end: () => void }> {
  if (!options.demo) return { providers: createProviders(options), end: () => {} }
  const demo = await createDemo()
  const { provider: names = ['twilio', 'bird'] } = options
  const providers = names.map((name) => (name === 'bird' ? demo.providers.bird : demo.providers.twilio))
  tell('This is a stand-in for both providers, not your accounts.')
  return { providers, end: () => tell(`Requests: ${demo.requests.length}, one per page.`) }
}

/**
 * The base URLs are not checked: like credentials, they may be set for both providers whichever is listed.
 *
 * @throws UsageError for an option of a provider that is not listed
 */
export function checkOptionsOf(
  listed: readonly string[],
  { serviceSid, channelId, demo }: ListArguments,
): void {
  const owners = [
    ['--service-sid', serviceSid, 'twilio'],
    ['--channel-id', channelId, 'bird'],
  ] as const
  for (const [option, value, owner] of owners) {
    if (value === undefined || (!demo && listed.includes(owner))) continue
    throw new UsageError(
      demo
        ? `${option} has no effect with --demo. Omit it.`
        : `${option} has no effect, since ${owner} is not listed. Omit it, or check --provider, the credentials and the participant.`,
    )
  }
}
