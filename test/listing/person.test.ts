import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AnyConversation,
  type BirdConversationResource,
  type BirdParticipant,
  type ConversationList,
  ConversationsError,
  type ListOptions,
  listParticipantConversations,
  type ParticipantRef,
  type TwilioParticipantConversation,
} from '../../src/index.ts'
import { createStandIn } from '../../src/testing/stand-in.ts'
import {
  accessKey,
  accountSid,
  authToken,
  birdWith,
  idsOf,
  twilioWith,
  workspaceId,
} from '../support/listing.ts'

/** Ways in which the providers know one person. */
interface Person {
  readonly phone: string
  /** The form of the number that WhatsApp may have instead. */
  readonly otherForm: string | null
}

const people: readonly Person[] = [
  { phone: '+12025550123', otherForm: null },
  { phone: '+5511987654321', otherForm: '+551187654321' },
  { phone: '+551187654321', otherForm: '+5511987654321' },
  { phone: '+5215512345678', otherForm: '+525512345678' },
]
const EMAIL = 'jo@example.com'
const IDENTITY = 'jo'
const WHATSAPP_USER = 'US.13491208655302741918'
/** Somebody else, whose number is another form of none of them. */
const STRANGER = '+12025550199'
const CHANNELS = ['00000000-0000-4000-8000-000000000002', '00000000-0000-4000-8000-000000000003']

/** What a conversation on Twilio has of a person: the address or identity of a row. */
const twilioWays = [
  'sms',
  'whatsapp',
  'whatsapp, other form',
  'rcs',
  'email',
  'chat',
  'whatsapp user',
  'stranger',
] as const
type TwilioWay = (typeof twilioWays)[number]

/** What a conversation on Bird has of a person: a contact. */
const birdWays = ['phone', 'other form', 'email', 'whatsapp user', 'stranger'] as const
type BirdWay = (typeof birdWays)[number]

/** The address or identity of a row. */
function twilioValue({ phone, otherForm }: Person, way: TwilioWay): string {
  const values = {
    sms: phone,
    whatsapp: `whatsapp:${phone}`,
    'whatsapp, other form': `whatsapp:${otherForm ?? STRANGER}`,
    rcs: `rcs:${phone}`,
    email: EMAIL,
    chat: IDENTITY,
    'whatsapp user': `whatsapp:${WHATSAPP_USER}`,
    stranger: STRANGER,
  }
  return values[way]
}

function twilioRow(person: Person, way: TwilioWay): Partial<TwilioParticipantConversation> {
  const value = twilioValue(person, way)
  return way === 'chat'
    ? { participant_identity: value, participant_messaging_binding: null }
    : { participant_messaging_binding: { address: value } }
}

function birdIdentifier({ phone, otherForm }: Person, way: BirdWay): readonly [key: string, value: string] {
  const identifiers = {
    phone: ['phonenumber', phone],
    'other form': ['phonenumber', otherForm ?? STRANGER],
    email: ['emailaddress', EMAIL],
    'whatsapp user': ['whatsappbsuid', WHATSAPP_USER],
    stranger: ['phonenumber', STRANGER],
  } as const
  return identifiers[way]
}

function birdContact(person: Person, way: BirdWay): BirdParticipant {
  const [identifierKey, identifierValue] = birdIdentifier(person, way)
  return { id: `contact ${way}`, type: 'contact', contact: { identifierKey, identifierValue } }
}

const references: readonly ['phone', 'email', 'identity', 'whatsapp user'] = [
  'phone',
  'email',
  'identity',
  'whatsapp user',
]
type Reference = (typeof references)[number]

function participantOf(person: Person, reference: Reference): ParticipantRef {
  if (reference === 'phone') return { phone: person.phone }
  if (reference === 'identity') return { identity: IDENTITY }
  return { address: reference === 'email' ? EMAIL : `whatsapp:${WHATSAPP_USER}` }
}

