import { describe, expect, it } from 'vitest'
import {
  ConfigurationError,
  type ConversationList,
  type ConversationProvider,
  listParticipantConversations,
} from '../../src/index.ts'
import {
  address,
  birdWith,
  collect,
  type FakeProvider,
  fakeProvider,
  numbered,
  recordingFetch,
  settled,
  thrownBy,
  twilioWith,
} from '../support/listing.ts'

/** Calls without type checks, as JavaScript can. */
function call(options: unknown): ConversationList<never> {
  return Reflect.apply(listParticipantConversations, undefined, [options])
}

/** The message of the error for an option, with a valid provider and participant beside it. */
function refusalOf(options: object, provider: FakeProvider = fakeProvider(numbered(3, 1))): string {
  const error = thrownBy(() => call({ provider, participant: { address }, ...options }), ConfigurationError)
  expect(error).toMatchObject({ name: 'ConfigurationError', cursor: null })
  expect(provider.requests).toEqual([])
  return error.message
}

const onBird = birdWith(recordingFetch().fetch)
const onTwilio = twilioWith(recordingFetch().fetch)

describe('an invalid option', () => {
  const limit = 'limit must be a whole number of at least 0'
  const pageSize = 'pageSize must be a whole number of at least 1'
  const status = 'status must be one of active, inactive, closed, deleted, unknown, or an array of them'
  const wrong: [object, string][] = [
    ...[Number.NaN, -1, 0.5, Number.POSITIVE_INFINITY, 2 ** 53, null, true].map((value): [object, string] => [
      { limit: value },
      `${limit}; got ${value}`,
    ]),
    [{ limit: '3' }, `${limit}; got "3"`],
    [{ limit: 3n }, `${limit}; got 3`],
    [{ limit: [3] }, `${limit}; got an array of length 1`],
    [{ limit: new Number(3) }, `${limit}; got an object`],
    ...[0, Number.NaN, -1, 1.5, Number.NEGATIVE_INFINITY, null].map((value): [object, string] => [
      { pageSize: value },
      `${pageSize}; got ${value}`,
    ]),
    [{ pageSize: '50' }, `${pageSize}; got "50"`],
    [{ status: 'open' }, `${status}; got "open"`],
    [{ status: 'Active' }, `${status}; got "Active"`],
    [{ status: '' }, `${status}; got ""`],
    [{ status: null }, `${status}; got null`],
    [{ status: [] }, `${status}; got an array of length 0`],
    [{ status: ['active', 'open', 'shut'] }, `${status}; got an array with "open"`],
    [{ status: [['active']] }, `${status}; got an array with an array of length 1`],
    [{ status: [undefined] }, `${status}; got an array with undefined`],
    [{ status: new Set(['active']) }, `${status}; got an object`],
    [{ cursor: 7 }, 'cursor must be a string; got 7'],
    [{ prefetch: 'yes' }, 'prefetch must be true or false; got "yes"'],
    [{ prefetch: 1 }, 'prefetch must be true or false; got 1'],
    [{ signal: new AbortController() }, 'signal must be an AbortSignal; got an object'],
    [{ signal: null }, 'signal must be an AbortSignal; got null'],
    [{ signal: { aborted: false } }, 'signal must be an AbortSignal; got an object'],
    [{ signal: new EventTarget() }, 'signal must be an AbortSignal; got an object'],
    [{ signal: { aborted: false, addEventListener() {} } }, 'signal must be an AbortSignal; got an object'],
    [{ providerOptions: [] }, 'providerOptions must be an object; got an array of length 0'],
    [{ providerOptions: null }, 'providerOptions must be an object; got null'],
    [{ provider: onBird, providerOptions: { bird: 'x' } }, 'providerOptions.bird must be an object; got "x"'],
    [
      { provider: onBird, providerOptions: { bird: { channelId: '' } } },
      'providerOptions.bird.channelId must be a channel id, or an array of them without duplicates; got ""',
    ],
    [
      { provider: onBird, providerOptions: { bird: { channelId: ['a', ''] } } },
      'providerOptions.bird.channelId must be a channel id, or an array of them without duplicates; got an array of length 2',
    ],
    [
      { provider: onBird, providerOptions: { bird: { channelId: ['a', 7] } } },
      'providerOptions.bird.channelId must be a channel id, or an array of them without duplicates; got an array of length 2',
    ],
    [
      { provider: onBird, providerOptions: { bird: { channelId: 'a,b' } } },
      'providerOptions.bird.channelId must be a channel id, or an array of them without duplicates; got "a,b"',
    ],
    [
      { provider: onBird, providerOptions: { bird: { channelId: ' ' } } },
      'providerOptions.bird.channelId must be a channel id, or an array of them without duplicates; got " "',
    ],
    [
      { provider: onBird, providerOptions: { bird: { channelId: [] } } },
      'providerOptions.bird.channelId must be a channel id, or an array of them without duplicates; got an array of length 0',
    ],
    [
      { provider: onBird, providerOptions: { bird: { channelId: ['a', 'a'] } } },
      'providerOptions.bird.channelId must be a channel id, or an array of them without duplicates; got an array of length 2',
    ],
    [
      { provider: onBird, providerOptions: { bird: { channelId: 7 } } },
      'providerOptions.bird.channelId must be a channel id, or an array of them without duplicates; got 7',
    ],
    [
      { provider: onBird, providerOptions: { bird: { reverse: 'true' } } },
      'providerOptions.bird.reverse must be true or false; got "true"',
    ],
    [
      { provider: onBird, providerOptions: { brid: {} } },
      'unknown option "providerOptions.brid". Did you mean "providerOptions.bird"?',
    ],
    [
      { provider: onTwilio, providerOptions: { twilio: { serviceSid: 'IS1' } } },
      'unknown option "providerOptions.twilio.serviceSid".',
    ],
    [
      { provider: onBird, providerOptions: { bird: { channel: 'x' } } },
      'unknown option "providerOptions.bird.channel". Did you mean "providerOptions.bird.channelId"?',
    ],
    [{ concurrency: 0 }, 'concurrency must be a whole number of at least 1; got 0'],
    [{ filter: 'open' }, 'filter must be a function; got "open"'],
    [{ onSourceError: 'ignore' }, `onSourceError must be 'throw', 'skip' or a function; got "ignore"`],
    [{ provider: [] }, 'provider must be a provider, or an array of at least one; got an array of length 0'],
    [
      { participant: [] },
      'participant must be a participant, or an array of at least one; got an array of length 0',
    ],
    [
      { provider: [onBird], limit: -1, providerOptions: { bird: { reverse: 1 } }, pagesize: 5 },
      '\n- limit must be a whole number of at least 0; got -1\n- unknown option "pagesize". Did you mean "pageSize"?\n- providerOptions.bird.reverse must be true or false; got 1',
    ],
    [{ pagesize: 5 }, 'unknown option "pagesize". Did you mean "pageSize"?'],
    [{ Limit: 5, max: 6 }, '\n- unknown option "Limit". Did you mean "limit"?\n- unknown option "max".'],
    [{ Limit: 5 }, 'unknown option "Limit". Did you mean "limit"?'],
    [{ provider: undefined }, 'provider must be a provider, such as twilio() or bird(); got undefined'],
    [{ provider: 'twilio' }, 'provider must be a provider, such as twilio() or bird(); got "twilio"'],
    [{ provider: fakeProvider }, 'provider must be a provider, such as twilio() or bird(); got a function'],
    [{ provider: {} }, 'provider must be a provider, such as twilio() or bird(); got an object'],
  ]

  for (const [index, [options, message]] of wrong.entries()) {
    it(`is refused: ${message} (${index + 1})`, () => {
      const separator = message.startsWith('\n') ? '' : ' '
      expect(refusalOf(options)).toBe(`listParticipantConversations():${separator}${message}`)
    })
  }

  for (const [what, options] of Object.entries({
    undefined: undefined,
    null: null,
    'a string (not shown)': 'all',
  })) {
    it(`is refused: the options must be an object; got ${what}`, () => {
      const error = thrownBy(() => call(options), ConfigurationError)
      expect(error.message).toBe(`listParticipantConversations(): the options must be an object; got ${what}`)
    })
  }

  it('is truncated in the message if it is long', () => {
    expect(refusalOf({ status: 'x'.repeat(10_000) }).length).toBeLessThan(300)
  })
})

