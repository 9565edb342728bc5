import { inspect, types } from 'node:util'
import { describe, expect, it } from 'vitest'
import {
  ApiError,
  ConnectionError,
  type ConversationProvider,
  ConversationsError,
  type ListOptions,
  listParticipantConversations,
} from '../../src/index.ts'
import { birdWith, errorOf, fakeProvider, idsOf, numbered, recordingFetch } from '../support/listing.ts'
import { readings } from '../support/readings.ts'
import { refuseUnhandledRejections } from '../support/rejections.ts'
import { failing, source } from '../support/sources.ts'

/** What adapters and functions of the caller's throw, in every way to read a listing. */

refuseUnhandledRejections()

const participant = { id: 'someone' }
const everyReading = Object.entries(readings)

const list = (provider: ConversationProvider | ConversationProvider[], more: Partial<ListOptions> = {}) =>
  listParticipantConversations({ provider, participant, ...more })

/** An error class of an adapter. Only an object that its constructor has created has the private field. */
class TenantError extends ApiError {
  readonly #tenant: string

  constructor(tenant: string, provider: string | null = null) {
    super('no such tenant', { provider, status: 410, url: 'https://api.example.com', attempts: 1 })
    this.#tenant = tenant
  }

  get tenant(): string {
    return this.#tenant
  }

  describe(): string {
    return `tenant ${this.#tenant}`
  }
}

describe.each(everyReading)("an error of an adapter's own class, read by %s,", (_, read) => {
  it.each([null, 'fake'])('keeps its private fields and has a cursor; its provider was %s', async (name) => {
    for (const several of [false, true]) {
      const failing = fakeProvider(() => Promise.reject(new TenantError('north', name)))
      const provider = several ? [failing, { ...failing, scope: 'another' }] : failing
      const error = await errorOf(read(list(provider)), TenantError)
      expect(error).toMatchObject({ provider: 'fake', cursor: expect.any(String), status: 410 })
      expect([error.tenant, error.describe()]).toEqual(['north', 'tenant north'])
    }
  })

  it('keeps them after onSourceError has seen it', async () => {
    const told: unknown[] = []
    const options: Partial<ListOptions> = {
      onSourceError(error) {
        told.push(error instanceof TenantError && error.tenant)
        return 'throw'
      },
    }
    const providers = [failing('x', new TenantError('north')), source('a', 2)]
    expect((await errorOf(read(list(providers, options)), TenantError)).tenant).toBe('north')
    expect(told).toEqual(['north'])
  })

  it('is the cause of an error with a cursor of its own if another listing has thrown it', async () => {
    const shared = new TenantError('north', 'fake')
    const listOf = (id: string) =>
      listParticipantConversations({
        provider: fakeProvider(({ pageToken }) => {
          if (pageToken === null) return { items: [], nextPageToken: 'second' }
          throw shared
        }),
        participant: { id },
      })
    const first = await errorOf(read(listOf('jo')), TenantError)
    expect(first).toBe(shared)
    const { cursor } = first
    const second = await errorOf(read(listOf('mo')), ApiError)
    expect(second).toMatchObject({
      message: 'no such tenant',
      provider: 'fake',
      status: 410,
      cursor: expect.any(String),
    })
    expect(second.cause).toBe(shared)
    expect(inspect(second)).toContain('no such tenant')
    expect(types.isNativeError(second)).toBe(true)
    expect([shared.tenant, shared.cursor]).toEqual(['north', cursor])
    expect(second.cursor).not.toBe(cursor)
  })
})

describe.each(everyReading)('a frozen error, read by %s,', (_, read) => {
  it('of the library is thrown with a provider and a cursor', async () => {
    for (const frozen of [
      Object.freeze(new ConversationsError('down')),
      Object.freeze(new ConversationsError('down', { provider: 'fake' })),
      Object.seal(new ConversationsError('down', { provider: 'fake' })),
    ]) {
      const provider = fakeProvider(() => Promise.reject(frozen))
      // Read twice, since errors may be kept.
      for (const _time of [1, 2]) {
        const error = await errorOf(read(list(provider)), ConversationsError)
        expect(error).toMatchObject({ message: 'down', provider: 'fake', cursor: expect.any(String) })
        const rest = list(fakeProvider(numbered(3, 2)), { cursor: error.cursor })
        expect(idsOf(await rest.toArray())).toEqual(['0', '1', '2'])
      }
    }
  })

  it("of an adapter's own class is the cause of one with a cursor", async () => {
    const frozen = Object.freeze(new TenantError('north'))
    const error = await errorOf(read(list(fakeProvider(() => Promise.reject(frozen)))), ApiError)
    expect(error).toMatchObject({ provider: 'fake', cursor: expect.any(String), status: 410 })
    expect(error.cause).toBe(frozen)
  })

  it('of another library is the cause', async () => {
    const frozen = Object.freeze(new RangeError('too far'))
    const error = await errorOf(read(list(fakeProvider(() => Promise.reject(frozen)))), ConversationsError)
    expect(error).toMatchObject({ message: 'fake: too far', cursor: expect.any(String) })
    expect(error.cause).toBe(frozen)
  })
})

describe.each(everyReading)('an object without a prototype, read by %s,', (_, read) => {
  const thrown: object = Object.create(null)
  const reject = (): Promise<never> => Promise.reject(thrown)
  const raise = (): never => {
    throw thrown
  }

  it('is the cause of a ConversationsError, whoever throws it', async () => {
    const down = failing('x', new ConversationsError('down'))
    const invalid = fakeProvider(() => ({ items: [null as never], nextPageToken: null }))
    const listings: Readonly<Record<string, ReturnType<typeof list>>> = {
      'fake: an object that is not an Error was thrown': list(fakeProvider(reject)),
      'hooks.onRequest threw': list(birdWith(recordingFetch().fetch, { hooks: { onRequest: reject } })),
      'filter threw': list(source('a', 1), { filter: raise }),
      'onSourceError threw': list(down, { onSourceError: raise }),
      'onInvalidConversation threw': list(invalid, { onInvalidConversation: raise }),
    }
    for (const [message, listing] of Object.entries(listings)) {
      const error = await errorOf(read(listing), ConversationsError)
      expect(error.message).toContain(message)
      expect(error.cursor).toEqual(expect.any(String))
      expect(error.cause).toBe(thrown)
    }
  })

  it('that fetch rejects with is a failed connection', async () => {
    const error = await errorOf(read(list(birdWith(reject))), ConnectionError)
    expect(error.message).toContain('an object that is not an Error was thrown')
  })
})

describe('a message of another library with line breaks', () => {
  it('becomes one line of the message, and stays as it is in the cause', async () => {
    const cause = new Error('[\n  {\r\n    "path": "id"\u2028  }\n]\n')
    const error = await errorOf(list(fakeProvider(() => Promise.reject(cause))).toArray(), ConversationsError)
    expect(error.message).toBe('fake: [ { "path": "id" } ]')
    expect(error.cause).toBe(cause)
    const text = await errorOf(
      list(fakeProvider(() => Promise.reject('not\nnow'))).toArray(),
      ConversationsError,
    )
    expect(text.message).toBe('fake: not now')
  })
})
