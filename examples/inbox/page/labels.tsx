import { createContext, useContext } from 'react'
import { type InboxConversation, type InboxInfo, providerTitle } from '../shared/api.ts'

/** Words for what the model has, and the badges that show them. */

/** The names that somebody has given to channels. */
export const ChannelNames = createContext<InboxInfo['channelNames']>({})

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

/** Its name, else its medium. Bird's listing tells neither: then our address there, or the beginning of its id. */
function channelLabel(
  { type, id, businessAddress }: InboxConversation['channel'],
  names: InboxInfo['channelNames'],
): string | null {
  const name = id === null ? undefined : names[id]
  if (name !== undefined) return name
  if (type !== null) return CHANNELS.get(type) ?? type
  return businessAddress ?? (id === null ? null : `Channel ${id.slice(0, 6)}`)
}

export function titleOf({ title, uniqueName }: InboxConversation): string {
  return title ?? uniqueName ?? 'Untitled conversation'
}

export function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

export function Badges({ conversation: { provider, channel, status } }: { conversation: InboxConversation }) {
  const label = channelLabel(channel, useContext(ChannelNames))
  return (
    <span className="badges">
      <span className="badge provider" data-provider={provider}>
        {providerTitle(provider)}
      </span>
      {label !== null && (
        <span className="badge">
          <bdi>{label}</bdi>
        </span>
      )}
      <span className="badge status" data-status={status}>
        {capitalize(status)}
      </span>
    </span>
  )
}
