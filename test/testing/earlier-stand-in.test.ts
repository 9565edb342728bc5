import { type SetupServer, setupServer } from 'msw/node'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { bird, type ConversationProvider, listParticipantConversations, twilio } from '../../src/index.ts'
import { createStandIn, type StandIn } from '../../src/testing/index.ts'
import { address, channelId } from '../support/accounts.ts'

/** Where requests go that MSW lets out. */
const network = vi.fn<typeof fetch>(() => Promise.reject(new TypeError('fetch failed')))
const servers: SetupServer[] = []
beforeEach(() => {
  vi.stubGlobal('fetch', network)
  // MSW prints why it refuses a request.
  vi.spyOn(console, 'error').mockReturnValue()
})
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  network.mockClear()
})

function listen(...standIns: StandIn[]): SetupServer {
  const server = setupServer(...standIns.flatMap(({ handlers }) => handlers))
  server.listen({ onUnhandledRequest: 'error' })
  servers.push(server)
  return server
}

/** A stand-in for accounts of its own, and the providers that have their credentials. */
function tenant(digit: string): { standIn: StandIn; providers: readonly ConversationProvider[] } {
  const account = { accountSid: `AC${digit.repeat(32)}`, authToken: `token-${digit}` }
  const client = { clientId: `OQ${digit}`, clientSecret: `client-secret-${digit}` }
  const workspace = { accessKey: `key-${digit}`, workspaceId: `0f0e0d0c-0000-4000-8000-00000000000${digit}` }
  return {
    standIn: createStandIn({
      twilio: { ...account, ...client, conversations: [] },
      bird: { ...workspace, conversations: [] },
    }),
    providers: [twilio(account), twilio(client), bird({ ...workspace, channelId })],
  }
}

const list = (provider: ConversationProvider): Promise<unknown[]> =>
  listParticipantConversations({ provider, participant: { address } }).toArray()

describe('an earlier stand-in, whose server is closed', () => {
  it('does not let requests with its credentials out to the network', async () => {
    const earlier = tenant('6')
    const server = listen(earlier.standIn)
    for (const provider of earlier.providers) expect(await list(provider)).toEqual([])
    server.close()
    earlier.standIn.reset()

    const present = tenant('7')
    listen(present.standIn)
    for (const provider of earlier.providers) {
      await expect(list(provider)).rejects.toThrow('onUnhandledRequest')
    }
    expect(network).not.toHaveBeenCalled()
    expect(earlier.standIn.requests).toEqual([])
    expect(present.standIn.requests).toEqual([])
  })

  it('does not respond before another one of the same server', async () => {
    const [earlier, first, second] = [tenant('1'), tenant('2'), tenant('3')]
    listen(earlier.standIn).close()
    listen(first.standIn, second.standIn)
    for (const provider of [...second.providers, ...first.providers]) expect(await list(provider)).toEqual([])
    expect(earlier.standIn.requests).toEqual([])
    expect(network).not.toHaveBeenCalled()
  })
})
