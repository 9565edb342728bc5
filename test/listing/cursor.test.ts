import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvalidCursorError, type ListOptions, listParticipantConversations } from '../../src/index.ts'
import {
  accessKey,
  accountSid,
  address,
  authToken,
  birdPage,
  birdWith,
  collect,
  conversationOf,
  fakeProvider,
  firstCursorOf,
  idsOf,
  numbered,
  recordingFetch,
  twilioPage,
  twilioWith,
} from '../support/listing.ts'
import { errorOfEveryReading } from '../support/readings.ts'

const nextPageUrl = 'https://conversations.twilio.com/v1/ParticipantConversations?Page=1&PageToken=PT1'
const recorded = recordingFetch(() => twilioPage(['CH1', 'CH2'], nextPageUrl))
const query = { provider: twilioWith(recorded.fetch), participant: { address } }
const cursor = await firstCursorOf(listParticipantConversations(query))

/** The content of a cursor. Only these tests look inside. */
function decode(text: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(text, 'base64url').toString())
}

function encode(payload: unknown): string {
  return Buffer.from(JSON.stringify(payload)).toString('base64url')
}

/** Encodes this many marks of conversations, of six bytes each. */
function marks(count: number): string {
  return Buffer.alloc(6 * count, 1).toString('base64url')
}

/** The message of the error for a refused cursor. The call does not throw it; every way to read the listing does. */
async function refusalOf(options: ListOptions & { cursor: string }): Promise<string> {
  const error = await errorOfEveryReading(listParticipantConversations(options), InvalidCursorError)
  expect(error.cursor).toBeNull()
  return error.message
}

describe('a cursor', () => {
  it('can be put in a URL without escaping', () => {
    expect(cursor).toMatch(/^[\w-]+$/)
  })

  it('resumes at its place, whatever characters the page token contains', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', minLength: 1 }),
        fc.integer({ min: 1, max: 9 }),
        async (token, limit) => {
          const provider = fakeProvider(({ pageToken }) => ({
            items: Array.from({ length: 10 }, (_, index) => conversationOf(`${pageToken ?? ''}-${index}`)),
            nextPageToken: pageToken === null ? token : null,
          }))
          const list = listParticipantConversations({ provider, participant: { id: 'x' }, limit: 10 + limit })
          const pages = list.pages()[Symbol.asyncIterator]()
          await pages.next()
          const { done, value } = await pages.next()
          const rest = listParticipantConversations({
            provider,
            participant: { id: 'x' },
            cursor: done ? 'none' : (value.nextCursor ?? 'none'),
          })
          expect(idsOf(await rest.toArray())).toEqual(
            Array.from({ length: 10 - limit }, (_, index) => `${token}-${limit + index}`),
          )
        },
      ),
    )
  })

  it('is not bound to page size, limit or prefetch', async () => {
    const provider = fakeProvider(numbered(6, 2))
    const list = listParticipantConversations({ provider, participant: { id: 'x' }, pageSize: 2 })
    const options = { pageSize: 50, limit: 3, prefetch: true, cursor: await firstCursorOf(list) }
    const rest = listParticipantConversations({ provider, participant: { id: 'x' }, ...options })
    expect(idsOf(await rest.toArray())).toEqual(['2', '3', '4'])
  })

  it('works with any reference that means the same participant to the provider', async () => {
    const { fetch } = recordingFetch(() => birdPage(['1'], 'next'))
    const provider = birdWith(fetch)
    const cursorOfId = await firstCursorOf(
      listParticipantConversations({ provider, participant: { id: 'p-1' } }),
    )
    const passedBack = {
      ...{ provider: 'bird', id: 'p-1', type: 'contact', status: null, name: 'Another name', address: null },
      ...{ channel: null, identity: null, userId: null, proxyAddress: null, projectedAddress: null },
      ...{ identifierKey: null, identifierValue: null },
    }
    const list = listParticipantConversations({
      provider,
      participant: passedBack,
      cursor: cursorOfId,
      limit: 1,
    })
    expect(idsOf(await list.toArray())).toEqual(['1'])
  })

  it('works with another provider object for the same account, and with the same query written differently', async () => {
    const { fetch } = recordingFetch(() => twilioPage(['CH3']))
    const rewritten = { participant: { channel: undefined, address }, providerOptions: undefined }
    const rest = listParticipantConversations({ ...rewritten, provider: twilioWith(fetch), cursor })
    expect(idsOf(await rest.toArray())).toEqual(['CH3'])
  })

  it('works with the same statuses in another order or repeated', async () => {
    const statuses = ['active', 'closed'] as const
    const own = await firstCursorOf(listParticipantConversations({ ...query, status: statuses }))
    const other = { ...query, status: ['closed', 'active', 'closed'] as const, cursor: own }
    expect(await listParticipantConversations(other).first()).toMatchObject({ id: 'CH1' })
  })

  it('contains no address, name or secret', async () => {
    const { fetch } = recordingFetch(() => birdPage(['1'], 'next'))
    const onBird = listParticipantConversations({ provider: birdWith(fetch), participant: { address } })
    for (const text of [cursor, await firstCursorOf(onBird)]) {
      const payload = decode(text)
      expect(Object.keys(payload)).toEqual(['v', 'p', 'q', 'w', 's', 't', 'n'])
      for (const hidden of [address, address.slice(1), accountSid, authToken, accessKey, btoa(authToken)]) {
        expect(JSON.stringify(payload)).not.toContain(hidden)
      }
    }
  })
})