/** The references that find a row or a contact. */
function findersOf(person: Person, way: TwilioWay | BirdWay): Reference | null {
  if (way === 'stranger') return null
  if (way === 'email' || way === 'whatsapp user') return way
  if (way === 'chat') return 'identity'
  if (way === 'other form' || way === 'whatsapp, other form')
    return person.otherForm === null ? null : 'phone'
  return 'phone'
}

const accounts = fc.record({
  person: fc.constantFrom(...people),
  references: fc.oneof(
    fc.constant<Reference[]>(['phone']),
    fc.subarray<Reference>([...references], { minLength: 1 }),
  ),
  providers: fc.constantFrom<readonly ('twilio' | 'bird')[]>(
    ['twilio'],
    ['bird'],
    ['twilio', 'bird'],
    ['bird', 'twilio'],
  ),
  onTwilio: fc.array(fc.uniqueArray(fc.constantFrom(...twilioWays), { minLength: 1, maxLength: 3 }), {
    maxLength: 25,
  }),
  onBird: fc.array(
    fc.record({
      ways: fc.uniqueArray(fc.constantFrom(...birdWays), { minLength: 1, maxLength: 3 }),
      channel: fc.constantFrom(...CHANNELS),
    }),
    { maxLength: 25 },
  ),
  pageSize: fc.integer({ min: 1, max: 8 }),
  concurrency: fc.integer({ min: 1, max: 4 }),
})

type Account = typeof accounts extends fc.Arbitrary<infer T> ? T : never

const idOf = (provider: string, index: number): string => `${provider} ${String(index).padStart(3, '0')}`

/** How many of the references' ways each of the person's conversations has, apart from one that is skipped. */
function expectedOf(
  { person, references, providers, onTwilio, onBird }: Account,
  skipped?: { readonly provider: string; readonly way: string },
): Map<string, number> {
  const isFound = (way: TwilioWay | BirdWay): boolean => {
    const finder = findersOf(person, way)
    return finder !== null && references.includes(finder)
  }
  const counts = new Map<string, number>()
  const data = { twilio: onTwilio, bird: onBird.map(({ ways }) => ways) }
  for (const provider of providers) {
    for (const [index, ways] of data[provider].entries()) {
      const found = ways
        .filter(isFound)
        .filter((way) => skipped?.provider !== provider || skipped.way !== way)
      if (found.length > 0) counts.set(idOf(provider, index), found.length)
    }
  }
  return counts
}

/** The options of a listing, and the URLs that it requests. */
function queryOf(
  account: Account,
  refuse: (url: URL) => boolean = () => false,
): ListOptions & { readonly urls: readonly URL[] } {
  const { person, onTwilio, onBird, pageSize, concurrency } = account
  const standIn = createStandIn({
    twilio: {
      accountSid,
      authToken,
      conversations: onTwilio.flatMap((ways, index) =>
        ways.map((way) => ({ conversation_sid: idOf('twilio', index), ...twilioRow(person, way) })),
      ),
    },
    bird: {
      accessKey,
      workspaceId,
      conversations: onBird.map(
        ({ ways, channel }, index): BirdConversationResource => ({
          id: idOf('bird', index),
          channelId: channel,
          featuredParticipants: ways.map((way) => birdContact(person, way)),
        }),
      ),
    },
  })
  const urls: URL[] = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(String(input))
    urls.push(url)
    return refuse(url) ? new Response(null, { status: 503 }) : standIn.fetch(input, init)
  }
  return {
    provider: account.providers.map((name) =>
      name === 'twilio' ? twilioWith(fetch) : birdWith(fetch, { channelId: CHANNELS }),
    ),
    participant: account.references.map((reference) => participantOf(person, reference)),
    pageSize,
    concurrency,
    urls,
  }
}

/** Bird knows no identities: it must be able to look up something else, and everything if it is alone. */
function canBeListed({ providers, references }: Account): boolean {
  const others = references.filter((reference) => reference !== 'identity')
  if (!providers.includes('bird')) return true
  return providers.length === 1 ? others.length === references.length : others.length > 0
}

const person = accounts.filter(canBeListed)

