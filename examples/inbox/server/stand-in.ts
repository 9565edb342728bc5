import { setTimeout as wait } from 'node:timers/promises'
import { bird, type ConversationProvider, twilio } from 'participant-conversations'
import { createStandIn } from 'participant-conversations/testing'
import type { Customer } from '../shared/api.ts'
import { birdConversations, twilioConversations } from './sample-conversations.ts'

const TWILIO = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'stand-in-auth-token' }
const BIRD = { accessKey: 'stand-in-access-key', workspaceId: '00000000-0000-4000-8000-000000000001' }
const CHANNELS = ['7c1d52e0-0000-4000-8000-000000000002', 'b40e9a11-0000-4000-8000-000000000003'] as const
const channelFor = (address: string): string => CHANNELS[address.includes('@') ? 1 : 0]

const MAYA = '+12025550123'
const MAYA_EMAIL = 'maya@example.com'
const SAM = '+442079460018'
const LENA = '+12025550145'
const NOBODY = '+12025550199'

const CUSTOMERS: Customer[] = [
  { name: 'Maya Lindqvist', address: MAYA, note: 'Text messages, WhatsApp and Bird' },
  { name: 'Maya Lindqvist', address: MAYA_EMAIL, note: 'The same customer, by e-mail' },
  { name: 'Sam Okafor', address: SAM, note: '300 conversations, to scroll' },
  { name: 'Lena Novak', address: LENA, note: 'Bird does not answer at first' },
  { name: 'Nobody', address: NOBODY, note: 'No conversations' },
]

/** How many requests for this customer Bird leaves unanswered: one search, with its retry. */
const LENAS_FAILURES = 2

/** Both providers, played on this machine. */
export function createStandInAccounts({ now = new Date(), latencyMs = 350 } = {}): {
  providers: ConversationProvider[]
  customers: Customer[]
} {
  const onTwilio = (address: string, count: number) => twilioConversations({ address, count, now })
  const onBird = (name: string, address: string, count: number) =>
    birdConversations({ name, address, count, now, channelId: channelFor(address) })
  const standIn = createStandIn({
    twilio: {
      ...TWILIO,
      conversations: [
        ...onTwilio(MAYA, 2),
        ...onTwilio(`whatsapp:${MAYA}`, 2),
        ...onTwilio(MAYA_EMAIL, 3),
        ...onTwilio(SAM, 170),
        ...onTwilio(`whatsapp:${SAM}`, 30),
        ...onTwilio(LENA, 9),
      ],
    },
    bird: {
      ...BIRD,
      conversations: [
        ...onBird('Maya Lindqvist', MAYA, 28),
        ...onBird('Maya Lindqvist', MAYA_EMAIL, 12),
        ...onBird('Sam Okafor', SAM, 100),
        ...onBird('Lena Novak', LENA, 14),
      ],
    },
  })

  let failuresLeft = LENAS_FAILURES
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    // Providers take about that long: so there is something to wait for.
    await wait(latencyMs)
    const { url } = new Request(input, init)
    if (url.includes(encodeURIComponent(LENA)) && url.includes(channelFor(LENA))) {
      failuresLeft -= 1
      if (failuresLeft >= 0)
        return Response.json({ code: 'Unavailable', message: 'Try later' }, { status: 503 })
      // For the next time that somebody looks.
      failuresLeft = LENAS_FAILURES
    }
    return standIn.fetch(input, init)
  }
  const http = { fetch, retry: { retries: 1, minDelayMs: 100 } }
  return {
    providers: [twilio({ ...TWILIO, ...http }), bird({ ...BIRD, channelId: CHANNELS, ...http })],
    customers: CUSTOMERS,
  }
}
