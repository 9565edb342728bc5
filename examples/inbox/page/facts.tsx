import type { ReactNode } from 'react'
import type { InboxConversation } from '../shared/api.ts'
import { CopyButton } from './copy-button.tsx'
import { dateOf } from './dates.ts'
import { When } from './when.tsx'

type Fact = readonly [name: string, value: ReactNode]

/** What every conversation has besides people and messages. What this one does not have is left out. */
export function SystemFacts({ conversation }: { conversation: InboxConversation }) {
  const { id, uniqueName, createdAt, updatedAt, timers, channel, serviceId } = conversation
  const { businessAddress } = channel
  return (
    <Facts
      title="Conversation"
      facts={[
        ['Updated', shownDate(updatedAt)],
        ['Created', shownDate(createdAt)],
        ['Becomes inactive', shownDate(timers.inactiveAt)],
        ['Closes', shownDate(timers.closedAt)],
        [businessAddress?.startsWith('+') ? 'Our number' : 'Our address', copyable(businessAddress)],
        ['Unique name', uniqueName],
        ['Channel', copyable(channel.id)],
        ['Service', copyable(serviceId)],
        ['Id', copyable(id)],
      ]}
    />
  )
}

/** What the business has noted with the conversation: its own names, and values of any kind. */
export function Attributes({ attributes }: Pick<InboxConversation, 'attributes'>) {
  const facts = Object.entries(attributes).map(([name, value]) => [name, textOf(value)] as const)
  return <Facts title="Attributes" facts={facts} />
}

function Facts({ title, facts }: { title: string; facts: readonly Fact[] }) {
  const shown = facts.filter(([, value]) => value !== null && value !== '')
  if (shown.length === 0) return null
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <dl className="facts">
        {shown.map(([name, value]) => (
          <div key={name}>
            <dt>
              <bdi>{name}</bdi>
            </dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function shownDate(text: string | null): ReactNode {
  const date = dateOf(text)
  return date && <When date={date} inFull />
}

function copyable(text: string | null): ReactNode {
  return text && <CopyButton text={text} isCode />
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return value.join(', ')
  return JSON.stringify(value)
}
