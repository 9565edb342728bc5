import { describe, expect, it } from 'vitest'
import {
  bird,
  type ConversationProvider,
  combine,
  InvalidCursorError,
  type ListOptions,
  listParticipantConversations,
  type ParticipantRef,
  twilio,
} from '../../src/index.ts'
import { marksOfParticipant } from '../../src/listing/marks.ts'
import {
  accessKey,
  accountSid,
  authToken,
  birdPage,
  channelId,
  fakeProvider,
  numbered,
  recordingFetch,
  twilioPage,
  workspaceId,
} from '../support/listing.ts'

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
const onBird = bird({ accessKey, workspaceId, channelId, fetch })

async function payloadOf(options: ListOptions): Promise<string> {
  for await (const { nextCursor } of listParticipantConversations({ ...options, limit: 1 }).pages()) {
    return Buffer.from(String(nextCursor), 'base64url').toString('latin1')
  }
  throw new Error('there is no page')
}

/** The cursors an attacker may hold for one person: from several accounts, providers, channels and queries. */
function queriesOf(address: string): { provider: ConversationProvider; participant: { address: string } }[] {
  const participant = { address }
  const queries: (Omit<ListOptions, 'provider' | 'participant'> & {
    provider: ConversationProvider
    participant: { address: string; channel?: string }
  })[] = [
    { provider: onTwilio(), participant },
    { provider: onTwilio(`AC${'b'.repeat(32)}`), participant },
    { provider: onTwilio(), participant, status: 'active' },
    { provider: onTwilio(), participant: { address, channel: 'whatsapp' } },
    { provider: onBird, participant },
    { provider: onBird, participant, providerOptions: { bird: { reverse: true } } },
    { provider: combine([onTwilio()]), participant },
    { provider: combine([combine([onBird]), onTwilio()]), participant },
    {
      provider: combine([{ provider: onTwilio(), participant: { address: 'jo@example.com' } }, onBird]),
      participant,
    },
  ]
  return queries
}

describe("an attacker who tries every phone number of a country against one person's cursors", () => {
  it('cannot rule out more than 4,095 in 4,096 numbers, however many cursors they hold', async () => {
    const payloads = await Promise.all(
      queriesOf(victim).map(async (query) => JSON.parse(await payloadOf(query))),
    )
    // Only the mark of the person depends on the number, and it is the same in every cursor.
    const [own] = marksOfParticipant(victim)
    for (const { w } of payloads) expect(w).toContain(own)
    const marks = new Set([own])
    let candidates = 0
    for (let index = 0; index < NUMBERS; index += 1) {
      const [mark = -1] = marksOfParticipant(numberOf(index))
      if (marks.has(mark)) candidates += 1
    }
    // Of all 40,000,000 numbers, about 9,800 would remain.
    expect(candidates).toBeGreaterThan(NUMBERS / 4096 / 2)
    expect(candidates).toBeLessThan((NUMBERS / 4096) * 2)
  })

  it('learns as little of a chat identity that is a number', async () => {
    const identity = '12025557319'
    const payloads = await Promise.all(
      [onTwilio(), combine([onTwilio()]), combine([combine([onTwilio()])])].map(async (provider) =>
        JSON.parse(await payloadOf({ provider, participant: { identity } })),
      ),
    )
    expect(new Set(payloads.map(({ w }) => w.join())).size).toBe(1)
  })

  it('gets two marks of an adapter’s own key, even if that looks like several', async () => {
    const keyed = (participantKey: (participant: ParticipantRef) => string): ConversationProvider => ({
      ...fakeProvider(numbered(4, 1)),
      participantKey,
    })
    const list = keyed(() => JSON.stringify(['phone', victim, 'crm']))
    const { w } = JSON.parse(await payloadOf({ provider: list, participant: { id: '1' } }))
    expect(w).toHaveLength(2)
    const plain = keyed(({ id }) => String(id))
    const page = await listParticipantConversations({ provider: plain, participant: { id: '["x"]' } }).page()
    const cursor = page.nextCursor
    expect(() => listParticipantConversations({ provider: plain, participant: { id: 'x' }, cursor })).toThrow(
      InvalidCursorError,
    )
  })

  it('cannot tell them from the cursors of another person with the same mark', async () => {
    const [own] = marksOfParticipant(victim)
    const twins: string[] = []
    for (let index = 0; twins.length < 3; index += 1) {
      const [mark = -1] = marksOfParticipant(numberOf(index))
      if (mark === own && numberOf(index) !== victim) twins.push(numberOf(index))
    }
    const ofVictim = await Promise.all(queriesOf(victim).map(payloadOf))
    for (const twin of twins) expect(await Promise.all(queriesOf(twin).map(payloadOf))).toEqual(ofVictim)
  })

  it('learns nothing if there is a cursorSecret: every cursor is noise of the same length', async () => {
    const cursorSecret = 'a-secret-that-is-32-characters--'
    const lengths = new Set<number>()
    const zeros: number[] = []
    for (let index = 0; index < 200; index += 1) {
      const [query] = queriesOf(index % 2 === 0 ? victim : numberOf(index))
      if (query === undefined) continue
      const payload = await payloadOf({ ...query, cursorSecret })
      lengths.add(payload.length)
      zeros.push([...payload].filter((character) => character.charCodeAt(0) < 128).length / payload.length)
    }
    expect(lengths.size).toBe(1)
    // Half of the bytes begin with a zero bit, in the victim's cursors as in everybody else's.
    for (const parity of [0, 1]) {
      const share = zeros.filter((_, index) => index % 2 === parity)
      expect(share.reduce((sum, each) => sum + each, 0) / share.length).toBeCloseTo(0.5, 1)
    }
  })
})
