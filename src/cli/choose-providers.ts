import type { ConversationProvider } from '../index.ts'
import { loadAdapter } from './adapter.ts'
import { createDemo } from './demo.ts'
import type { ListArguments } from './program.ts'
import { createProviders } from './providers.ts'
import { tell } from './tell.ts'
import { UsageError } from './usage-error.ts'

/**
 * The providers to list: the built-in ones, then the adapters that the caller names. `end` is called after the last page.
 *
 * @throws UsageError, ConfigurationError
 */
export async function chooseProviders(
  options: ListArguments,
): Promise<{ providers: readonly ConversationProvider[]; end: () => void }> {
  if (!options.demo) return { providers: await createAll(options), end: () => {} }
  const demo = await createDemo()
  const { provider: names = ['twilio', 'bird'] } = options
  const providers = names.map((name) => (name === 'bird' ? demo.providers.bird : demo.providers.twilio))
  tell('This is a stand-in for both providers, not your accounts.')
  return { providers, end: () => tell(`Requests: ${demo.requests.length}, one per page.`) }
}

/** Adapters replace the built-in providers whose credentials happen to be set. */
async function createAll(options: ListArguments): Promise<readonly ConversationProvider[]> {
  const { provider, adapter: modules = [] } = options
  const providers = provider === undefined && modules.length > 0 ? [] : createProviders(options)
  for (const module of modules) providers.push(await loadAdapter(module))
  return providers
}

/**
 * The base URLs are not checked: like credentials, they may be set for both providers whichever is listed.
 *
 * @throws UsageError for an option of a provider that is not listed
 */
export function checkOptionsOf(
  listed: readonly string[],
  { serviceSid, channelId, demo, provider, adapter }: ListArguments,
): void {
  const owners = [
    ['--service-sid', serviceSid, 'twilio'],
    ['--channel-id', channelId, 'bird'],
  ] as const
  for (const [option, value, owner] of owners) {
    if (value === undefined) continue
    // An adapter may have the name of a built-in provider.
    const isBuiltIn = adapter === undefined || provider?.includes(owner)
    if (!demo && isBuiltIn && listed.includes(owner)) continue
    throw new UsageError(
      demo
        ? `${option} has no effect with --demo. Omit it.`
        : `${option} has no effect, since ${owner} is not listed. Omit it, or check --provider, the credentials and the participant.`,
    )
  }
}
