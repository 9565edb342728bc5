import { sampleBirdConversations, sampleTwilioConversations } from '../../src/testing/sample-data.ts'
import { type LocalServer, listen } from '../../src/testing/server.ts'
import { createStandIn } from '../../src/testing/stand-in.ts'
import { ADDRESS, BIRD, COUNT, TWILIO } from '../support/example-accounts.ts'

/** The stand-in with the example accounts, on loopback. */
export async function serveExample(arrived: (request: Request) => void = () => {}): Promise<LocalServer> {
  const standIn = createStandIn({
    twilio: { ...TWILIO, conversations: sampleTwilioConversations({ address: ADDRESS, count: COUNT }) },
    bird: {
      ...BIRD,
      conversations: sampleBirdConversations({ address: ADDRESS, channelId: BIRD.channelId, count: COUNT }),
    },
  })
  return listen((request) => {
    arrived(request)
    return standIn.fetch(request)
  })
}

/** What a process needs to list from it. */
export function exampleEnvironment(server: LocalServer): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    BASE_URL: server.url,
    ADDRESS,
    TWILIO_ACCOUNT_SID: TWILIO.accountSid,
    TWILIO_AUTH_TOKEN: TWILIO.authToken,
    BIRD_ACCESS_KEY: BIRD.accessKey,
    BIRD_WORKSPACE_ID: BIRD.workspaceId,
    BIRD_CHANNEL_ID: BIRD.channelId,
  }
}
