import type { InboxConversation } from '../shared/api.ts'

/** Twilio's listing names the customer alone, Bird's up to five people. */
export function Participants({ conversation }: { conversation: InboxConversation }) {
  const { participants, participantCount, provider } = conversation
  if (participants.length === 0) return null
  const others = Math.max(0, (participantCount.active ?? 0) - participants.length)
  return (
    <section className="participants" aria-labelledby="participants">
      <h3 id="participants">{provider === 'twilio' ? 'Customer' : 'Participants'}</h3>
      <ul>
        {participants.map((participant, index) => {
          const { id, name, address, identity, type } = participant
          const label = name ?? identity ?? address ?? id ?? 'Unknown'
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: they may have no id, and are never reordered
            <li key={index}>
              <span className="initial" aria-hidden="true">
                {initialOf(label)}
              </span>
              <span>
                <bdi>{label}</bdi>
                <small>{[type, address === label ? null : address].filter(Boolean).join(' · ')}</small>
              </span>
            </li>
          )
        })}
      </ul>
      {others > 0 && <p>and {others} more</p>}
    </section>
  )
}

function initialOf(label: string): string {
  return /\p{L}/u.exec(label)?.[0].toUpperCase() ?? '#'
}
