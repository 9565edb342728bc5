import type { InboxConversation } from '../shared/api.ts'
import { providerTitle } from '../shared/api.ts'

/** Words for what the model has, and the badges that show them. */

const CHANNELS = new Map([
  ['sms', 'SMS'],
  ['whatsapp', 'WhatsApp'],
  ['email', 'E-mail'],
  ['messenger', 'Messenger'],
  ['rcs', 'RCS'],
  ['apple', 'Apple Messages'],
  ['gbm', 'Google Business Messages'],
  ['chat', 'Chat'],
])

/** The medium; where the provider tells only the channel's id, the beginning of that. */
export function channelLabel({ channel: { type, id } }: Pick<InboxConversation, 'channel'>): string | null {
  if (type !== null) return CHANNELS.get(type) ?? type
  return id === null ? null : `Channel ${id.slice(0, 6)}`
}

export function titleOf({ title, uniqueName }: InboxConversation): string {
  return title ?? uniqueName ?? 'Untitled conversation'
}

export function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

export function ProviderBadge({ provider }: { provider: string }) {
  return (
    <span className="badge provider" data-provider={provider}>
      {providerTitle(provider)}
    </span>
  )
}

export function ChannelBadge({ conversation }: { conversation: InboxConversation }) {
  const label = channelLabel(conversation)
  return label === null ? null : <span className="badge">{label}</span>
}

export function StatusBadge({ status }: { status: string }) {
  return (
    <span className="badge status" data-status={status}>
      {capitalize(status)}
    </span>
  )
}