describe('a cursor is refused with a message that says why', () => {
  it('when it is from another version', async () => {
    const message = await refusalOf({ ...query, cursor: encode({ ...decode(cursor), v: 2 }) })
    expect(message).toMatch(/belongs to version 2, not to version 3\. Omit it to start from the beginning\./)
  })

  it('when it is from another provider', async () => {
    const onBird = birdWith(recordingFetch().fetch)
    const message = await refusalOf({ provider: onBird, participant: { address }, cursor })
    expect(message).toContain('belongs to provider "twilio", not to bird')
    const both = await refusalOf({ ...query, provider: [query.provider, onBird], cursor })
    expect(both).toContain('belongs to provider "twilio", not to twilio+bird')
  })

  it('when it is for another Bird channel, or another order', async () => {
    const { fetch } = recordingFetch(() => birdPage(['1'], 'next'))
    const onBird = { provider: birdWith(fetch), participant: { address } }
    const own = await firstCursorOf(listParticipantConversations(onBird))
    const provider = birdWith(fetch, { channelId: '0f0e0d0c-0000-4000-8000-00000000000b' })
    expect(await refusalOf({ ...onBird, provider, cursor: own })).toContain('belongs to another query')
    for (const bird of [{ channelId: '0f0e0d0c-0000-4000-8000-00000000000b' }, { reverse: true }]) {
      const message = await refusalOf({ ...onBird, providerOptions: { bird }, cursor: own })
      expect(message).toContain('belongs to another query')
    }
  })

  it('when it is for another identifier of Bird’s, whose key and value only look the same together', async () => {
    const provider = birdWith(recordingFetch(() => birdPage(['1'], 'PT1')).fetch)
    const list = (identifierKey: string, identifierValue: string, cursor?: string) =>
      listParticipantConversations({ provider, participant: { identifierKey, identifierValue }, cursor })
    const own = await firstCursorOf(list('a', 'bc'))
    expect(await list('a', 'bc', own).first()).toMatchObject({ id: '1' })
    await errorOfEveryReading(list('ab', 'c', own), InvalidCursorError)
  })

  it('not when it is for another edge of the same region, whether us1 is passed or omitted', async () => {
    const home = [{}, { region: 'us1', edge: 'ashburn' }, { edge: 'sydney' }]
    for (const options of home) {
      const provider = twilioWith(recordingFetch(() => twilioPage(['CH1'])).fetch, options)
      expect(idsOf(await listParticipantConversations({ ...query, provider, cursor }).toArray())).toEqual([
        'CH1',
      ])
    }
  })

  const others: Record<string, Partial<ListOptions>> = {
    participant: { participant: { address: '+12025550124' } },
    'kind of participant': { participant: { identity: address } },
    channel: { participant: { address, channel: 'whatsapp' } },
    status: { status: 'active' },
    account: { provider: twilioWith(recorded.fetch, { accountSid: `AC${'b'.repeat(32)}` }) },
    service: { provider: twilioWith(recorded.fetch, { serviceSid: `IS${'b'.repeat(32)}` }) },
    region: { provider: twilioWith(recorded.fetch, { region: 'ie1', edge: 'dublin' }) },
  }
  for (const [what, change] of Object.entries(others)) {
    it(`when it is for another ${what}`, async () => {
      const message = await refusalOf({ ...query, ...change, cursor })
      expect(message).toContain('belongs to another query. Account, participant, status and providerOptions')
    })
  }

  const payload = decode(cursor)
  const damaged: Record<string, string> = {
    'is empty': '',
    'is whitespace': ' ',
    'is made up': 'cursor',
    'is surrounded by whitespace': ` ${cursor} `,
    'begins with whitespace': `\n${cursor}`,
    'ends with whitespace': `${cursor}\n`,
    'has base64 padding': `${cursor}==`,
    'is truncated': cursor.slice(0, -4),
    'has trailing characters': `${cursor}AAAA`,
    'is a page token': 'PT1',
    'is a URL': nextPageUrl,
    'holds null': encode(null),
    'holds an array': encode([payload]),
    'holds a number': encode(1),
    'holds an empty object': encode({}),
    'has no page token': encode({ ...payload, t: undefined }),
    'has a page token that is a number': encode({ ...payload, t: 1 }),
    'has a page token that is an object': encode({ ...payload, t: { toString: 'PT1' } }),
    'has a lone surrogate in its page token': encode({ ...payload, t: 'a\ud800' }),
    'is in a source with a negative number': encode({ ...payload, s: -1 }),
    'is in a source with a fractional number': encode({ ...payload, s: 0.5 }),
    'is in a source whose number is a string': encode({ ...payload, s: '0' }),
    'is in a source that the listing does not have': encode({ ...payload, s: 1 }),
    'is in no source': encode({ ...payload, s: null }),
    'has no marks': encode({ ...payload, n: undefined }),
    'has marks that are not a string': encode({ ...payload, n: [0, 1] }),
    'has marks that are not base64url': encode({ ...payload, n: '!!!!' }),
    'has marks that are cut off': encode({ ...payload, n: 'A' }),
    'has half a mark': encode({ ...payload, n: marks(1).slice(0, 4) }),
    'has more than 10,000 marks': encode({ ...payload, n: marks(10_001) }),
    'has no participant mark': encode({ ...payload, w: undefined }),
    'has a provider that is not a string': encode({ ...payload, p: ['twilio'] }),
    'has its properties in "__proto__"': `${Buffer.from(`{"__proto__":${JSON.stringify(payload)}}`).toString(
      'base64url',
    )}`,
    'is 1 MB long': 'A'.repeat(2 ** 20),
    'is 1 MB of nested arrays': Buffer.from('['.repeat(2 ** 20)).toString('base64url'),
  }
  for (const [what, text] of Object.entries(damaged)) {
    it(`when it ${what}`, async () => {
      const message = await refusalOf({ ...query, cursor: text })
      expect(message).toMatch(/^cursor is damaged\. .*omit it to start from the beginning\.$/)
      expect(message.length).toBeLessThan(300)
    })
  }
})

