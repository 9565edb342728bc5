/**
 * Lists a customer's conversations: from the real providers if their credentials are in the environment, otherwise from
 * a stand-in for both on this machine.
 *
 *     npm start                         # the stand-in
 *     npm start -- +12025550123            # the real ones: see the README for the environment variables
 */
import { bird, type ConversationProvider, ConversationsError, twilio } from 'participant-conversations'
import { sampleBirdConversations, sampleTwilioConversations } from '../src/testing/sample-data.ts'
import { listen } from '../src/testing/server.ts'
import { createStandIn } from '../src/testing/stand-in.ts'
import { printConversations } from './list-all.ts'

const CUSTOMER = '+12025550123'

try {
  const providers = providersOfEnvironment()
  if (providers.length > 0) await listFromProviders(providers, process.argv[2])
  else await listFromStandIn(process.argv[2] ?? CUSTOMER)
} catch (error) {
  if (!(error instanceof ConversationsError)) throw error
  console.error(`${error.name}: ${error.message}`)
  process.exitCode = 1
}

function providersOfEnvironment(): ConversationProvider[] {
  const isSet = (prefix: string): boolean =>
    Object.entries(process.env).some(([name, value]) => name.startsWith(prefix) && value)
  return [...(isSet('TWILIO_') ? [twilio()] : []), ...(isSet('BIRD_') ? [bird()] : [])]
}

async function listFromProviders(
  providers: ConversationProvider[],
  address: string | undefined,
): Promise<void> {
  if (address === undefined) {
    console.error('Whose conversations? Name a phone number or an e-mail address: npm start -- +12025550123')
    process.exitCode = 1
    return
  }
  console.log(`Conversations of ${address}:\n`)
  await printConversations(providers, { address })
}

async function listFromStandIn(address: string): Promise<void> {
  const account = {
    accountSid: `AC${'0'.repeat(32)}`,
    authToken: 'stand-in-auth-token',
  }
  const workspace = {
    accessKey: 'stand-in-access-key',
    workspaceId: '00000000-0000-4000-8000-000000000001',
  }
  const channelId = '00000000-0000-4000-8000-000000000002'
  const standIn = createStandIn({
    twilio: { ...account, conversations: sampleTwilioConversations({ address: CUSTOMER, count: 36 }) },
    bird: {
      ...workspace,
      conversations: sampleBirdConversations({ address: CUSTOMER, channelId, count: 30 }),
    },
  })
  const server = await listen(standIn.fetch)
  // Requests to loopback go through no proxy.
  process.env.NO_PROXY = '127.0.0.1'
  try {
    console.log(`No credentials are set, so this is a stand-in for both providers, at ${server.url}.`)
    console.log(`Conversations of ${address}:\n`)
    const baseUrl = server.url
    await printConversations(
      [twilio({ ...account, baseUrl }), bird({ ...workspace, channelId, baseUrl })],
      { address },
      // Small pages, so that there are several.
      { pageSize: 10 },
    )
    console.log(`It took ${standIn.requests.length} requests: one for each page, behind one loop.`)
  } finally {
    await server.close()
  }
}
