import { bird, type ConversationProvider, type HttpHooks, type ParticipantRef, twilio } from '../index.ts'

const PHONE = '+12025550123'
const IDENTITY = 'jo'
/** A customer whom WhatsApp does not show by number. */
const WHATSAPP_USER = 'whatsapp:US.13491208655302741918'

/** The customer of the stand-in: one person with a phone number and a chat identity. */
export const DEMO_PARTICIPANTS: readonly ParticipantRef[] = [{ phone: PHONE }, { identity: IDENTITY }]

const TWILIO = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'stand-in-auth-token' }
const BIRD = { accessKey: 'stand-in-access-key', workspaceId: '00000000-0000-4000-8000-000000000001' }
const SMS_CHANNEL = '00000000-0000-4000-8000-000000000002'
const WHATSAPP_CHANNEL = '00000000-0000-4000-8000-000000000003'
const BUSINESS_ADDRESS = '+12025550100'

/** Both providers, played by the stand-in of the testing entry, which only the demo loads. */
export async function createDemo(hooks: HttpHooks): Promise<{
  providers: { twilio: ConversationProvider; bird: ConversationProvider }
  requests: readonly unknown[]
}> {
  const { createStandIn, sampleBirdConversations, sampleTwilioConversations } = await import(
    '../testing/index.ts'
  )
  const chats = sampleTwilioConversations({ identity: IDENTITY, count: 8 })
  const standIn = createStandIn({
    twilio: {
      ...TWILIO,
      conversations: [
        ...sampleTwilioConversations({ address: PHONE, count: 16 }),
        ...sampleTwilioConversations({ address: `whatsapp:${PHONE}`, count: 12 }),
        ...chats,
        // In the first one, the customer takes part by WhatsApp too: it is found twice, and listed once.
        ...chats.slice(0, 1).map((conversation) => ({
          ...conversation,
          participant_sid: `MB${'0'.repeat(32)}`,
          participant_identity: null,
          participant_messaging_binding: {
            type: 'whatsapp',
            address: `whatsapp:${PHONE}`,
            proxy_address: `whatsapp:${BUSINESS_ADDRESS}`,
          },
        })),
        ...sampleTwilioConversations({ address: WHATSAPP_USER, count: 3 }),
      ],
    },
    bird: {
      ...BIRD,
      conversations: [
        ...sampleBirdConversations({ address: PHONE, channelId: SMS_CHANNEL, count: 18 }),
        ...sampleBirdConversations({ address: PHONE, channelId: WHATSAPP_CHANNEL, count: 12 }),
        ...sampleBirdConversations({ address: WHATSAPP_USER, channelId: WHATSAPP_CHANNEL, count: 2 }),
      ],
    },
  })
  const { fetch, requests } = standIn
  return {
    providers: {
      twilio: twilio({ ...TWILIO, fetch, hooks }),
      bird: bird({
        ...BIRD,
        channelId: { [SMS_CHANNEL]: BUSINESS_ADDRESS, [WHATSAPP_CHANNEL]: BUSINESS_ADDRESS },
        fetch,
        hooks,
      }),
    },
    requests,
  }
}