describe('an adapter', () => {
  const whole = fakeProvider(numbered(3, 1))
  const isNone = 'provider must be a provider, such as twilio() or bird(); got an object'
  const name = 'provider.name must be a non-empty string'
  const maxPageSize = 'provider.capabilities.maxPageSize must be a whole number of at least 1'
  const statusFilter = "provider.capabilities.statusFilter must be 'one' or 'none'"
  const statuses =
    'provider.capabilities.statuses must be an array of active, inactive, closed, deleted, unknown'
  const wrong: [object, string][] = [
    [{ listPage: undefined }, isNone],
    [{ listPage: 'GET' }, isNone],
    [{ name: undefined }, `${name}; got undefined`],
    [{ name: '' }, `${name}; got ""`],
    [{ scope: undefined }, 'provider.scope must be a string; got undefined'],
    [{ capabilities: undefined }, 'provider.capabilities must be an object; got undefined'],
    [{ capabilities: null }, 'provider.capabilities must be an object; got null'],
    ...[undefined, 0, 1.5, Number.NaN, Number.POSITIVE_INFINITY].map((value): [object, string] => [
      { capabilities: { ...whole.capabilities, maxPageSize: value } },
      `${maxPageSize}; got ${value ?? 'undefined'}`,
    ]),
    [{ capabilities: { ...whole.capabilities, maxPageSize: '50' } }, `${maxPageSize}; got "50"`],
    [{ capabilities: { ...whole.capabilities, statusFilter: undefined } }, `${statusFilter}; got undefined`],
    [{ capabilities: { ...whole.capabilities, statusFilter: 'many' } }, `${statusFilter}; got "many"`],
    [{ capabilities: { ...whole.capabilities, statuses: undefined } }, `${statuses}; got undefined`],
    [{ capabilities: { ...whole.capabilities, statuses: 'active' } }, `${statuses}; got "active"`],
    [{ capabilities: { ...whole.capabilities, statuses: [] } }, `${statuses}; got an array of length 0`],
    [
      { capabilities: { ...whole.capabilities, statuses: ['active', 'open'] } },
      `${statuses}; got an array with "open"`,
    ],
    [
      { capabilities: { ...whole.capabilities, notFound: 'skip' } },
      `provider.capabilities.notFound must be 'empty' or 'error'; got "skip"`,
    ],
  ]
  for (const [index, [change, message]] of wrong.entries()) {
    it(`is refused if invalid: ${message} (${index + 1})`, () => {
      const said = refusalOf({ provider: { ...whole, ...change } })
      expect(said).toBe(`listParticipantConversations(): ${message}`)
    })
  }

  it('may have additional properties', async () => {
    const capabilities = { ...whole.capabilities, search: true }
    const provider = { ...whole, capabilities, region: 'eu' }
    expect(await call({ provider, participant: { address } }).toArray()).toHaveLength(3)
  })
})

