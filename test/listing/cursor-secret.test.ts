import { inspect } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import {
  ConfigurationError,
  ConversationsError,
  InvalidCursorError,
  type ListOptions,
  listParticipantConversations,
} from '../../src/index.ts'
import { marksOfLookup } from '../../src/listing/marks.ts'
import { canonicalJson } from '../../src/model/canonical-json.ts'
import {
  address,
  conversationOf,
  errorOf,
  fakeProvider,
  firstCursorOf,
  idsOf,
  numbered,
  thrownBy,
} from '../support/listing.ts'
import { errorOfEveryReading } from '../support/readings.ts'

const secret = 'a-secret-that-is-32-characters--'
const other = 'another-one-of-more-than-32-chars'
const provider = fakeProvider(numbered(6, 2))
const query = { provider, participant: { address } }
const sealed = { ...query, cursorSecret: secret }

const cursorWith = (cursorSecret: ListOptions['cursorSecret']) =>
  firstCursorOf(listParticipantConversations({ ...query, cursorSecret }))

async function refusalOf(options: ListOptions): Promise<InvalidCursorError> {
  const asked = provider.requests.length
  const error = await errorOfEveryReading(listParticipantConversations(options), InvalidCursorError)
  expect(provider.requests).toHaveLength(asked)
  expect(error).toMatchObject({ provider: 'fake', cursor: null })
  return error
}

describe('a cursor encrypted with cursorSecret', () => {
  it('resumes after a page, after an error and in the middle of a page', async () => {
    const cursor = await cursorWith(secret)
    expect(cursor).toMatch(/^[\w-]+$/)
    expect(idsOf(await listParticipantConversations({ ...sealed, cursor }).toArray())).toEqual([
      '2',
      '3',
      '4',
      '5',
    ])

    const failing = fakeProvider((request) => {
      if (request.pageToken === '4') throw new Error('broken')
      return numbered(6, 2)(request)
    })
    const list = listParticipantConversations({ ...sealed, provider: failing })
    const seen: string[] = []
    const read = async () => {
      for await (const { id } of list) seen.push(id)
    }
    const error = await errorOf(read(), ConversationsError)
    expect(seen).toEqual(['0', '1', '2', '3'])
    expect(idsOf(await listParticipantConversations({ ...sealed, cursor: error.cursor }).toArray())).toEqual([
      '4',
      '5',
    ])

    const middle = await firstCursorOf(listParticipantConversations({ ...sealed, limit: 1 }))
    const rest = listParticipantConversations({ ...sealed, cursor: middle })
    expect(idsOf(await rest.toArray())).toEqual(['1', '2', '3', '4', '5'])
  })

  it('is different each time and contains nothing readable', async () => {
    const [one, two] = [await cursorWith(secret), await cursorWith(secret)]
    expect(one).not.toBe(two)
    expect(Buffer.from(one, 'base64url').toString('latin1')).not.toMatch(/fake|"t"|202/)
  })

  it('has the same length for page tokens of similar lengths', async () => {
    const lengths = await Promise.all(
      ['a', 'abcdefghi'].map(async (token) => {
        const withToken = fakeProvider(() => ({ items: [conversationOf('1')], nextPageToken: token }))
        return (await firstCursorOf(listParticipantConversations({ ...sealed, provider: withToken }))).length
      }),
    )
    expect(lengths[0]).toBe(lengths[1])
  })

  it('is checked when the listing is read, not when it is created', async () => {
    expect(() => listParticipantConversations({ ...sealed, cursor: 'made up' })).not.toThrow()
    await refusalOf({ ...sealed, cursor: 'made up' })
  })

  it('can be null to start from the beginning', async () => {
    expect(await listParticipantConversations({ ...sealed, cursor: null }).toArray()).toHaveLength(6)
  })

  it('stays valid while its secret is one of several; new cursors use the first', async () => {
    const old = await cursorWith(secret)
    const rotated = { ...query, cursorSecret: [other, secret] }
    expect(await listParticipantConversations({ ...rotated, cursor: old }).toArray()).toHaveLength(4)
    const renewed = await cursorWith([other, secret])
    await refusalOf({ ...sealed, cursor: renewed })
    const after = listParticipantConversations({ ...query, cursorSecret: other, cursor: renewed })
    expect(await after.toArray()).toHaveLength(4)
    await refusalOf({ ...query, cursorSecret: other, cursor: old })
  })
})