describe("a person's conversations", () => {
  it('are all listed, each once, whatever they were found by, up to any limit', async () => {
    await fc.assert(
      fc.asyncProperty(person, fc.nat(30), async (account, limit) => {
        const { urls, ...query } = queryOf(account)
        const all = idsOf(await listParticipantConversations(query).toArray())
        expect(all.toSorted()).toEqual([...expectedOf(account).keys()].toSorted())
        expect(new Set(urls.map(({ href }) => href)).size).toBe(urls.length)
        const some = await listParticipantConversations({ ...query, limit }).toArray()
        expect(idsOf(some)).toEqual(all.slice(0, limit))
        const first = await listParticipantConversations(query).first()
        expect(first?.id).toBe(all[0])
      }),
      { numRuns: 150 },
    )
  })

  it('are all listed across resumes and failed requests; only what has two addresses may come again', async () => {
    const faults = fc.array(fc.boolean(), { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(
        person,
        faults,
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        async (account, fails, count, isPaged) => {
          let requests = 0
          const { urls, ...query } = queryOf(account, () => fails[requests++] === true)
          const expected = expectedOf(account)
          const delivered: string[] = []
          let cursor: string | null = null
          for (let run = 0; run === 0 || cursor !== null; run += 1) {
            expect(run).toBeLessThan(200)
            const runStart = delivered.length
            const list: ConversationList<AnyConversation> = listParticipantConversations({ ...query, cursor })
            try {
              if (isPaged) {
                for await (const { items, nextCursor } of list.pages()) {
                  delivered.push(...idsOf(items))
                  cursor = nextCursor
                  if (delivered.length - runStart >= count) break
                }
              } else {
                const { items, nextCursor } = await list.first(count)
                delivered.push(...idsOf(items))
                cursor = nextCursor
              }
            } catch (error) {
              if (!(error instanceof ConversationsError) || error.cursor === null) throw error
              cursor = error.cursor
            }
            const ofRun = delivered.slice(runStart)
            expect(new Set(ofRun).size).toBe(ofRun.length)
          }
          expect([...new Set(delivered)].toSorted()).toEqual([...expected.keys()].toSorted())
          for (const [id, ways] of expected) {
            expect(delivered.filter((each) => each === id).length).toBeLessThanOrEqual(ways)
          }
        },
      ),
      { numRuns: 150 },
    )
  })

  it('are those that the other addresses find if one of them is skipped', async () => {
    await fc.assert(
      fc.asyncProperty(person, fc.nat(20), async (account, index) => {
        const { person } = account
        const ways = [
          ...twilioWays.map((way) => ({ provider: 'twilio', way })),
          ...birdWays.map((way) => ({ provider: 'bird', way })),
        ]
        const skipped = ways[index % ways.length]
        const failing = new Set(
          skipped?.provider === 'twilio'
            ? twilioWays.filter((way) => way === skipped.way).map((way) => twilioValue(person, way))
            : birdWays
                .filter((way) => way === skipped?.way)
                .map((way) => birdIdentifier(person, way).join('/')),
        )
        const { urls, ...query } = queryOf(account, (url) => failing.has(lookedUp(url)))
        const told = new Set<string>()
        const listed = await listParticipantConversations({
          ...query,
          onSourceError(error, { provider }) {
            expect(error).toMatchObject({ status: 503 })
            told.add(provider.name)
            return 'skip'
          },
        }).toArray()
        const isLookedUp = urls.some((url) => failing.has(lookedUp(url)))
        expect([...told]).toEqual(isLookedUp ? [skipped?.provider] : [])
        expect(idsOf(listed).toSorted()).toEqual([...expectedOf(account, skipped).keys()].toSorted())
      }),
      { numRuns: 150 },
    )
  })
})

/** The address or identity that a request looks up on Twilio, or the identifier on Bird. */
function lookedUp({ searchParams, pathname }: URL): string {
  const [, identifier] = /participants\/(.*)\/conversations/.exec(pathname) ?? []
  return searchParams.get('Address') ?? searchParams.get('Identity') ?? decodeURIComponent(identifier ?? '')
}
