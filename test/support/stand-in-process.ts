/** Preloaded into the process of an example: a stand-in responds in place of the real hosts. */
import { setupServer } from 'msw/node'
import { sampleBirdConversations, sampleTwilioConversations } from '../../src/testing/sample-data.ts'
import { createStandIn } from '../../src/testing/stand-in.ts'
import { ADDRESS, BIRD, COUNT, TWILIO } from './example-accounts.ts'

const standIn = createStandIn({
  twilio: { ...TWILIO, conversations: sampleTwilioConversations({ address: ADDRESS, count: COUNT }) },
  bird: {
    ...BIRD,
    conversations: sampleBirdConversations({ address: ADDRESS, channelId: BIRD.channelId, count: COUNT }),
  },
})

setupServer(...standIn.handlers).listen({ onUnhandledRequest: 'error' })
