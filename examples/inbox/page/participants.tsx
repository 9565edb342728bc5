import type { InboxConversation } from '../shared/api.ts'
import { CopyButton } from './copy-button.tsx'

/** Twilio's listing names the customer alone, Bird's up to five people. */
export function Participants({ conversation }: { conversation: InboxConversation }) {
  const { participants, participantCount, provider } = conversation
  if (participants.length === 0) return null
  const others = Math.max(0, (participantCount.active ?? 0) - participants.length)
  return (
    <section className="participants" aria-labelledby="participants">
      <h3 id="participants">{provider === 'twilio' ? 'Customer' : 'Participants'}</h3>
      <ul>
        {participants.map((participant, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they may have no id, and are never reordered
          <li key={index}>
            <Participant participant={participant} />
          </li>
        ))}
      </ul>
      {others > 0 && <p>and {others} more</p>}
    </section>
  )
}

function Participant({ participant }: { participant: InboxConversation['participants'][number] }) {
  const { id, name, address, identity, type } = participant
  const reachedAt = address ?? identity
  return (
    <>
      <span className="initial" aria-hidden="true">
        {initialOf(name ?? reachedAt ?? '')}
      </span>
      <div>
        {name !== null && <bdi>{name}</bdi>}
        {reachedAt !== null && <CopyButton text={reachedAt} />}
        {name === null && reachedAt === null && <bdi>{id ?? 'Unknown'}</bdi>}
        {type && <small>{ROLES.get(type) ?? type}</small>}
      </div>
    </>
  )
}

/** What Bird calls the sides of a conversation. */
const ROLES = new Map([
  ['contact', 'Customer'],
  ['user', 'Agent'],
])

function initialOf(label: string): string {
  return /\p{L}/u.exec(label)?.[0].toUpperCase() ?? '#'
}
