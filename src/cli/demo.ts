import { bird, type ConversationProvider, twilio } from '../index.ts'

/** The customer of the stand-in. */
export const DEMO_ADDRESS = '+12025550123'

const TWILIO = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'stand-in-auth-token' }
const BIRD = { accessKey: 'stand-in-access-key', workspaceId: '00000000-0000-4000-8000-000000000001' }
const CHANNEL_ID = '00000000-0000-4000-8000-000000000002'

/** Both providers, played by the stand-in of the testing entry, which only the demo loads. */
export async function createDemo(): Promise<{
  providers: { twilio: ConversationProvider; bird: ConversationProvider }
  requests: readonly unknown[]
}> {
  const { createStandIn, sampleBirdConversations, sampleTwilioConversations } = await import(
    '../testing/index.ts'
  )
  const standIn = createStandIn({
    twilio: { ...TWILIO, conversations: sampleTwilioConversations({ address: DEMO_ADDRESS, count: 36 }) },
    bird: {
      ...BIRD,
      conversations: sampleBirdConversations({ address: DEMO_ADDRESS, channelId: CHANNEL_ID, count: 30 }),
    },
  })
  const { fetch, requests } = standIn
  return {
    providers: {
      twilio: twilio({ ...TWILIO, fetch }),
      bird: bird({ ...BIRD, channelId: CHANNEL_ID, fetch }),
    },
    requests,
  }
}