describe('a cursor is refused', () => {
  it('with cursorSecret, if it was made without one', async () => {
    const error = await refusalOf({ ...sealed, cursor: await cursorWith(undefined) })
    expect(error.message).toBe(
      'cursor was made without cursorSecret, and cannot be used with it. Omit it to start from the beginning.',
    )
  })

  it('without cursorSecret, if it was made with one', async () => {
    // Of several lengths.
    for (const length of [1, 65, 1000]) {
      const provider = fakeProvider(() => ({ items: [], nextPageToken: 'x'.repeat(length) }))
      const options = { provider, participant: { address }, cursorSecret: secret }
      const cursor = await firstCursorOf(listParticipantConversations(options))
      expect((await refusalOf({ ...query, cursor })).message).toBe(
        'cursor seems to be encrypted. Set the cursorSecret that it was made with, or omit the cursor to start from the beginning.',
      )
    }
  })

  it('without cursorSecret as damaged, if it was made with one and is truncated', async () => {
    const cursor = await cursorWith(secret)
    expect((await refusalOf({ ...query, cursor: cursor.slice(0, -4) })).message).toContain('is damaged')
  })

  const others: Record<string, Partial<ListOptions>> = {
    'participant (200 of them)': {},
    status: { status: 'active' },
    scope: { provider: { ...provider, scope: 'another' } },
    'provider options': { providerOptions: { fake: { reverse: true } } },
    provider: { provider: { ...provider, name: 'other' } },
  }
  it.each(Object.entries(others))('with cursorSecret, if it was made for another %s', async (_, change) => {
    const cursor = await cursorWith(secret)
    const count = Object.keys(change).length === 0 ? 200 : 1
    for (let index = 0; index < count; index += 1) {
      const participant = count === 1 ? { address } : { address: `+1202556${String(index).padStart(4, '0')}` }
      const list = listParticipantConversations({ ...sealed, participant, ...change, cursor })
      await errorOf(list[Symbol.asyncIterator]().next(), InvalidCursorError)
    }
  })

  it('with cursorSecret, even if it was made for another participant with the same mark', async () => {
    const marksOf = (address: string) => marksOfLookup(canonicalJson({ address })).join()
    const addresses = Array.from(
      { length: 100_000 },
      (_, index) => `+1202556${String(index).padStart(5, '0')}`,
    )
    const double = addresses.find((each) => marksOf(each) === marksOf(address))
    if (double === undefined) throw new Error('no other address has this mark')
    const participant = { address: double }
    const plain = await cursorWith(undefined)
    const unsealed = listParticipantConversations({ ...query, participant, cursor: plain })
    expect(idsOf(await unsealed.toArray())).toEqual(['2', '3', '4', '5'])
    const error = await refusalOf({ ...sealed, participant, cursor: await cursorWith(secret) })
    expect(error.message).toContain('was not made for this query with cursorSecret')
  })

  it('with cursorSecret, if only unused bits of its last character are changed', async () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    // The length of a cursor decides whether there are any.
    for (const length of [1, 65, 129]) {
      const provider = fakeProvider(() => ({ items: [], nextPageToken: 'x'.repeat(length) }))
      const options = { provider, participant: { address }, cursorSecret: secret }
      const cursor = await firstCursorOf(listParticipantConversations(options))
      for (const character of alphabet.replace(cursor.slice(-1), '')) {
        const list = listParticipantConversations({ ...options, cursor: cursor.slice(0, -1) + character })
        await errorOf(list.first(), InvalidCursorError)
      }
    }
  })

  it('with cursorSecret, if any part of it is changed, removed or added', async () => {
    const cursor = await cursorWith(secret)
    await fc.assert(
      fc.asyncProperty(
        fc.nat(cursor.length - 1),
        fc.constantFrom(...'aZ0_-', ''),
        async (at, replacement) => {
          const changed = cursor.slice(0, at) + replacement + cursor.slice(at + 1)
          fc.pre(Buffer.from(changed, 'base64url').compare(Buffer.from(cursor, 'base64url')) !== 0)
          const list = listParticipantConversations({ ...sealed, cursor: changed })
          await errorOf(list[Symbol.asyncIterator]().next(), InvalidCursorError)
        },
      ),
      { numRuns: 200 },
    )
    for (const text of [
      '',
      'A',
      cursor.slice(0, 16),
      cursor.slice(0, -4),
      `${cursor}AAAA`,
      'A'.repeat(2 ** 20),
    ]) {
      await refusalOf({ ...sealed, cursor: text })
    }
  })
})

describe('cursorSecret', () => {
  const message = 'cursorSecret must be a random string of at least 32 characters, or an array of them'

  it.each([
    ['is too short', 'x'.repeat(31), 'a string (not shown)'],
    ['is empty', '', '""'],
    ['is a number', 7, 'a number (not shown)'],
    ['is null', null, 'null'],
    ['is an empty array', [], 'an array of length 0'],
    ['contains a string that is too short', [secret, 'too-short'], 'a string (not shown)'],
  ])('is refused, and not shown, if it %s', (_, cursorSecret, got) => {
    const call = () => Reflect.apply(listParticipantConversations, undefined, [{ ...query, cursorSecret }])
    const error = thrownBy(call, ConfigurationError)
    expect(error.message).toBe(`listParticipantConversations(): ${message}; got ${got}`)
    expect(error.option).toBe('cursorSecret')
  })

  it('appears in no error', async () => {
    const error = await refusalOf({ ...sealed, cursor: 'made up' })
    const misspelt = thrownBy(
      () => Reflect.apply(listParticipantConversations, undefined, [{ ...query, cursorSecrets: secret }]),
      ConfigurationError,
    )
    for (const each of [error, misspelt]) {
      expect(inspect(each, { depth: 9 }) + JSON.stringify(each)).not.toContain(secret)
    }
  })

  it('requires Web Crypto, and says so if it is missing', () => {
    vi.stubGlobal('crypto', {})
    try {
      const error = thrownBy(() => listParticipantConversations(sealed), ConfigurationError)
      expect(error.message).toContain('cursorSecret requires Web Crypto, which is not available here')
      expect(() => listParticipantConversations(query)).not.toThrow()
    } finally {
      vi.unstubAllGlobals()
    }
  })
})
