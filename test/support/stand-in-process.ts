/** Loaded before an example in a process of its own: the real hosts answer as the stand-in does. */
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
