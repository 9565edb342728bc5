import { describe, expect, it } from 'vitest'
import {
  type ConversationProvider,
  InvalidCursorError,
  type ListOptions,
  type Lookup,
  listParticipantConversations,
  type ParticipantRef,
  twilio,
} from '../../src/index.ts'
import { marksOfLookup } from '../../src/listing/marks.ts'
import {
  accountSid,
  authToken,
  birdPage,
  birdWith,
  fakeProvider,
  firstCursorOf,
  numbered,
  recordingFetch,
  twilioPage,
} from '../support/listing.ts'
import { errorOfEveryReading } from '../support/readings.ts'

/** One in 200 of a small country's mobile numbers: +375 25, 29, 33 and 44 with seven digits each. */
const NUMBERS = 200_000
const numberOf = (index: number): string =>
  `+375${[25, 29, 33, 44][index % 4]}${String(Math.floor(index / 4) * 200 + 7).padStart(7, '0')}`
const victim = numberOf(12_345)

const nextPageUrl = 'https://conversations.twilio.com/v1/ParticipantConversations?Page=1&PageToken=PT1'
const { fetch } = recordingFetch(({ url }) =>
  url.host.includes('bird') ? birdPage(['1'], 'PT1') : twilioPage(['CH1'], nextPageUrl),
)
const onTwilio = (sid = accountSid) => twilio({ accountSid: sid, authToken, fetch })
const onBird = birdWith(fetch)

interface Payload {
  /** The mark of everything but the participants. */
  readonly q: number
  /** Two marks of each lookup. */
  readonly w: readonly number[]
}

/** The content of a cursor. */
async function contentOf(options: ListOptions): Promise<string> {
  const cursor = await firstCursorOf(listParticipantConversations({ ...options, limit: 1 }))
  return Buffer.from(cursor, 'base64url').toString('latin1')
}

async function payloadOf(options: ListOptions): Promise<Payload> {
  return JSON.parse(await contentOf(options))
}

/** The cursors an attacker may hold for one person: from several accounts, providers, channels and queries. */
function queriesOf(address: string): readonly ListOptions[] {
  const participant = { address }
  return [
    { provider: onTwilio(), participant },
    { provider: onTwilio(`AC${'b'.repeat(32)}`), participant },
    { provider: onTwilio(), participant, status: 'active' },
    { provider: onTwilio(), participant: { address, channel: 'whatsapp' } },
    { provider: onTwilio(), participant: { phone: address } },
    { provider: onBird, participant: { phone: address } },
    { provider: [onTwilio(), onBird], participant: { phone: address, variants: false } },
    { provider: [onTwilio(), onBird], participant: [{ phone: address }, { address: 'jo@example.com' }] },
    { provider: onBird, participant },
    { provider: onBird, participant, providerOptions: { bird: { reverse: true } } },
    { provider: onBird, participant: { identifierKey: 'phonenumber', identifierValue: address } },
    { provider: [onTwilio(), onBird], participant },
    { provider: [onBird, onTwilio()], participant },
    { provider: onTwilio(), participant: [participant, { address, channel: 'rcs' }] },
    {
      provider: [onTwilio(), onBird],
      participant: [{ address: 'jo@example.com', provider: 'twilio' }, participant],
    },
    { provider: fakeProvider(numbered(4, 1)), participant },
  ]
}

