import { type ConversationProvider, combine, type ParticipantRef } from '../index.ts'
import { createDemo } from './demo.ts'
import type { ListArguments } from './program.ts'
import { createProviders, thoseThatKnow } from './providers.ts'
import { tell } from './tell.ts'

/** The provider to list: one, or several combined. `end` is called after the last page. @throws UsageError */
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
