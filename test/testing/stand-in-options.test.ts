import { describe, expect, it } from 'vitest'
import { bird, ConfigurationError, listParticipantConversations } from '../../src/index.ts'
import { createStandIn, fakeBirdConversation, fakeConversation } from '../../src/testing/index.ts'

const account = { accountSid: 'AC1', authToken: 'a-secret', conversations: [] }
const withoutCredentials = { accountSid: 'AC1', conversations: [] }
const workspace = {
  accessKey: 'a-secret',
  workspaceId: '0f0e0d0c-0000-4000-8000-000000000001',
  conversations: [],
}
const row = { conversation_sid: 'CH1' }

describe('createStandIn()', () => {
  it.each([
    [undefined, 'the options must be an object; got undefined'],
    [{ twillio: account }, 'unknown option "twillio". Did you mean "twilio"?'],
    [{ accountSid: 'AC1' }, 'unknown option "accountSid". Did you mean "twilio.accountSid"?'],
    [{ twilio: 'AC1' }, 'twilio must be an object; got a string (not shown)'],
    [{ twilio: { ...account, accountSid: undefined } }, 'twilio.accountSid must be an account SID ("AC"'],
    [{ twilio: { ...account, accountSid: 'SK1' } }, 'twilio.accountSid must be an account SID ("AC"'],
    [{ twilio: { ...account, apiKey: 'AC1', apiSecret: 's' } }, 'twilio.apiKey must be an API key SID ("SK"'],
    [{ twilio: { ...account, conversations: undefined } }, 'twilio.conversations must be an array'],
    [{ twilio: { ...account, accessTokenTtlSeconds: -1 } }, 'twilio.accessTokenTtlSeconds must be a whole'],
    [{ twilio: { ...account, services: { IS1: {} } } }, 'twilio.services.IS1 must be an array'],
    [
      { twilio: { ...account, services: { main: [] } } },
      'twilio.services.main is not a conversation service',
    ],
    [{ twilio: { ...account, unknownParticipant: 'empty' } }, 'unknown option "twilio.unknownParticipant".'],
    [{ bird: { ...workspace, accessKey: '' } }, 'bird.accessKey must be a non-empty string'],
    [{ bird: { ...workspace, workspaceId: 'main' } }, 'bird.workspaceId must be a UUID'],
    [{ bird: { ...workspace, totalType: 'exact' } }, 'bird.totalType must be "", "equal" or'],
    [{ bird: { ...workspace, unknownParticipant: 404 } }, 'bird.unknownParticipant must be "empty" or'],
    [{ bird: { ...workspace, region: 'ie1' } }, 'unknown option "bird.region".'],
  ])('refuses %j', (options, problem) => {
    const call = () => createStandIn(options as never)
    expect(call).toThrow(ConfigurationError)
    expect(call).toThrow(`createStandIn(): ${problem}`)
  })

  it.each([
    ['twilio', { authtoken: 'x' }, 'unknown option "twilio.authtoken". Did you mean "twilio.authToken"?'],
    ['twilio', { acountSid: 'AC1' }, 'unknown option "twilio.acountSid". Did you mean "twilio.accountSid"?'],
    ['twilio', { password: 'x' }, 'unknown option "twilio.password". Did you mean "twilio.authToken"?'],
    ['twilio', { clientID: 'x' }, 'unknown option "twilio.clientID". Did you mean "twilio.clientId"?'],
    ['bird', { acessKey: 'x' }, 'unknown option "bird.acessKey". Did you mean "bird.accessKey"?'],
    ['bird', { apiKey: 'x' }, 'unknown option "bird.apiKey". Did you mean "bird.accessKey"?'],
    ['bird', { workspaceID: 'x' }, 'unknown option "bird.workspaceID". Did you mean "bird.workspaceId"?'],
  ])('refuses misspelled credentials: %s %j', (name, misspelled, problem) => {
    const options = { twilio: account, bird: workspace }
    const call = () =>
      createStandIn({ ...options, [name]: { ...(name === 'bird' ? workspace : account), ...misspelled } })
    expect(call).toThrow(`createStandIn(): ${problem}`)
  })

  it.each([
    [
      {},
      'twilio.authToken is missing: pass what twilio() authenticates with, which is authToken, apiKey with',
    ],
    [{ apiKey: 'SK1' }, 'twilio.apiSecret is missing: pass it with apiKey'],
    [{ apiSecret: 's' }, 'twilio.apiKey is missing: pass it with apiSecret'],
    [{ clientId: 'OQ1' }, 'twilio.clientSecret is missing: pass it with clientId'],
    [{ authToken: 't', clientSecret: 's' }, 'twilio.clientId is missing: pass it with clientSecret'],
  ])('refuses credentials that authenticate nothing: %j', (credentials, problem) => {
    const call = () => createStandIn({ twilio: { ...withoutCredentials, ...credentials } })
    expect(call).toThrow(ConfigurationError)
    expect(call).toThrow(`createStandIn(): ${problem}`)
  })

  it.each([
    [{ twilio: { ...account, conversations: [row, {}] } }, 'twilio.conversations', 'conversation_sid', 1],
    [{ twilio: { ...account, conversations: [null] } }, 'twilio.conversations', 'conversation_sid', 0],
    [
      { twilio: { ...account, services: { IS1: [{ id: '1' }] } } },
      'twilio.services.IS1',
      'conversation_sid',
      0,
    ],
    [{ bird: { ...workspace, conversations: [{ id: '1' }, { name: 'x' }] } }, 'bird.conversations', 'id', 1],
    [{ bird: { ...workspace, conversations: ['1'] } }, 'bird.conversations', 'id', 0],
  ])('refuses conversations without an id: %j', (options, option, name, index) => {
    const call = () => createStandIn(options as never)
    expect(call).toThrow(ConfigurationError)
    expect(call).toThrow(
      `createStandIn(): ${option} must be objects with the property ${name}: at index ${index} there is none. To play a response without it, set it to null`,
    )
  })

  it('serves conversations whose id is null or empty, to test what becomes of them', async () => {
    const conversations = [fakeBirdConversation({ id: null as never }), fakeBirdConversation({ id: '' })]
    const { fetch } = createStandIn({ bird: { ...workspace, conversations } })
    const channelId = conversations[0]?.channelId ?? ''
    const invalid: unknown[] = []
    const provider = bird({
      accessKey: workspace.accessKey,
      workspaceId: workspace.workspaceId,
      channelId,
      fetch,
    })
    const list = listParticipantConversations({
      provider,
      participant: { phone: '+12025550123' },
      onInvalidConversation: ({ raw }) => {
        invalid.push(raw)
        return 'skip'
      },
    })
    expect(await list.toArray()).toEqual([])
    expect(invalid).toEqual(conversations)
  })

  it('refuses what a listing yields in place of what a provider sends', () => {
    const problem = 'must be what the provider sends: at index 1 is a conversation of a listing. Pass its raw'
    const onTwilio = [row, fakeConversation()]
    expect(() => createStandIn({ twilio: { ...account, conversations: onTwilio as never[] } })).toThrow(
      `createStandIn(): twilio.conversations ${problem}`,
    )
    const onBird = [fakeBirdConversation(), fakeConversation({ provider: 'bird' })]
    expect(() => createStandIn({ bird: { ...workspace, conversations: onBird as never[] } })).toThrow(
      `createStandIn(): bird.conversations ${problem}`,
    )
  })

  it('refuses conversations of another account', () => {
    const conversations = [row, { ...row, account_sid: 'AC1' }, { ...row, account_sid: 'AC2' }]
    const problem =
      'must be those of accountSid: the account_sid at index 2 is "AC2". Omit it, or create a stand-in with that accountSid'
    expect(() => createStandIn({ twilio: { ...account, conversations } })).toThrow(
      `createStandIn(): twilio.conversations ${problem}`,
    )
    expect(() => createStandIn({ twilio: { ...account, services: { IS1: conversations } } })).toThrow(
      `createStandIn(): twilio.services.IS1 ${problem}`,
    )
  })

  it('reports all invalid options at once, and shows no credential', () => {
    const options = {
      twilio: { ...account, conversations: 1, authToken: 7001 },
      bird: { ...workspace, workspaceId: 0 },
    }
    expect(() => createStandIn(options as never)).toThrow(
      [
        'createStandIn():',
        'twilio.authToken must be a non-empty string; got a number (not shown)',
        'twilio.conversations must be an array of conversations; got a number (not shown)',
        'bird.workspaceId must be a UUID; got 0',
      ].join('\n- '),
    )
  })

  it('ignores options of the provider, so that one object can be passed to both', async () => {
    const http = { retry: { retries: 0 }, timeoutMs: 1000, baseUrl: 'https://example.com' }
    const location = { region: 'ie1', edge: 'dublin', serviceSid: 'IS1', tokenUrl: 'https://example.com' }
    const { fetch } = createStandIn({
      twilio: { ...account, ...http, ...location },
      bird: { ...workspace, ...http, ...{ channelId: 'c' } },
    })
    expect((await fetch('https://api.bird.com/')).status).toBe(404)
    expect((await fetch('https://conversations.twilio.com/')).status).toBe(404)
  })
})
