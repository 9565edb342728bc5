import { describe, expect, it } from 'vitest'
import { ConfigurationError } from '../../src/index.ts'
import { createStandIn } from '../../src/testing/index.ts'

const account = { accountSid: 'AC1', authToken: 'a-secret', conversations: [] }
const workspace = { accessKey: 'a-secret', workspaceId: 'w', conversations: [] }

describe('createStandIn()', () => {
  it.each([
    [undefined, 'the options must be an object; got undefined'],
    [{ twillio: account }, 'unknown option "twillio". Did you mean "twilio"?'],
    [{ twilio: 'AC1' }, 'twilio must be an object; got a string (not shown)'],
    [{ twilio: { ...account, accountSid: undefined } }, 'twilio.accountSid must be a non-empty string'],
    [{ twilio: { ...account, conversations: undefined } }, 'twilio.conversations must be an array'],
    [{ twilio: { ...account, accessTokenTtlSeconds: -1 } }, 'twilio.accessTokenTtlSeconds must be a whole'],
    [{ twilio: { ...account, services: { IS1: {} } } }, 'twilio.services.IS1 must be an array'],
    [{ bird: { ...workspace, accessKey: '' } }, 'bird.accessKey must be a non-empty string'],
    [{ bird: { ...workspace, totalType: 'exact' } }, 'bird.totalType must be "", "equal" or'],
    [{ bird: { ...workspace, unknownParticipant: 404 } }, 'bird.unknownParticipant must be "empty" or'],
  ])('refuses %j', (options, problem) => {
    const call = () => createStandIn(options as never)
    expect(call).toThrow(ConfigurationError)
    expect(call).toThrow(`createStandIn(): ${problem}`)
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
        'bird.workspaceId must be a non-empty string; got 0',
      ].join('\n- '),
    )
  })

  it('ignores other properties of an account, such as options of the provider', async () => {
    const { fetch } = createStandIn({ bird: { ...workspace, ...{ channelId: 'c', retry: { retries: 0 } } } })
    expect((await fetch('https://api.bird.com/')).status).toBe(404)
  })
})
