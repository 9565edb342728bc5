import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { type AdapterOptionsSource, basic, defineProvider, parseAdapterOptions } from '../../src/adapter.ts'
import {
  bird,
  ConfigurationError,
  type ListOptions,
  listParticipantConversations,
  twilio,
} from '../../src/index.ts'
import { createStandIn, testProvider } from '../../src/testing/index.ts'
import {
  accessKey,
  accountSid,
  address,
  authToken,
  birdWith,
  channelId,
  recordingFetch,
  thrownBy,
  twilioWith,
  workspaceId,
} from '../support/listing.ts'
import { refuseUnhandledRejections } from '../support/rejections.ts'

refuseUnhandledRejections()

const { fetch } = recordingFetch()
const account = { accountSid, authToken }
const workspace = { accessKey, workspaceId, channelId }
const query = { provider: twilioWith(fetch), participant: { address } }

/** Calls a function as JavaScript does, without types. */
const call = (of: unknown, ...args: unknown[]): unknown => Reflect.apply(of as () => unknown, undefined, args)

const described = {
  name: 'notes',
  scope: '',
  baseUrl: 'https://notes.example',
  authorization: basic('ada', 'a-secret'),
  participants: { id: true },
  statuses: { all: ['active'] },
  request: () => ({ path: ['notes'] }),
  paging: { by: 'none' },
  rows: { normalize: () => ({ status: 'active' }) },
}

const own = (options: unknown): unknown =>
  call(
    parseAdapterOptions,
    z.strictObject({ key: z.string() }),
    options,
    (): AdapterOptionsSource => ({
      call: 'notes()',
      provider: 'notes',
    }),
  )

/** Each place where an object of options can be passed, and what errors call it. */
const places: [place: string, pass: (value: unknown) => unknown, name: string][] = [
  ['twilio()', (value) => call(twilio, value), 'twilio(): the options'],
  ['bird()', (value) => call(bird, value), 'bird(): the options'],
  ['an adapter of its own', own, 'notes(): the options'],
  ['defineProvider()', (value) => call(defineProvider, value), 'defineProvider(): the options'],
  [
    'listParticipantConversations()',
    (value) => call(listParticipantConversations, value),
    'listParticipantConversations(): the options',
  ],
  ['retry', (retry) => call(twilio, { ...account, retry }), 'twilio(): retry'],
  ['hooks', (hooks) => call(bird, { ...workspace, hooks }), 'bird(): hooks'],
  ['headers', (headers) => call(twilio, { ...account, headers }), 'twilio(): headers'],
  ['the retry of an adapter', (retry) => own({ key: 'x', retry }), 'notes(): retry'],
  ['http of a description', (http) => call(defineProvider, { ...described, http }), 'notes(): the options'],
  ['rows of a description', (rows) => call(defineProvider, { ...described, rows }), 'defineProvider(): rows'],
  [
    'statuses of a description',
    (statuses) => call(defineProvider, { ...described, statuses }),
    'defineProvider(): statuses',
  ],
  [
    'pageSize of a description',
    (pageSize) => call(defineProvider, { ...described, pageSize }),
    'defineProvider(): pageSize',
  ],
  [
    'participant',
    (participant) => call(listParticipantConversations, { ...query, participant }),
    'listParticipantConversations(): participant',
  ],
  [
    'one participant of several',
    (participant) =>
      call(listParticipantConversations, { ...query, participant: [{ address }, participant] }),
    'listParticipantConversations(): participant',
  ],
  [
    'providerOptions',
    (providerOptions) => call(listParticipantConversations, { ...query, providerOptions }),
    'listParticipantConversations(): providerOptions',
  ],
  [
    'the providerOptions of one provider',
    (value) =>
      call(listParticipantConversations, {
        ...query,
        provider: birdWith(fetch),
        providerOptions: { bird: value },
      }),
    'listParticipantConversations(): providerOptions.bird',
  ],
  ['createStandIn()', (value) => call(createStandIn, value), 'createStandIn(): the options'],
  ['testProvider()', (value) => call(testProvider, value), 'testProvider(): the options'],
]

