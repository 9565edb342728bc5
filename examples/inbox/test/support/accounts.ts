import { bird, type ConversationProvider, type HttpOptions, twilio } from 'participant-conversations'
import { createStandIn, type StandIn } from 'participant-conversations/testing'
import { birdConversations, OUR_NUMBER, twilioConversations } from '../../server/sample-conversations.ts'

export const CUSTOMER = '+12025550123'
/** A customer whom WhatsApp shows without a number. */
export const WHATSAPP_USER = 'whatsapp:US.13491208655302741918'
/** The newest conversation was updated four minutes before. */
export const NOW = new Date('2026-03-04T12:00:00Z')
export const TWILIO = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'secret-auth-token' }
export const BIRD = { accessKey: 'secret-access-key', workspaceId: '00000000-0000-4000-8000-000000000001' }
export const CHANNEL_ID = '00000000-0000-4000-8000-000000000002'

type TwilioRaw = ReturnType<typeof twilioConversations>
type BirdRaw = ReturnType<typeof birdConversations>

/** The providers, played by a stand-in, with conversations of one customer. Nothing is retried. */
export interface Accounts {
  readonly standIn: StandIn
  readonly providers: ConversationProvider[]
  /** The ids of all conversations, in the order in which they are listed: provider by provider. */
  readonly ids: readonly string[]
  /** The same in the order in which they are shown. */
  readonly newestFirst: readonly string[]
}

export function createAccounts(
  conversations: { twilio?: TwilioRaw; bird?: BirdRaw },
  options: HttpOptions = {},
): Accounts {
  const standIn = createStandIn({
    twilio: { ...TWILIO, conversations: conversations.twilio ?? [] },
    bird: { ...BIRD, conversations: conversations.bird ?? [] },
  })
  const http: HttpOptions = { fetch: standIn.fetch, retry: { retries: 0 }, ...options }
  const channelId = { [CHANNEL_ID]: OUR_NUMBER }
  const all = [
    ...(conversations.twilio ?? []).map((raw) => ({
      id: raw.conversation_sid ?? '',
      date: raw.conversation_date_updated ?? '',
    })),
    ...(conversations.bird ?? []).map((raw) => ({ id: raw.id, date: raw.updatedAt ?? '' })),
  ]
  return {
    standIn,
    providers: [twilio({ ...TWILIO, ...http }), bird({ ...BIRD, channelId, ...http })],
    ids: all.map(({ id }) => id),
    newestFirst: sortedIds(all),
  }
}

/** Dates as texts of one form sort as dates do. */
function sortedIds(all: readonly { id: string; date: string }[]): string[] {
  return [...all]
    .sort((one, other) =>
      one.date === other.date ? compare(one.id, other.id) : compare(other.date, one.date),
    )
    .map(({ id }) => id)
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}

/** By text message, unless the address has another channel's prefix. */
export function onTwilio(count: number, address = CUSTOMER): TwilioRaw {
  return twilioConversations({ address, count, now: NOW })
}

export function onBird(count: number, address = CUSTOMER): BirdRaw {
  return birdConversations({ address, count, now: NOW, name: 'Maya Lindqvist', channelId: CHANNEL_ID })
}