describe('a cursor of several participants or providers is refused', () => {
  const [a, b] = [{ address: '+12025550100' }, { address: '+12025550101' }]
  const onTwilio = twilioWith(recordingFetch(() => twilioPage(['CH1', 'CH2'])).fetch)
  const onBird = birdWith(recordingFetch(() => birdPage(['1', '2'])).fetch)

  it.each([
    ['the same people in another order', { provider: onTwilio, participant: [b, a] }],
    ['one of the people only', { provider: onTwilio, participant: a }],
    ['one more provider', { provider: [onTwilio, onBird], participant: [a, b] }],
  ])('with %s', async (_, changed) => {
    const query = { provider: onTwilio, participant: [a, b] }
    const cursor = await firstCursorOf(listParticipantConversations({ ...query, limit: 1 }))
    await errorOfEveryReading(listParticipantConversations({ ...changed, cursor }), InvalidCursorError)
  })

  it('with the same providers in another order', async () => {
    const query = { provider: [onTwilio, onBird], participant: a }
    const cursor = await firstCursorOf(listParticipantConversations({ ...query, limit: 1 }))
    const message = await refusalOf({ ...query, provider: [onBird, onTwilio], cursor })
    expect(message).toContain('belongs to provider "twilio+bird", not to bird+twilio')
  })

  it('with one person on both, if each person is now on another provider', async () => {
    const ids = {
      participant: [
        { provider: 'twilio', ...a },
        { provider: 'bird', ...b },
      ],
    }
    const query = { provider: [onTwilio, onBird] }
    const cursor = await firstCursorOf(listParticipantConversations({ ...query, ...ids, limit: 1 }))
    const swapped = {
      participant: [
        { provider: 'bird', ...a },
        { provider: 'twilio', ...b },
      ],
    }
    const message = await refusalOf({ ...query, ...swapped, cursor })
    expect(message).toContain('belongs to another query')
  })
})

