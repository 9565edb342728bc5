import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  type BirdConversation,
  bird,
  ConfigurationError,
  type Conversation,
  listParticipantConversations,
  type TwilioConversation,
  type TwilioParticipantConversation,
  twilio,
} from '../../src/index.ts'
import {
  createStandIn,
  fakeBirdConversation,
  fakeConversation,
  fakeTwilioConversation,
} from '../../src/testing/index.ts'
import { account, address, workspace } from '../support/accounts.ts'

const channelId = '00000000-0000-4000-8000-000000000002'
/** The account that every fake has, so that the stand-in need not replace it. */
const madeUpAccount = { ...account, accountSid: `AC${'0'.repeat(32)}` }

describe('the fake conversations', () => {
  it('are the same for the same seed and different for another seed', () => {
    for (const fake of [fakeTwilioConversation, fakeBirdConversation, fakeConversation]) {
      expect(fake({}, { seed: 1 })).toEqual(fake({}, { seed: 1 }))
      expect(fake({}, { seed: 1 })).toEqual(fake({}, { seed: '1' }))
      expect(fake({}, { seed: 1 })).not.toEqual(fake({}, { seed: 2 }))
    }
  })

  it('are all different without a seed', () => {
    const ids = Array.from({ length: 5000 }, () => [
      fakeTwilioConversation().conversation_sid,
      fakeBirdConversation().id,
      fakeConversation().id,
    ]).flat()
    expect(new Set(ids).size).toBe(15_000)
  })

  it('on Bird have the same contact, whose conversations can be listed', async () => {
    const conversations = [fakeBirdConversation(), fakeBirdConversation(), fakeBirdConversation()]
    const { fetch } = createStandIn({ bird: { ...workspace, conversations } })
    const provider = bird({ ...workspace, channelId, fetch })
    const [first] = await listParticipantConversations({ provider, participant: { address } }).toArray()
    const participant = first?.participant ?? { id: 'none' }
    expect(await listParticipantConversations({ provider, participant }).toArray()).toHaveLength(3)
  })

  it('are the same in every run', () => {
    expect(fakeTwilioConversation({}, { seed: 'order' }).conversation_sid).toBe(
      'CH58e0b52dd5a62e28935f2d00d90a3df5',
    )
  })

  it('accept overrides, and ignore those that are undefined', () => {
    expect(fakeTwilioConversation({ conversation_state: 'closed' }).conversation_state).toBe('closed')
    expect(fakeBirdConversation({ lastMessage: null }).lastMessage).toBeNull()
    expect(fakeConversation({ title: undefined } as object, { seed: 3 })).toEqual(
      fakeConversation({}, { seed: 3 }),
    )
  })

  it('equal what the adapters return for their raw', async () => {
    const onTwilio = Array.from({ length: 20 }, (_, seed) => fakeConversation({}, { seed }))
    const onBird = Array.from({ length: 20 }, (_, seed) => fakeConversation({ provider: 'bird' }, { seed }))
    const { fetch } = createStandIn({
      twilio: { ...madeUpAccount, conversations: onTwilio.map(({ raw }) => raw) },
      bird: { ...workspace, conversations: onBird.map(({ raw }) => raw) },
    })
    const participant = { address }
    const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1)
    expect(
      await listParticipantConversations({
        provider: twilio({ ...madeUpAccount, fetch }),
        participant,
      }).toArray(),
    ).toEqual(onTwilio.toSorted(byId))
    expect(
      await listParticipantConversations({
        provider: bird({ ...workspace, channelId, fetch }),
        participant,
      }).toArray(),
    ).toEqual(onBird)
  })

  it('have a raw that matches the overrides', async () => {
    const createdAt = new Date('2024-02-03T04:05:06.000Z')
    const attributes = { ticket: 7 }
    const common = { id: 'one', title: 'Hello', status: 'closed', createdAt, attributes } as const
    const onTwilio = fakeConversation({
      ...common,
      id: `CH${'1'.repeat(32)}`,
      createdBy: 'ada',
      timers: { inactiveAt: createdAt, closedAt: null },
    })
    const onBird = fakeConversation({
      ...common,
      provider: 'bird',
      channel: { id: channelId, type: null, businessAddress: null },
      participantCount: { active: 3, pending: 1 },
    })
    const { fetch } = createStandIn({
      twilio: { ...madeUpAccount, conversations: [onTwilio.raw] },
      bird: { ...workspace, conversations: [onBird.raw] },
    })
    const participant = { address }
    const [listedOnTwilio] = await listParticipantConversations({
      provider: twilio({ ...madeUpAccount, fetch }),
      participant,
    }).toArray()
    expect(listedOnTwilio).toEqual(onTwilio)
    const [listedOnBird] = await listParticipantConversations({
      provider: bird({ ...workspace, channelId, fetch }),
      participant,
    }).toArray()
    expect(listedOnBird).toEqual(onBird)
  })

  it('make up nothing that contradicts the overrides', () => {
    for (let seed = 0; seed < 100; seed += 1) {
      for (const provider of ['twilio', 'bird'] as const) {
        const late = new Date('2026-05-01T00:00:00Z')
        const created = fakeConversation({ provider, createdAt: late }, { seed })
        expect(Number(created.updatedAt)).toBeGreaterThanOrEqual(late.getTime())
        const early = new Date('2020-05-01T00:00:00Z')
        const updated = fakeConversation({ provider, updatedAt: early }, { seed })
        expect(Number(updated.createdAt)).toBeLessThanOrEqual(early.getTime())
      }
      for (const closed of [
        fakeConversation({ status: 'closed' }, { seed }),
        fakeConversation({ raw: fakeTwilioConversation({ conversation_state: 'closed' }, { seed }) }),
      ]) {
        expect(closed.timers).toEqual({ inactiveAt: null, closedAt: null })
      }
    }
    const { createdBy, raw } = fakeConversation({ provider: 'bird', createdBy: 'u1' })
    expect([createdBy, raw.initiatingParticipant?.id]).toEqual(['u1', 'u1'])
  })

  for (const type of ['sms', 'whatsapp', 'rcs', 'messenger', 'email', 'gbm', 'chat']) {
    it(`on Twilio have a participant on the channel of the overrides: ${type}`, () => {
      const overridden = fakeConversation({ channel: { id: null, type, businessAddress: null } }, { seed: 1 })
      const { participant, raw } = overridden
      expect(participant?.channel).toBe(type)
      expect(fakeConversation({ raw })).toEqual(overridden)
    })
  }

  it('are derived from raw if it is passed', () => {
    const raw = fakeTwilioConversation({
      participant_identity: 'jo',
      participant_messaging_binding: null,
      conversation_friendly_name: 'About raw',
    })
    const conversation = fakeConversation({ raw })
    expect(conversation.raw).toBe(raw)
    expect(conversation).toMatchObject({ title: 'About raw', channel: { type: 'chat' } })
    expect(conversation.participant?.identity).toBe('jo')
  })

  it('have an id, and not the word null, if raw has no SID', () => {
    const raw = fakeTwilioConversation({ conversation_sid: null })
    expect(() => fakeConversation({ raw })).toThrow(ConfigurationError)
    expect(() => fakeConversation({ raw })).toThrow('fakeConversation(): raw.conversation_sid is missing')
    expect(fakeConversation({ raw, id: 'CH1' }).id).toBe('CH1')
  })

  it('on Bird have an id too, whatever raw has', () => {
    const raw = { ...fakeBirdConversation(), id: '' }
    expect(() => fakeConversation({ provider: 'bird', raw })).toThrow(ConfigurationError)
    expect(() => fakeConversation({ provider: 'bird', raw })).toThrow('fakeConversation(): raw.id is missing')
    expect(fakeConversation({ provider: 'bird', raw, id: 'c-1' }).id).toBe('c-1')
  })

  it.each([
    [{ createdAt: '2026-01-02T03:04:05Z' }, 'createdAt', '; got "2026-01-02T03:04:05Z"'],
    [{ updatedAt: 1767323045000 }, 'updatedAt', '; got 1767323045000'],
    [{ createdAt: new Date('soon') }, 'createdAt', ''],
    [{ timers: { inactiveAt: null, closedAt: '2026-01-02T03:04:05Z' } }, 'timers.closedAt', ''],
    [{ provider: 'bird', lastMessage: { createdAt: '2026-01-02T03:04:05Z' } }, 'lastMessage.createdAt', ''],
  ])('refuse a date that is none, and say what to pass: %j', (overrides, name, got) => {
    const fake = () => fakeConversation(overrides as object)
    expect(fake).toThrow(ConfigurationError)
    expect(fake).toThrow(
      `fakeConversation(): ${name} must be a valid Date or null: for a date in text, pass new Date(text)${got}`,
    )
  })

  const date = new Date('2026-01-02T03:04:05Z')
  it.each<[string, () => unknown, string]>([
    [
      'fakeTwilioConversation',
      () => fakeTwilioConversation({ conversation_date_created: date } as object),
      'conversation_date_created',
    ],
    [
      'fakeTwilioConversation',
      () => fakeTwilioConversation({ conversation_timers: { date_closed: date } } as object),
      'conversation_timers.date_closed',
    ],
    ['fakeBirdConversation', () => fakeBirdConversation({ updatedAt: date } as object), 'updatedAt'],
    [
      'fakeConversation',
      () =>
        fakeConversation({ raw: { ...fakeTwilioConversation(), conversation_date_updated: date } } as object),
      'raw.conversation_date_updated',
    ],
  ])('refuse a Date where the provider sends text: %s %#', (call, fake, name) => {
    expect(fake).toThrow(ConfigurationError)
    expect(fake).toThrow(
      `${call}(): ${name} must be text, as the provider sends it: for a Date, pass date.toISOString()`,
    )
  })

  it('take text in raw that is no date, and null for any date', () => {
    const raw = fakeTwilioConversation({ conversation_date_created: 'soon', conversation_date_updated: null })
    expect(fakeConversation({ raw })).toMatchObject({ createdAt: null, updatedAt: null })
    const overrides = { createdAt: null, updatedAt: null, lastMessage: null }
    expect(fakeConversation({ provider: 'bird', ...overrides })).toMatchObject(overrides)
  })

  it('compile for a provider that is only known at run time', () => {
    for (const provider of ['twilio', 'bird'] as const) {
      const conversation = fakeConversation({ provider, title: 'Hello' })
      expectTypeOf(conversation).toEqualTypeOf<Conversation>()
      expect(conversation).toMatchObject({ provider, title: 'Hello' })
    }
  })

  it('have the public types, depending on the provider', () => {
    expectTypeOf(fakeTwilioConversation()).toEqualTypeOf<TwilioParticipantConversation>()
    expectTypeOf(fakeConversation()).toEqualTypeOf<TwilioConversation>()
    expectTypeOf(fakeConversation({ status: 'active' })).toEqualTypeOf<TwilioConversation>()
    expectTypeOf(fakeConversation({ provider: 'bird' })).toEqualTypeOf<BirdConversation>()
    // @ts-expect-error -- there is no such field
    fakeConversation({ titel: 'x' })
  })
})
