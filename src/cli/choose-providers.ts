import type { ConversationProvider, HttpHooks } from '../index.ts'
import { loadAdapter } from './adapter.ts'
import type { Caller } from './caller.ts'
import { checkCredentials, providersOfEnvironment } from './credentials.ts'
import { createDemo } from './demo.ts'
import { BUILT_INS, type ListArguments } from './list-arguments.ts'
import { createProviders } from './providers.ts'
import type { Reporter } from './reporter.ts'
import { UsageError } from './usage-error.ts'

/** The providers to list, and what to call before the first page and after the last one. */
export interface ChosenProviders {
  readonly providers: readonly ConversationProvider[]
  start(): void
  end(): void
}

/** What providers are created with. */
export interface ProviderContext {
  readonly hooks: HttpHooks
  readonly reporter: Reporter
  readonly caller: Caller
}

/**
 * The providers to list: the built-in ones, then the adapters that the caller names.
 *
 * @throws UsageError, ConfigurationError
 */
export async function chooseProviders(
  options: ListArguments,
  context: ProviderContext,
): Promise<ChosenProviders> {
  if (!options.demo) return { providers: await createAll(options, context), start() {}, end() {} }
  const { hooks, reporter } = context
  const demo = await createDemo(hooks)
  const { provider: names = BUILT_INS } = options
  return {
    providers: names.map((name) => demo.providers[name]),
    start: () => reporter.note('This is a stand-in for both providers, not your accounts.'),
    end: () => reporter.note(`Requests: ${demo.requests.length}, one per page.`),
  }
}

/** Adapters replace the built-in providers whose credentials happen to be set. */
async function createAll(
  options: ListArguments,
  { hooks, caller }: ProviderContext,
): Promise<readonly ConversationProvider[]> {
  const { provider = providersOfEnvironment(), adapter: modules = [] } = options
  const names = options.provider === undefined && modules.length > 0 ? [] : provider
  if (modules.length === 0 || names.length > 0) checkCredentials(names, options, caller)
  const providers = createProviders(names, options, hooks)
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
