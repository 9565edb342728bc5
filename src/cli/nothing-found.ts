import type { ConversationStatus, ParticipantRef } from '../index.ts'
import { showSafely } from './text.ts'
import { titleOf } from './titles.ts'

/** What was looked up without a result. */
export interface Searched {
  readonly participants: readonly ParticipantRef[]
  /** The names of the providers. */
  readonly providers: readonly string[]
  readonly status: readonly ConversationStatus[] | undefined
  readonly limit: number | undefined
  /** Whether earlier runs have listed a part. */
  readonly isContinued: boolean
}

/** Says where nothing was found, since an empty output leaves that open. */
export function nothingFound({ participants, providers, status, limit, isContinued }: Searched): string {
  if (limit === 0) return 'Nothing was requested: --limit is 0.'
  const hasPhone = participants.some((participant) => 'phone' in participant)
  const places = providers.map((name) => {
    const title = titleOf(name)
    return name === 'twilio' && hasPhone ? `${title} (sms, whatsapp, rcs)` : title
  })
  const who = or.format(participants.map((participant) => Object.values(participant).join('=')))
  const what = status === undefined ? 'conversations' : `${or.format(status)} conversations`
  return showSafely(`No ${isContinued ? 'more ' : ''}${what} for ${who} on ${and.format(places)}.`)
}

const and = new Intl.ListFormat('en', { type: 'conjunction' })
const or = new Intl.ListFormat('en', { type: 'disjunction' })
