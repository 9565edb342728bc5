import { describe, expect, it } from 'vitest'
import {
  ConfigurationError,
  type ConversationProvider,
  listParticipantConversations,
  UnsupportedParticipantError,
} from '../../src/index.ts'
import { defineUnchecked, described, participant } from '../support/described.ts'
import { conversationOf, fakeProvider, recordingFetch, settled, thrownBy } from '../support/listing.ts'
import { refuseUnhandledRejections } from '../support/rejections.ts'

refuseUnhandledRejections()

const rejecting = () => Promise.reject(new RangeError('too late'))
const mistake = new TypeError('no such property')
const fail = () => {
  throw mistake
}

function withFunctions(functions: object): ConversationProvider {
  return defineUnchecked({
    ...described,
    http: recordingFetch(() => ({ items: [{ id: 'a' }] })),
    ...functions,
  })
}

function byHand(functions: object): ConversationProvider {
  const pages = fakeProvider(() => ({ items: [conversationOf('a')], nextPageToken: null }))
  return { ...pages, name: 'example', ...functions }
}

const listWith = (provider: ConversationProvider) => () =>
  listParticipantConversations({ provider, participant })

describe.each([
  ['a description', withFunctions],
  ['an adapter without a description', byHand],
])('lists() of %s', (_kind, providerWith) => {
  it.each<[unknown, string]>([
    [undefined, 'undefined'],
    [null, 'null'],
    ['ada', '"…"'],
    [[], 'an array of length 0'],
    [['a', 7], 'an array of length 2'],
    [[null], 'an array of length 1'],
    [Promise.resolve(['a']), 'a Promise'],
  ])('must return lists, not %j', (returned, got) => {
    const error = thrownBy(listWith(providerWith({ lists: () => returned })), ConfigurationError)
    expect(error.provider).toBe('example')
    expect(error.message).toBe(`lists() of example must return an array of at least one string; got ${got}`)
  })

  it('must not be async: the call throws, and no rejection is left unhandled', async () => {
    const error = thrownBy(listWith(providerWith({ lists: rejecting })), ConfigurationError)
    expect(error.message).toContain('got a Promise')
    await settled()
  })

  it('ends the call with what it throws', () => {
    expect(listWith(providerWith({ lists: fail }))).toThrow(mistake)
  })
})

describe('lookups() of an adapter without a description', () => {
  it.each<[unknown, string]>([
    [undefined, 'undefined'],
    [null, 'null'],
    ['ada', '"…"'],
    [{ key: 'ada' }, 'an object'],
    [[], 'an array of length 0'],
    [['ada'], 'an array of length 1'],
    [[{ key: 'a' }, { id: 'ada' }], 'an array of length 2'],
    [[{ key: 7 }], 'an array of length 1'],
    [Promise.resolve([{ key: 'ada' }]), 'a Promise'],
  ])('must return lookups, not %j', (returned, got) => {
    const error = thrownBy(listWith(byHand({ lookups: () => returned })), ConfigurationError)
    expect(error.provider).toBe('example')
    expect(error.message).toBe(
      `lookups() of example must return an array of at least one lookup, each with a key; got ${got}`,
    )
  })

  it('must not be async: the call throws, and no rejection is left unhandled', async () => {
    const error = thrownBy(listWith(byHand({ lookups: rejecting })), ConfigurationError)
    expect(error.message).toContain('got a Promise')
    await settled()
  })

  it('ends the call with what it throws, such as a refusal of the participant', () => {
    expect(listWith(byHand({ lookups: fail }))).toThrow(mistake)
    const refusal = new UnsupportedParticipantError('nobody', { provider: 'example' })
    const refuse = () => {
      throw refusal
    }
    expect(listWith(byHand({ lookups: refuse }))).toThrow(refusal)
  })
})

describe('one listing for each lookup in each list', () => {
  it('of a description, which receives both for its request and its conversations', async () => {
    const seen: unknown[] = []
    const note = ({ lookup, list }: { lookup: { prefixed: string }; list: string }) =>
      void seen.push([lookup.prefixed, list])
    const provider = withFunctions({
      participants: { phone: ['sms', 'whatsapp'] },
      lists: () => ['a', 'b'],
      request(context: Parameters<typeof note>[0]) {
        note(context)
        return { path: ['conversations'] }
      },
      rows: {
        in: 'items',
        id: ({ id }: { id: string }) => `${id}${seen.length}`,
        normalize(_raw: unknown, context: Parameters<typeof note>[0]) {
          note(context)
          return { status: 'active' }
        },
      },
    })
    const phone = '+12025550123'
    await listParticipantConversations({ provider, participant: { phone }, concurrency: 1 }).toArray()
    const listings = [
      [phone, 'a'],
      [phone, 'b'],
      [`whatsapp:${phone}`, 'a'],
      [`whatsapp:${phone}`, 'b'],
    ]
    expect(seen).toEqual(listings.flatMap((listing) => [listing, listing]))
  })

  it('of an adapter without a description', async () => {
    const seen: unknown[] = []
    const pages = fakeProvider(({ lookup, list }) => {
      seen.push([lookup.key, list])
      return { items: [], nextPageToken: null }
    })
    const functions = { lookups: () => [{ key: 'one' }, { key: 'two' }], lists: () => ['a', 'b'] }
    const provider = { ...pages, ...functions }
    await listParticipantConversations({ provider, participant, concurrency: 1 }).toArray()
    expect(seen).toEqual([
      ['one', 'a'],
      ['one', 'b'],
      ['two', 'a'],
      ['two', 'b'],
    ])
  })
})
