import { describe, expect, it } from 'vitest'
import { basic, defineProvider } from '../../src/adapter.ts'
import { bird, ConfigurationError, listParticipantConversations, twilio } from '../../src/index.ts'
import { leaks } from '../support/http-server.ts'
import { accessKey, accountSid, authToken, channelId, thrownBy, workspaceId } from '../support/listing.ts'

const SECRET = 'do-not-show-me-0123456789'
const PROXY = `http://user:${SECRET}@proxy.example:8080`

const onTwilio = (options: unknown) => Reflect.apply(twilio, undefined, [options])
const onBird = (options: unknown) => Reflect.apply(bird, undefined, [options])
const described = (http: unknown) =>
  Reflect.apply(defineProvider, undefined, [
    {
      name: 'notes',
      scope: '',
      baseUrl: 'https://notes.example',
      authorization: basic('ada', SECRET),
      participants: { id: true },
      statuses: { all: ['active'] },
      request: () => ({ path: ['notes'] }),
      paging: { by: 'none' },
      rows: { normalize: () => ({ status: 'active' }) },
      http,
    },
  ])
const list = (options: unknown) => Reflect.apply(listParticipantConversations, undefined, [options])

describe('an error does not show a secret that was passed in the wrong place:', () => {
  it.each([
    ["bird('KEY')", () => onBird(SECRET), 'bird(): the options must be an object'],
    ["twilio('TOKEN')", () => onTwilio(SECRET), 'twilio(): the options must be an object'],
    [
      "twilio(['SID', 'TOKEN'])",
      () => onTwilio([accountSid, SECRET]),
      'twilio(): the options must be an object',
    ],
    ['twilio(() => token)', () => onTwilio(() => SECRET), 'twilio(): the options must be an object'],
    ["an adapter's http options", () => described(SECRET), 'notes(): the options must be an object'],
    [
      'listParticipantConversations(key)',
      () => list(SECRET),
      'listParticipantConversations(): the options must be an object',
    ],
    [
      'a proxy URL as the dispatcher of twilio()',
      () => onTwilio({ accountSid, authToken, dispatcher: PROXY }),
      'twilio(): dispatcher must be an undici dispatcher; got a string (not shown)',
    ],
    [
      'a proxy URL as the dispatcher of bird()',
      () => onBird({ accessKey, workspaceId, channelId, dispatcher: PROXY }),
      'bird(): dispatcher must be an undici dispatcher; got a string (not shown)',
    ],
    [
      'a proxy URL as the dispatcher of an adapter',
      () => described({ dispatcher: PROXY }),
      'notes(): dispatcher must be an undici dispatcher; got a string (not shown)',
    ],
    [
      'a proxy URL as an unknown option',
      () => onTwilio({ accountSid, authToken, proxy: PROXY }),
      'unknown option "proxy"',
    ],
    [
      'a proxy URL as fetch',
      () => onTwilio({ accountSid, authToken, fetch: PROXY }),
      'fetch must be a function; got',
    ],
  ])('%s', (_what, call, message) => {
    const error = thrownBy(call, ConfigurationError)
    expect(error.message).toContain(message)
    expect(leaks([SECRET], error)).toEqual([])
  })
})
