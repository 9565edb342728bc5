import { type InboxConversation, type ProviderFailure, providerTitle } from '../shared/api.ts'

export interface FailureBannerProps {
  failures: readonly ProviderFailure[]
  conversations: readonly InboxConversation[]
  onRetry(): void
}

/** Says whose conversations are missing, and whose are shown. */
export function FailureBanner({ failures, conversations, onRetry }: FailureBannerProps) {
  return (
    <div className="banner" role="alert">
      <p>
        {failures.map((failure) => (
          <span key={failure.provider}>{sentenceOf(failure)} </span>
        ))}
        {shownSentence(failures, conversations)}
      </p>
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

function shownSentence(
  failures: readonly ProviderFailure[],
  conversations: readonly InboxConversation[],
): string {
  const failed = new Set(failures.map(({ provider }) => provider))
  const shown = [...new Set(conversations.map(({ provider }) => provider))]
  const whole = shown.filter((provider) => !failed.has(provider))
  const inPart = shown.filter((provider) => failed.has(provider))
  const parts = [
    ...inPart.map((provider) => `some of ${providerTitle(provider)}’s`),
    ...whole.map((provider) => `${providerTitle(provider)}’s`),
  ]
  return parts.length === 0 ? '' : `Showing ${parts.join(' and ')}.`
}
