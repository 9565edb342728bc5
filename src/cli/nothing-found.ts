import type { ConversationStatus, ParticipantRef } from '../index.ts'
import { showSafely } from './text.ts'

/** What was looked up without a result. */
export interface Searched {
  readonly participants: readonly ParticipantRef[]
  /** The names of the providers. */
  readonly providers: readonly string[]
  readonly status: readonly ConversationStatus[] | undefined
}

const TITLES: Readonly<Record<string, string>> = { twilio: 'Twilio', bird: 'Bird' }

/** Says where nothing was found, since an empty table leaves that open. */
export function nothingFound({ participants, providers, status }: Searched): string {
  const hasPhone = participants.some((participant) => 'phone' in participant)
  const places = providers.map((name) => {
    const title = TITLES[name] ?? name
    return name === 'twilio' && hasPhone ? `${title} (sms, whatsapp, rcs)` : title
  })
  const who = or.format(participants.map((participant) => Object.values(participant).join('=')))
  const what = status === undefined ? 'conversations' : `${or.format(status)} conversations`
  return showSafely(`No ${what} for ${who} on ${and.format(places)}.`)
}

const and = new Intl.ListFormat('en', { type: 'conjunction' })
const or = new Intl.ListFormat('en', { type: 'disjunction' })
