import { type InboxConversation, type ProviderFailure, providerTitle } from '../shared/api.ts'
import type { Conversations } from './use-conversations.ts'

/** Says which provider failed, and whose conversations are shown. Where there are none, the list says it. */
export function FailureBanner({ list, onRetry }: { list: Conversations; onRetry(): void }) {
  const { failures, conversations } = list
  if (failures.length === 0 || conversations.length === 0) return null
  return (
    <div className="banner" role="alert">
      <p>{[...failures.map(sentenceOf), shownSentence(failures, conversations)].join(' ')}</p>
      <button type="button" onClick={onRetry}>
        Try again
      </button>
    </div>
  )
}

/** "Bird does not answer." */
export function sentenceOf({ provider, problem }: ProviderFailure): string {
  return `${providerTitle(provider)} ${problem}.`
}

/** "Showing Twilio’s." */
function shownSentence(
  failures: readonly ProviderFailure[],
  conversations: readonly InboxConversation[],
): string {
  const failed = failures.map(({ provider }) => provider)
  const shown = [...new Set(conversations.map(({ provider }) => provider))]
  const parts = shown.map((provider) =>
    failed.includes(provider) ? `some of ${providerTitle(provider)}’s` : `${providerTitle(provider)}’s`,
  )
  return `Showing ${parts.join(' and ')}.`
}
