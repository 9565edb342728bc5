import { type RefObject, useEffect } from 'react'
import { type InboxConversation, providerTitle } from '../shared/api.ts'
import { CopyButton } from './copy-button.tsx'
import { plainAddress } from './search.ts'
import type { Conversations } from './use-conversations.ts'

export interface CustomerProps {
  addresses: readonly string[]
  /** Their conversations of every status. */
  all: Conversations
  providers: readonly string[]
  heading: RefObject<HTMLHeadingElement | null>
}

/** Who it is, and how much is open. */
export function Customer({ addresses, all, providers, heading }: CustomerProps) {
  const shown = addresses.map(plainAddress)
  const [first = '', ...others] = shown
  const name = nameOf(all.conversations)
  const besideHeading = name === null ? others : shown
  usePageTitle(name === null || isLikeAddress(name) ? shortened(first) : name)
  return (
    <header className="customer">
      <h2 tabIndex={-1} ref={heading}>
        <bdi>{name ?? first}</bdi>
      </h2>
      {besideHeading.length > 0 && (
        <ul className="addresses" aria-label="Addresses">
          {besideHeading.map((address) => (
            <li key={address}>
              <CopyButton text={address} />
            </li>
          ))}
        </ul>
      )}
      {all.conversations.length > 0 && <OpenCounts all={all} providers={providers} />}
    </header>
  )
}

function OpenCounts({ all, providers }: { all: Conversations; providers: readonly string[] }) {
  const { conversations, failures, notSearched, hasMore } = all
  const open = conversations.filter(({ status }) => status === 'active')
  const failed = failures.map(({ provider }) => provider)
  return (
    <p className="open-counts">
      <strong>{open.length} open</strong>
      {hasMore && ` of the first ${conversations.length}`}
      {providers.map((name) => {
        const count = open.filter(({ provider }) => provider === name).length
        // The listing goes from one provider to the next, so the rest may be of any of them.
        const isPartial = hasMore || failed.includes(name)
        const isUnknown = notSearched.includes(name) || (isPartial && count === 0)
        return (
          <span key={name} className="badge provider" data-provider={isUnknown ? undefined : name}>
            {isUnknown ? 'unknown' : `${count}${isPartial ? ' or more' : ''}`} on {providerTitle(name)}
          </span>
        )
      })}
    </p>
  )
}

/** The customer's name in the most recent conversation that has one. */
function nameOf(conversations: readonly InboxConversation[]): string | null {
  const named = conversations.find(({ participant }) => participant?.name)
  return named?.participant?.name ?? null
}

/** Some contacts have a phone number or an e-mail address as their name. */
function isLikeAddress(name: string): boolean {
  return name.includes('@') || !/\p{L}/u.test(name)
}

/** Browsers keep titles in their history, so keep full numbers and addresses out of them. */
function shortened(address: string): string {
  return address.includes('@') ? address.replace(/@.*/, '@…') : `…${address.slice(-4)}`
}

function usePageTitle(who: string): void {
  useEffect(() => {
    document.title = `${who} · Inbox`
    return () => {
      document.title = 'Inbox'
    }
  }, [who])
}
