import { type ConversationProvider, combine, type ParticipantRef } from '../index.ts'
import { createDemo } from './demo.ts'
import type { ListArguments } from './program.ts'
import { createProviders, thoseThatKnow } from './providers.ts'
import { tell } from './tell.ts'
import { UsageError } from './usage-error.ts'

/**
 * The provider to list: one, or several combined. `end` is called after the last page.
 *
 * @throws UsageError, ConfigurationError, UnsupportedParticipantError
 */
export async function chooseProvider(
  options: ListArguments,
  participant: ParticipantRef,
  onFailure: (error: unknown, name: string) => void,
): Promise<{ provider: ConversationProvider; end: () => void }> {
  let providers: readonly ConversationProvider[]
  let end = (): void => {}
  if (options.demo) {
    const demo = await createDemo()
    const { provider: names = ['twilio', 'bird'] } = options
    providers = names.map((name) => (name === 'bird' ? demo.providers.bird : demo.providers.twilio))
    tell('This is a stand-in for both providers, not your accounts.')
    end = () => tell(`Requests: ${demo.requests.length}, one per page.`)
  } else {
    providers = createProviders(options)
  }
  if (options.provider === undefined) providers = thoseThatKnow(providers, participant)
  checkOptionsOf(providers, options)
  const [only, ...others] = providers
  if (only !== undefined && others.length === 0 && !options.keepGoing) return { provider: only, end }
  const provider = combine(providers, {
    onSourceError(error, { name }) {
      if (!options.keepGoing) return 'throw'
      onFailure(error, name)
      return 'skip'
    },
  })
  return { provider, end }
}

/** The base URLs are not checked: like credentials, they may be set for both providers whichever is listed. */
function checkOptionsOf(
  providers: readonly ConversationProvider[],
  { serviceSid, channelId, demo }: ListArguments,
): void {
  const owners = [
    ['--service-sid', serviceSid, 'twilio'],
    ['--channel-id', channelId, 'bird'],
  ] as const
  for (const [option, value, owner] of owners) {
    if (value === undefined || (!demo && providers.some(({ name }) => name === owner))) continue
    throw new UsageError(
      demo
        ? `${option} has no effect with --demo. Omit it.`
        : `${option} has no effect, since ${owner} is not listed. Omit it, or check --provider, the credentials and the participant.`,
    )
  }
}
