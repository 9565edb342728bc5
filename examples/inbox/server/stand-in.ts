import { setTimeout as wait } from 'node:timers/promises'
import { bird, type ConversationProvider, twilio } from 'participant-conversations'
import { createStandIn } from 'participant-conversations/testing'
import type { Customer } from '../shared/api.ts'
import {
  birdConversations,
  foundBy,
  OUR_EMAIL,
  OUR_NUMBER,
  type SampleOptions,
  twilioConversations,
} from './sample-conversations.ts'

const TWILIO = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'stand-in-auth-token' }
const BIRD = { accessKey: 'stand-in-access-key', workspaceId: '00000000-0000-4000-8000-000000000001' }
/** Bird's channels. */
const SMS = '7c1d52e0-0000-4000-8000-000000000002'
const WHATSAPP = '5fa6c380-0000-4000-8000-000000000003'
const EMAIL = 'b40e9a11-0000-4000-8000-000000000004'

const MAYA = '+12025550123'
const MAYA_EMAIL = 'maya@example.com'
const MAYA_IN_CHAT = 'identity:maya-lindqvist'
const NOOR = 'whatsapp:US.13491208655302741918'
const SAM = '+442079460018'
const LENA = '+12025550145'
const RAVI = 'identity:user_2f9c41d07c0e4b5e9a1b6f3d8e7c2a10b4f5d6e7f8a9b'
const NOBODY = '+12025550199'

const CUSTOMERS: Customer[] = [
  {
    name: 'Maya Lindqvist',
    addresses: [MAYA, MAYA_EMAIL, MAYA_IN_CHAT],
    note: 'Phone, e-mail and chat, on both providers',
  },
  { name: 'Noor Haddad', addresses: [NOOR], note: 'WhatsApp shows her without a number' },
  { name: 'Sam Okafor', addresses: [SAM], note: '340 conversations, of which 300 come first' },
  { name: 'Lena Novak', addresses: [LENA], note: 'Bird does not answer at first' },
  { name: 'Ravi Menon', addresses: [RAVI], note: 'A chat user, whom only Twilio can look up' },
  { name: 'Nobody', addresses: [NOBODY], note: 'No conversations' },
]

/** How many requests for this customer's text messages Bird leaves unanswered: one search, with its retry. */
const LENAS_FAILURES = 2

type Sample = Pick<SampleOptions, 'newest' | 'topic'>

/** Both providers, played on this machine. */
export function createStandInAccounts({ now = new Date(), latencyMs = 350 } = {}): {
  providers: ConversationProvider[]
  customers: Customer[]
  channelNames: Record<string, string>
} {
  const onTwilio = (address: string, count: number, sample: Sample = {}) =>
    twilioConversations({ address, count, now, ...sample })
  const onBird = (channelId: string, name: string, address: string, count: number, sample: Sample = {}) =>
    birdConversations({ channelId, name, address, count, now, ...sample })
  const mayasTexts = onTwilio(MAYA, 3, { newest: 38, topic: 16 })
  const standIn = createStandIn({
    twilio: {
      ...TWILIO,
      conversations: [
        ...mayasTexts,
        // She takes part in the first one by WhatsApp too: it is found twice, and shown once.
        ...mayasTexts.slice(0, 1).map((conversation) => foundBy(`whatsapp:${MAYA}`, conversation)),
        ...onTwilio(`whatsapp:${MAYA}`, 4, { newest: 11, topic: 19 }),
        ...onTwilio(MAYA_EMAIL, 3, { newest: 190, topic: 23 }),
        ...onTwilio(MAYA_IN_CHAT, 2, { newest: 95, topic: 35 }),
        ...onTwilio(NOOR, 3, { newest: 25, topic: 6 }),
        ...onTwilio(SAM, 200, { newest: 16, topic: 4 }),
        ...onTwilio(`whatsapp:${SAM}`, 30, { newest: 52, topic: 21 }),
        ...onTwilio(RAVI, 2, { newest: 31, topic: 30 }),
        ...onTwilio(LENA, 9, { newest: 7, topic: 24 }),
      ],
    },
    bird: {
      ...BIRD,
      conversations: [
        ...onBird(SMS, 'Maya Lindqvist', MAYA, 9, { topic: 0 }),
        ...onBird(WHATSAPP, 'Maya Lindqvist', MAYA, 7, { newest: 21, topic: 9 }),
        ...onBird(EMAIL, 'Maya Lindqvist', MAYA_EMAIL, 9, { newest: 63, topic: 26 }),
        ...onBird(WHATSAPP, 'Noor Haddad', NOOR, 2, { newest: 9, topic: 13 }),
        ...onBird(SMS, 'Sam Okafor', SAM, 110, { newest: 5 }),
        ...onBird(SMS, 'Lena Novak', LENA, 14, { newest: 18 }),
      ],
    },
  })

  let failuresLeft = LENAS_FAILURES
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    // Providers take about that long: so there is something to wait for.
    await wait(latencyMs)
    const { url } = new Request(input, init)
    if (url.includes(encodeURIComponent(LENA)) && url.includes(SMS)) {
      failuresLeft -= 1
      if (failuresLeft >= 0)
        return Response.json({ code: 'Unavailable', message: 'Try later' }, { status: 503 })
      // For the next time that somebody looks.
      failuresLeft = LENAS_FAILURES
    }
    return standIn.fetch(input, init)
  }
  const channelId = { [SMS]: OUR_NUMBER, [WHATSAPP]: OUR_NUMBER, [EMAIL]: OUR_EMAIL }
  const http = { fetch, retry: { retries: 1, minDelayMs: 100 } }
  return {
    providers: [twilio({ ...TWILIO, ...http }), bird({ ...BIRD, channelId, ...http })],
    customers: CUSTOMERS,
    channelNames: { [SMS]: 'SMS', [WHATSAPP]: 'WhatsApp', [EMAIL]: 'Help desk' },
  }
}