describe.each(places)('an object of options: %s', (_place, pass, name) => {
  const messageFor = (value: unknown): string => thrownBy(() => pass(value), ConfigurationError).message

  it('may not be a Promise, which says that await may be missing', () => {
    const is = name.endsWith('the options') ? 'are' : 'is'
    const message = `${name} ${is} a Promise: did you forget await?`
    expect(messageFor(Promise.resolve(account))).toContain(message)
  })

  it.each([
    ['a Map', new Map(Object.entries(account))],
    ['a Set', new Set(['retries'])],
    ['a Date', new Date(0)],
    ['a RegExp', /retries/],
    ['an Error', new Error('no')],
    ['a URL', new URL('https://example.com')],
    ['a Headers', new Headers()],
    ['a URLSearchParams', new URLSearchParams()],
    ['a Uint8Array', new Uint8Array(1)],
  ])('may not be %s, which the error names', (what, value) => {
    const { message } = thrownBy(() => pass(value), ConfigurationError)
    expect(message).toContain(name)
    expect(message).toContain(`got ${what}`)
  })

  it.each([
    ['an array', [account]],
    ['a function', () => account],
    ['a string', 'a-secret-string'],
    ['a number', 7],
    ['null', null],
  ])('may not be %s', (_what, value) => {
    const { message } = thrownBy(() => pass(value), ConfigurationError)
    expect(message).toMatch(/must be|has no|is missing/)
    expect(message).toContain(name)
  })
})

describe('an object of options may be an instance of a class of its own:', () => {
  class Retry {
    retries = 0
  }
  class Hooks {
    readonly #seen: string[] = []
    get seen() {
      return this.#seen
    }
    onRequest({ provider }: { provider: string }) {
      this.#seen.push(provider)
    }
  }
  class Auth {
    get accountSid() {
      return accountSid
    }
  }
  class Settings extends Auth {
    authToken = authToken
    retry = new Retry()
    fetch = fetch
    hooks = new Hooks()
  }
  class Person {
    #address = address
    get address() {
      return this.#address
    }
  }
  class Reversed {
    reverse = true
  }

  it('in every place, also with inherited and private parts', async () => {
    const recording = recordingFetch()
    const settings = new Settings()
    settings.fetch = recording.fetch
    class Query implements ListOptions {
      get provider() {
        return [twilio(settings), birdWith(recording.fetch)]
      }
      participant = new Person()
      providerOptions = { bird: new Reversed() }
      concurrency = 1
    }
    expect(await listParticipantConversations(new Query()).toArray()).toEqual([])
    expect(settings.hooks.seen).toEqual(['twilio'])
    expect(recording.requests.map(({ url }) => url.searchParams.get('Address') ?? url.pathname)).toEqual([
      address,
      expect.stringContaining(encodeURIComponent(address)),
    ])
    expect(recording.requests[1]?.url.searchParams.get('reverse')).toBe('true')
  })

  it('as a module with exported options, or an object without a prototype', async () => {
    const module = await import('../support/accounts.ts')
    expect(() =>
      bird({ ...workspace, headers: Object.assign(Object.create(null), { 'x-team': 'a' }) }),
    ).not.toThrow()
    // "[object Module]" has properties of its own, of which twilio() knows none.
    expect(() => call(twilio, module)).toThrow('unknown option "address"')
    expect(() => twilio(Object.assign(Object.create(null), account))).not.toThrow()
  })

  it('of another realm, as under Jest', async () => {
    const { runInNewContext } = await import('node:vm')
    const foreign = (script: string) => runInNewContext(script, { account })
    expect(() => call(twilio, foreign('({ ...account, retry: { retries: 0 }, headers: {} })'))).not.toThrow()
    expect(() =>
      call(
        twilio,
        foreign('class Own { accountSid = account.accountSid; authToken = account.authToken }; new Own()'),
      ),
    ).not.toThrow()
    expect(() => call(twilio, foreign('Promise.resolve(account)'))).toThrow('did you forget await?')
    expect(() => call(twilio, foreign('new Map()'))).toThrow('got a Map')
  })
})