describe('a cursor of several sources', () => {
  it('continues in its source, and then in those that follow', async () => {
    const onTwilio = recordingFetch(() => twilioPage(['CH1', 'CH2']))
    const onBird = recordingFetch(() => birdPage(['1', '2']))
    const query = {
      provider: [twilioWith(onTwilio.fetch), birdWith(onBird.fetch)],
      participant: { address },
      concurrency: 1,
    }
    for (const [limit, rest] of [
      [1, ['CH2', '1', '2']],
      [2, ['1', '2']],
      [3, ['2']],
    ] as const) {
      const pages = await collect(listParticipantConversations({ ...query, limit }).pages())
      const before = onTwilio.requests.length
      const resumed = listParticipantConversations({ ...query, cursor: pages.at(-1)?.nextCursor })
      expect(idsOf(await resumed.toArray())).toEqual(rest)
      expect(onTwilio.requests.length - before).toBe(limit === 1 ? 1 : 0)
    }
  })
})

it('a cursor may have 10,000 marks', async () => {
  const most = encode({ ...decode(cursor), n: marks(10_000) })
  const list = listParticipantConversations({ ...query, cursor: most })
  expect(await list.first()).toMatchObject({ id: 'CH1' })
})

describe('a tampered cursor', () => {
  it('cannot pollute a prototype', async () => {
    const text = `${JSON.stringify(decode(cursor)).slice(0, -1)},"__proto__":{"polluted":true}}`
    const changed = Buffer.from(text).toString('base64url')
    expect(await listParticipantConversations({ ...query, cursor: changed }).first()).not.toBeNull()
    expect({}).not.toHaveProperty('polluted')
  })

  it('cannot make a listing request more pages than its limit needs', async () => {
    const provider = fakeProvider(numbered(300, 3))
    const list = { provider, participant: { id: 'x' }, limit: 1 }
    const own = decode(await firstCursorOf(listParticipantConversations(list)))
    for (const n of [marks(4), marks(10_000), '']) {
      const before = provider.requests.length
      const changed = listParticipantConversations({ ...list, cursor: encode({ ...own, n }) })
      expect(await changed.toArray()).toHaveLength(1)
      expect(provider.requests.length - before).toBe(1)
      expect(provider.requests.at(-1)?.pageSize).toBeLessThanOrEqual(100)
    }
  })

  it('can at most request another page of the same query', async () => {
    const evil = [
      '../../x',
      'x&Address=%2B19',
      'x#',
      '//evil.example',
      '9:PT',
      'https://evil.example/',
      '\0',
      '',
    ]
    for (const t of evil) {
      const { fetch, requests } = recordingFetch(() => twilioPage([]))
      const options = { ...query, provider: twilioWith(fetch), cursor: encode({ ...decode(cursor), t }) }
      await listParticipantConversations(options).toArray()
      expect(requests.map(({ url }) => url.origin + url.pathname)).toEqual([
        'https://conversations.twilio.com/v1/ParticipantConversations',
      ])
      expect(requests[0]?.url.searchParams.getAll('Address')).toEqual([address])
    }
  })

  it('is refused, or still runs the same query, whichever bit is flipped', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(cursor.length * 8 - 1), fc.boolean(), async (bit, inside) => {
        const bytes = Buffer.from(cursor, inside ? 'base64url' : 'latin1')
        const at = (bit >> 3) % bytes.length
        bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit & 7))
        const changed = bytes.toString(inside ? 'base64url' : 'latin1')
        const { fetch, requests } = recordingFetch(() => twilioPage([]))
        try {
          const options = { ...query, provider: twilioWith(fetch), cursor: changed }
          await listParticipantConversations(options).toArray()
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidCursorError)
          expect(requests).toEqual([])
          return
        }
        expect(requests.map(({ url }) => url.pathname + url.searchParams.get('Address'))).toEqual([
          `/v1/ParticipantConversations${address}`,
        ])
      }),
      { numRuns: 500 },
    )
  })
})