describe("an attacker who tries every phone number of a country against one person's cursors", () => {
  it('cannot rule out more than 4,095 in 4,096 numbers, however many cursors they hold', async () => {
    const payloads = await Promise.all(queriesOf(victim).map(payloadOf))
    // Of each person, a cursor has one mark that depends on the number, and that is the same in all of them.
    const [own] = marksOfLookup(victim)
    for (const { w } of payloads) expect(w).toContain(own)
    const other = await Promise.all(queriesOf(numberOf(12_346)).map(payloadOf))
    for (const [index, { q, w }] of payloads.entries()) {
      expect(other[index]?.q).toBe(q)
      expect(w.filter((mark, at) => mark !== other[index]?.w[at] && mark !== own)).toEqual([])
    }
    let candidates = 0
    for (let index = 0; index < NUMBERS; index += 1) {
      if (marksOfLookup(numberOf(index))[0] === own) candidates += 1
    }
    // Of all 40,000,000 numbers, about 9,800 would remain.
    expect(candidates).toBeGreaterThan(NUMBERS / 4096 / 2)
    expect(candidates).toBeLessThan((NUMBERS / 4096) * 2)
  })

  it.each([
    ['Brazil', (index: number) => [`+55119${80_000_000 + index * 7}`, `+5511${80_000_000 + index * 7}`]],
    ['Mexico', (index: number) => [`+521${5_512_000_000 + index * 7}`, `+52${5_512_000_000 + index * 7}`]],
    ['Argentina', (index: number) => [`+549${1_122_000_000 + index * 7}`, `+54${1_122_000_000 + index * 7}`]],
  ])('learns no more if the number has two forms, as in %s', async (_, formsOf) => {
    const marksOf = async (index: number): Promise<Set<number>> => {
      const payloads = await Promise.all(formsOf(index).flatMap(queriesOf).map(payloadOf))
      return new Set(payloads.flatMap(({ w }) => w))
    }
    const [ofVictim, ofAnother] = [await marksOf(12_345), await marksOf(12_346)]
    // One mark depends on the number, whichever form it was passed in; the others are everybody's.
    expect([...ofVictim].filter((mark) => !ofAnother.has(mark))).toHaveLength(1)
  })

  it('learns as little of a chat identity that is a number', async () => {
    const identity = '12025557319'
    const queries: readonly ListOptions[] = [
      { provider: onTwilio(), participant: { identity } },
      { provider: onTwilio(`AC${'b'.repeat(32)}`), participant: { identity } },
      { provider: [onTwilio(), onBird], participant: [{ identity }, { id: 'b' }] },
    ]
    const marks = await Promise.all(queries.map(async (query) => (await payloadOf(query)).w.slice(0, 2)))
    expect(marks).toEqual([marks[0], marks[0], marks[0]])
  })

  it('gets two marks of an adapter’s own key, even if that looks like several', async () => {
    const keyed = (keyOf: (participant: ParticipantRef) => string): ConversationProvider => ({
      ...fakeProvider(numbered(4, 1)),
      lookups: (participant): Lookup[] => [{ key: keyOf(participant) }],
    })
    const list = keyed(() => JSON.stringify(['phone', victim, 'crm']))
    const { w } = await payloadOf({ provider: list, participant: { id: '1' } })
    expect(w).toHaveLength(2)
    const provider = keyed((participant) => String(Reflect.get(participant, 'id')))
    const cursor = await firstCursorOf(
      listParticipantConversations({ provider, participant: { id: '["x"]' } }),
    )
    const another = listParticipantConversations({ provider, participant: { id: 'x' }, cursor })
    await errorOfEveryReading(another, InvalidCursorError)
  })

  it('cannot tell them from the cursors of another person with the same mark', async () => {
    const [own] = marksOfLookup(victim)
    const twins: string[] = []
    for (let index = 0; twins.length < 3; index += 1) {
      const [mark] = marksOfLookup(numberOf(index))
      if (mark === own && numberOf(index) !== victim) twins.push(numberOf(index))
    }
    const ofVictim = await Promise.all(queriesOf(victim).map(contentOf))
    for (const twin of twins) expect(await Promise.all(queriesOf(twin).map(contentOf))).toEqual(ofVictim)
  })

  it('learns nothing of a person from the mark of the query, nor from those of the conversations', async () => {
    const ofVictim = await Promise.all(queriesOf(victim).map(payloadOf))
    for (const number of [1, 2, 3].map(numberOf)) {
      const ofOther = await Promise.all(queriesOf(number).map(payloadOf))
      const rest = (payload: Payload) => ({ ...payload, w: [] })
      expect(ofOther.map(rest)).toEqual(ofVictim.map(rest))
    }
  })

  it('learns nothing if there is a cursorSecret: every cursor is noise of the same length', async () => {
    const cursorSecret = 'a-secret-that-is-32-characters--'
    const lengths = new Set<number>()
    const zeros: number[] = []
    for (let index = 0; index < 200; index += 1) {
      const [query] = queriesOf(index % 2 === 0 ? victim : numberOf(index))
      if (query === undefined) continue
      const content = await contentOf({ ...query, cursorSecret })
      lengths.add(content.length)
      zeros.push([...content].filter((character) => character.charCodeAt(0) < 128).length / content.length)
    }
    expect(lengths.size).toBe(1)
    // Half of the bytes begin with a zero bit, in the victim's cursors as in everybody else's.
    for (const parity of [0, 1]) {
      const share = zeros.filter((_, index) => index % 2 === parity)
      expect(share.reduce((sum, each) => sum + each, 0) / share.length).toBeCloseTo(0.5, 1)
    }
  })
})
