import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  AuthenticationError,
  bird,
  type ConversationProvider,
  listParticipantConversations,
  twilio,
} from '../../src/index.ts'
import {
  createStandIn,
  type StandIn,
  sampleBirdConversations,
  sampleTwilioConversations,
} from '../../src/testing/index.ts'
import { address, channelId } from '../support/accounts.ts'

/** A tenant of the app, with its own accounts. */
function tenant(digit: string, count: number) {
  const account = { accountSid: `AC${digit.repeat(32)}`, authToken: `token-${digit}` }
  const client = { clientId: `OQ${digit}`, clientSecret: `client-secret-${digit}` }
  const workspace = { accessKey: `key-${digit}`, workspaceId: `0f0e0d0c-0000-4000-8000-00000000000${digit}` }
  const standIn = createStandIn({
    twilio: { ...account, ...client, conversations: sampleTwilioConversations({ address, count }) },
    bird: { ...workspace, conversations: sampleBirdConversations({ address, channelId, count }) },
  })
  const providers: ConversationProvider[] = [
    twilio({ ...account, retry: { retries: 0 } }),
    twilio({ ...client, retry: { retries: 0 } }),
    bird({ ...workspace, channelId, retry: { retries: 0 } }),
  ]
  return { account, workspace, standIn, providers }
}

const first = tenant('1', 3)
const second = tenant('2', 4)
const unhandled: string[] = []
const server = setupServer(...first.standIn.handlers, ...second.standIn.handlers)
beforeAll(() => server.listen({ onUnhandledRequest: ({ url }) => void unhandled.push(url) }))
afterEach(() => {
  server.resetHandlers()
  first.standIn.reset()
  second.standIn.reset()
})
afterAll(() => server.close())

function list(provider: ConversationProvider): Promise<unknown[]> {
  return listParticipantConversations({ provider, participant: { address } }).toArray()
}

const statuses = ({ requests }: StandIn): number[] => requests.map(({ status }) => status)

describe('two stand-ins side by side', () => {
  it('each handle the requests with the credentials of their own accounts', async () => {
    for (const provider of first.providers) expect(await list(provider)).toHaveLength(3)
    expect(statuses(first.standIn)).toEqual([200, 200, 200, 200])
    expect(statuses(second.standIn)).toEqual([])
    for (const provider of second.providers) expect(await list(provider)).toHaveLength(4)
    expect(statuses(first.standIn)).toEqual([200, 200, 200, 200])
    expect(statuses(second.standIn)).toEqual([200, 200, 200, 200])
  })

  it('return 401 once for credentials that neither knows', async () => {
    await expect(list(twilio({ ...first.account, authToken: 'wrong' }))).rejects.toThrow(AuthenticationError)
    await expect(list(bird({ ...second.workspace, accessKey: 'wrong', channelId }))).rejects.toThrow(
      AuthenticationError,
    )
    expect(statuses(first.standIn)).toEqual([401, 401])
    expect(statuses(second.standIn)).toEqual([])
  })

  it("do not use up each other's failures", async () => {
    first.standIn.fail({ status: 403 })
    expect(await list(second.providers[0] as ConversationProvider)).toHaveLength(4)
    await expect(list(first.providers[0] as ConversationProvider)).rejects.toMatchObject({ status: 403 })
  })

  it('leave a provider that only one of them has to that one', async () => {
    const { account, providers } = tenant('3', 1)
    const { workspace } = tenant('4', 1)
    const onlyTwilio = createStandIn({ twilio: { ...account, conversations: [] } })
    const onlyBird = createStandIn({ bird: { ...workspace, conversations: [] } })
    server.use(...onlyTwilio.handlers, ...onlyBird.handlers)
    expect(await list(providers[0] as ConversationProvider)).toEqual([])
    expect(await list(bird({ ...workspace, channelId }))).toEqual([])
  })

  it('are distinguished by account, so a new one replaces an old one with other credentials', async () => {
    const { account } = tenant('5', 1)
    void createStandIn({ twilio: { ...account, conversations: [] } }).handlers
    const renewed = createStandIn({ twilio: { ...account, authToken: 'renewed', conversations: [] } })
    server.use(...renewed.handlers)
    await expect(list(twilio(account))).rejects.toThrow(AuthenticationError)
    expect(await list(twilio({ ...account, authToken: 'renewed' }))).toEqual([])
  })

  it('yield to a handler that is prepended', async () => {
    server.use(http.get('https://api.bird.com/*', () => HttpResponse.json({ results: [{ id: 'mine' }] })))
    expect(await list(second.providers[2] as ConversationProvider)).toMatchObject([{ id: 'mine' }])
    expect(unhandled).toEqual([])
  })
})