describe('valid options', () => {
  const participant = { address }

  it('may be undefined', async () => {
    const provider = fakeProvider(numbered(3, 2))
    const list = listParticipantConversations({
      provider,
      participant,
      status: undefined,
      limit: undefined,
      pageSize: undefined,
      cursor: undefined,
      prefetch: undefined,
      signal: undefined,
      filter: undefined,
      concurrency: undefined,
      onSourceError: undefined,
      onInvalidConversation: undefined,
      providerOptions: { fake: { folder: undefined } },
    })
    expect(await list.toArray()).toHaveLength(3)
  })

  it('may have a null cursor, which starts from the beginning', async () => {
    const provider = fakeProvider(numbered(3, 2))
    expect(
      await listParticipantConversations({ provider, participant, cursor: null }).toArray(),
    ).toHaveLength(3)
  })

  it('are not modified, and may be frozen', async () => {
    const provider = fakeProvider(numbered(3, 2))
    const options = {
      provider,
      participant: { address, channel: 'whatsapp' },
      status: ['closed', 'active'] as const,
      limit: 2,
      providerOptions: { fake: { reverse: true } },
    }
    const before = structuredClone({ ...options, provider: null })
    deepFreeze(options)
    await collect(listParticipantConversations(options))
    expect({ ...options, provider: null }).toEqual(before)
  })

  it('can be changed after the call without effect', async () => {
    const provider = fakeProvider(numbered(3, 2))
    const ref = { address }
    const status: ('active' | 'closed')[] = ['active']
    const providerOptions = { fake: { channelId: 'one' } }
    const options = { provider, participant: ref, status, limit: 2, providerOptions }
    const list = listParticipantConversations(options)
    ref.address = 'gone'
    status[0] = 'closed'
    options.limit = 0
    providerOptions.fake.channelId = 'other'
    expect(await list.toArray()).toHaveLength(2)
    await settled()
    expect(provider.requests).toMatchObject([{ participant: { address }, options: { channelId: 'one' } }])
  })

  it('may be a class instance or an object without a prototype', async () => {
    class Query {
      provider: ConversationProvider = fakeProvider(numbered(3, 2))
      participant = participant
    }
    const bare = Object.assign(Object.create(null), new Query())
    expect(await call(new Query()).toArray()).toHaveLength(3)
    expect(await call(bare).toArray()).toHaveLength(3)
  })
})

/** Freezes an object deeply, except for fake providers, which record their requests. */
function deepFreeze(value: object): void {
  if (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype) Object.freeze(value)
  for (const [name, inner] of Object.entries(value)) {
    if (typeof inner === 'object' && inner !== null && name !== 'requests') deepFreeze(inner)
  }
}
