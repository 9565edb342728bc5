import type { ReactNode } from 'react'
import type { InboxConversation } from '../shared/api.ts'
import { dateOf } from './dates.ts'
import { When } from './when.tsx'

/** What the conversation has besides people and messages. What it does not have is left out. */
export function Facts({ conversation }: { conversation: InboxConversation }) {
  const { id, uniqueName, createdAt, updatedAt, timers, attributes, channel, serviceId } = conversation
  const { businessAddress } = channel
  const facts: [name: string, value: ReactNode][] = [
    ['Updated', shownDate(updatedAt)],
    ['Created', shownDate(createdAt)],
    ['Becomes inactive', shownDate(timers.inactiveAt)],
    ['Closes', shownDate(timers.closedAt)],
    [
      businessAddress?.startsWith('+') ? 'Our number' : 'Our address',
      businessAddress && <bdi>{businessAddress}</bdi>,
    ],
    ['Unique name', uniqueName && <bdi>{uniqueName}</bdi>],
    ['Channel', channel.id && <code>{channel.id}</code>],
    ['Service', serviceId && <code>{serviceId}</code>],
    ['Id', <code key="id">{id}</code>],
  ]
  const shown = facts.filter(([, value]) => value !== null && value !== '')
  return (
    <dl className="facts">
      {shown.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {Object.entries(attributes).map(([name, value]) => (
        <div key={`attribute ${name}`}>
          <dt>
            <code>{name}</code>
          </dt>
          <dd>
            <bdi>{textOf(value)}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function shownDate(text: string | null): ReactNode {
  const date = dateOf(text)
  return date && <When date={date} inFull />
}

/** An attribute is the application's own: it may be anything that JSON can hold. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return value.join(', ')
  return JSON.stringify(value)
}
