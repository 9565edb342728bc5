import { describe, expect, it } from 'vitest'
import {
  bird,
  ConfigurationError,
  type ConversationProvider,
  type HttpOptions,
  listParticipantConversations,
  twilio,
} from '../../src/index.ts'
import {
  accessKey,
  accountSid,
  address,
  authToken,
  channelId,
  recordingFetch,
  thrownBy,
  workspaceId,
} from '../support/listing.ts'

const providers: Record<string, (options: object) => ConversationProvider> = {
  twilio: (options) => twilio({ accountSid, authToken, ...options }),
  bird: (options) => bird({ accessKey, workspaceId, channelId, ...options }),
}

for (const [name, providerWith] of Object.entries(providers)) {
  const refusalOf = (options: object): string =>
    thrownBy(() => providerWith(options), ConfigurationError).message

  const requestWith = async (options: HttpOptions) => {
    const { fetch, requests } = recordingFetch()
    const provider = providerWith({ fetch, ...options })
    await listParticipantConversations({ provider, participant: { address } }).toArray()
    return requests[0]
  }

  describe(`${name}()`, () => {
    const timer = 'a whole number from 1 to 2147483647'
    const wrong: [object, string][] = [
      ...[0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, null].map((value): [object, string] => [
        { timeoutMs: value },
        `timeoutMs must be ${timer}; got ${value}`,
      ]),
      [{ timeoutMs: '30000' }, `timeoutMs must be ${timer}; got "30000"`],
      ...[-1, 0.5, Number.NaN, null].map((value): [object, string] => [
        { retry: { retries: value } },
        `retry.retries must be a whole number of at least 0; got ${value}`,
      ]),
      [{ retry: { retries: '3' } }, 'retry.retries must be a whole number of at least 0; got "3"'],
      ...['minDelayMs', 'maxDelayMs', 'maxRetryAfterMs'].flatMap((option): [object, string][] =>
        [-1, Number.NaN, 0.1, 2 ** 31].map((value) => [
          { retry: { [option]: value } },
          `retry.${option} must be a whole number from 0 to 2147483647; got ${value}`,
        ]),
      ),
      [{ retry: 3 }, 'retry must be an object; got 3'],
      [{ retry: { times: 3 } }, 'unknown option "retry.times".'],
      [{ maxResponseBytes: 0 }, 'maxResponseBytes must be a whole number from 1 to 536870912; got 0'],
      [{ maxResponseBytes: '1MB' }, 'maxResponseBytes must be a whole number from 1 to 536870912; got "1MB"'],
      [{ maxResponseBytes: 2 ** 30 }, 'got 1073741824'],
      [{ fetch: 'fetch' }, 'fetch must be a function; got "fetch"'],
      [{ fetch: null }, 'fetch must be a function; got null'],
      [{ dispatcher: {} }, 'dispatcher must be an undici dispatcher; got an object'],
      [{ dispatcher: 'http://proxy' }, 'dispatcher must be an undici dispatcher'],
      [{ allowInsecureHttp: 'true' }, 'allowInsecureHttp must be true or false; got "true"'],
      [{ hooks: () => {} }, 'hooks must be an object; got a function'],
      [{ hooks: { onRequest: 'log' } }, 'hooks.onRequest must be a function; got "log"'],
      [{ hooks: { onerror() {} } }, 'unknown option "hooks.onerror"'],
      [{ timeout: 5 }, 'unknown option "timeout". Did you mean "timeoutMs"?'],
      [{ baseUrl: '' }, 'baseUrl must be an absolute URL; got ""'],
      [{ baseUrl: 7 }, 'baseUrl must be an absolute URL; got 7'],
      [{ baseUrl: new URL('https://a.example') }, 'baseUrl must be an absolute URL; got an object'],
      [{ baseUrl: 'gateway.example' }, 'baseUrl must be an absolute URL; got "gateway.example"'],
      [{ baseUrl: '/api' }, 'baseUrl must be an absolute URL; got "/api"'],
      [
        { baseUrl: 'ftp://gateway.example' },
        'baseUrl must be https, or http on loopback; set allowInsecureHttp to send the credentials unencrypted; got "ftp://gateway.example"',
      ],
      [{ baseUrl: 'file:///etc/passwd' }, 'baseUrl must be https, or http on loopback'],
      [{ baseUrl: 'ftp://localhost' }, 'baseUrl must be https, or http on loopback'],
      [
        { baseUrl: 'ftp://gateway.example', allowInsecureHttp: true },
        'baseUrl must be https, or http on loopback',
      ],
      [
        { baseUrl: 'https://a.example/?x=1' },
        'baseUrl must not have a username, a password, a query or a fragment',
      ],
      [
        { baseUrl: 'https://a.example/#x' },
        'baseUrl must not have a username, a password, a query or a fragment',
      ],
    ]
    for (const [index, [options, message]] of wrong.entries()) {
      it(`refuses an invalid option: ${message} (${index + 1})`, () => {
        expect(refusalOf(options)).toContain(message.startsWith('got') ? message : `${name}(): ${message}`)
      })
    }

    for (const baseUrl of [
      'http://gateway.example',
      'http://10.0.0.1',
      'http://localhost.evil.example',
      'http://127.0.0.1.evil.example',
      'http://0.0.0.0',
      'http://[::2]',
      'http://notlocalhost',
    ]) {
      it(`refuses plain http to ${baseUrl} unless allowInsecureHttp is set`, async () => {
        expect(refusalOf({ baseUrl })).toMatch(
          /baseUrl must be https, .*; set allowInsecureHttp to send.*; got/,
        )
        expect(refusalOf({ baseUrl, allowInsecureHttp: false })).toContain('baseUrl must be https')
        expect((await requestWith({ baseUrl, allowInsecureHttp: true }))?.url.origin).toBe(baseUrl)
      })
    }

    for (const baseUrl of [
      'https://someone:hunter2@gateway.example',
      'https://hunter2@gateway.example',
      'https://:hunter2@gateway.example',
      'https://someone:hunter2@gate way.example',
      'someone:hunter2@gateway.example',
      'http://someone:hunter2@gateway.example',
      'https://gateway.example/?key=hunter2',
      'https://gate way.example/?key=hunter2',
    ]) {
      it(`refuses a secret in baseUrl without showing it: ${baseUrl}`, () => {
        expect(refusalOf({ baseUrl })).not.toContain('hunter2')
      })
    }

    const headers: unknown[] = [
      { 'x-key': 'hunter2\n' },
      { 'x-key': 'hünter2' },
      { 'x key': 'hunter2' },
      { '': 'hunter2' },
      { 'x-key': 7 },
      { 'x-key': ['hunter2'] },
      { 'x-key': undefined },
      { 'x-team': 'billing', 'x-key': 'hunter2\n' },
      { Authorization: 'hunter2' },
      { HOST: 'hunter2' },
      { 'content-length': '7' },
      'x-key: hunter2',
      null,
    ]
    for (const value of headers) {
      it(`refuses the headers ${JSON.stringify(value)} without showing their values`, () => {
        const message = refusalOf({ headers: value })
        expect(message).toContain(`${name}(): headers must be an object of header names and printable ASCII`)
        expect(message).toMatch(/without .*\bauthorization, /)
        expect(message).not.toMatch(/h.nter2/)
      })
    }

    for (const baseUrl of [
      'http://localhost:8080',
      'http://127.0.0.1:8080',
      'http://127.1.2.3',
      'http://[::1]:8080',
      'http://api.localhost',
      'https://gateway.example:8443',
    ]) {
      it(`accepts the baseUrl ${baseUrl}`, async () => {
        expect((await requestWith({ baseUrl }))?.url.origin).toBe(baseUrl)
      })
    }

    it('accepts a baseUrl with a path and trailing slashes', async () => {
      const request = await requestWith({ baseUrl: 'https://gateway.example/a/b//' })
      expect(request?.url.pathname).toMatch(/^\/a\/b\/(v1|workspaces)\//)
    })

    it('accepts frozen options, and is not affected by later changes', async () => {
      const headers: Record<string, string> = Object.freeze({ 'X-Key': 'first' })
      const { fetch, requests } = recordingFetch()
      const hooks: { onRequest?: () => void } = {}
      const options = { fetch, headers, hooks, baseUrl: 'https://one.example', retry: Object.freeze({}) }
      const provider = providerWith(options)
      options.baseUrl = 'https://other.example'
      options.headers = { 'X-Key': 'second' }
      hooks.onRequest = () => {
        throw new Error('added later')
      }
      await listParticipantConversations({ provider, participant: { address } }).toArray()
      expect(requests[0]?.url.origin).toBe('https://one.example')
      expect(requests[0]?.headers.get('x-key')).toBe('first')
    })
  })
}
