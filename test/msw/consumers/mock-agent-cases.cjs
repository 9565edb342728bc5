/** undici's own mocks: as the global dispatcher, and given to one client. */
module.exports = function defineCases({ test, expect, afterEach }, undici, library, { isGlobal }) {
  const { MockAgent, getGlobalDispatcher, setGlobalDispatcher } = undici
  const original = getGlobalDispatcher()
  const page = { conversations: [{ conversation_sid: 'CH-agent' }], meta: { key: 'conversations' } }
  const participant = { address: '+12025550123' }

  function mockAgent() {
    const agent = new MockAgent()
    agent.disableNetConnect()
    agent
      .get('https://conversations.twilio.com')
      .intercept({ path: (path) => path.startsWith('/v1/ParticipantConversations') })
      .reply(200, page, { headers: { 'content-type': 'application/json' } })
    return agent
  }

  async function idsOf(options) {
    const provider = library.twilio({ accountSid: 'AC0', authToken: 'x', retry: { retries: 0 }, ...options })
    const all = await library.listParticipantConversations({ provider, participant }).toArray()
    return all.map(({ id }) => id)
  }

  afterEach(() => setGlobalDispatcher(original))

  if (isGlobal) {
    test('is answered by the MockAgent that is the global dispatcher', async () => {
      setGlobalDispatcher(mockAgent())
      expect(await idsOf({})).toEqual(['CH-agent'])
    })
  }

  test('is answered by the MockAgent that is its dispatcher', async () => {
    expect(await idsOf({ dispatcher: mockAgent() })).toEqual(['CH-agent'])
  })
}
