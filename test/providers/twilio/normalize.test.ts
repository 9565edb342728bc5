import { describe, expect, it } from 'vitest'
import byAddress from '../../fixtures/twilio-by-address.json' with { type: 'json' }
import byIdentity from '../../fixtures/twilio-by-identity.json' with { type: 'json' }
import { fromTwilio, listFromTwilio } from '../../support/listing.ts'

const sid = 'CHaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'

describe("the examples in Twilio's documentation", () => {
  const common = {
    id: sid,
    provider: 'twilio',
    title: 'friendly_name',
    uniqueName: 'unique_name',
    description: null,
    status: 'inactive',
    serviceId: 'ISaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    participantCount: { active: null, pending: null },
    createdBy: 'created_by',
    createdAt: new Date('2015-07-30T20:00:00Z'),
    updatedAt: new Date('2015-07-30T20:00:00Z'),
    lastMessage: null,
    timers: {
      inactiveAt: new Date('2015-12-16T22:19:38Z'),
      closedAt: new Date('2015-12-16T22:28:38Z'),
    },
    attributes: {},
  }

  it('are mapped field by field: an address', async () => {
    const participant = {
      provider: 'twilio',
      id: 'MBaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
      type: null,
      status: null,
      name: null,
      address: '+375255555555',
      channel: 'sms',
      identity: null,
      userId: null,
      proxyAddress: '+12345678910',
      projectedAddress: null,
      identifierKey: null,
      identifierValue: null,
    }
    expect(await listFromTwilio(byAddress, { address: '+375255555555' })).toStrictEqual([
      {
        ...common,
        channel: { id: null, type: 'sms', businessAddress: '+12345678910' },
        participant,
        participants: [participant],
        raw: byAddress.conversations[0],
      },
    ])
  })

  it('are mapped field by field: an identity', async () => {
    const participant = {
      provider: 'twilio',
      id: 'MBaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
      type: null,
      status: null,
      name: null,
      address: null,
      channel: 'chat',
      identity: 'identity',
      userId: 'USaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
      proxyAddress: null,
      projectedAddress: null,
      identifierKey: null,
      identifierValue: null,
    }
    expect(await listFromTwilio(byIdentity, { identity: 'identity' })).toStrictEqual([
      {
        ...common,
        channel: { id: null, type: 'chat', businessAddress: null },
        participant,
        participants: [participant],
        raw: byIdentity.conversations[0],
      },
    ])
  })

  it('are mapped field by field: no conversations', async () => {
    expect(await listFromTwilio({ ...byIdentity, conversations: [] })).toEqual([])
  })
})

describe('a Twilio conversation', () => {
  it('needs only its SID', async () => {
    const conversation = await fromTwilio({ conversation_sid: sid })
    expect(conversation).toMatchObject({
      id: sid,
      title: null,
      uniqueName: null,
      status: 'unknown',
      channel: { id: null, type: null, businessAddress: null },
      serviceId: null,
      createdBy: null,
      createdAt: null,
      updatedAt: null,
      timers: { inactiveAt: null, closedAt: null },
      attributes: {},
      raw: { conversation_sid: sid },
    })
  })

  it('may have null for everything else, and keeps it in raw', async () => {
    const raw = Object.fromEntries(
      Object.keys(byAddress.conversations[0] ?? {}).map((name) => [
        name,
        name === 'conversation_sid' ? sid : null,
      ]),
    )
    const conversation = await fromTwilio(raw)
    const { raw: _, ...fromNothing } = await fromTwilio({ conversation_sid: sid })
    expect(conversation).toEqual({ ...fromNothing, raw })
  })

  it('may have values of undocumented types', async () => {
    const raw = Object.fromEntries(
      Object.keys(byAddress.conversations[0] ?? {}).map((name) => [
        name,
        name === 'conversation_sid' ? sid : [7],
      ]),
    )
    const conversation = await fromTwilio(raw)
    const { raw: _, ...fromNothing } = await fromTwilio({ conversation_sid: sid })
    expect(conversation).toEqual({ ...fromNothing, raw })
  })

  it('keeps undocumented fields in raw', async () => {
    const raw = { conversation_sid: sid, conversation_mood: { is: ['good'] }, conversation_state: 'active' }
    expect((await fromTwilio(raw)).raw).toStrictEqual(raw)
  })

  it('has null for an empty title', async () => {
    const raw = { conversation_sid: sid, conversation_friendly_name: '', conversation_unique_name: '' }
    expect(await fromTwilio(raw)).toMatchObject({ title: null, uniqueName: null, raw })
  })

  for (const [state, status] of Object.entries({
    active: 'active',
    inactive: 'inactive',
    closed: 'closed',
    initializing: 'unknown',
    deleted: 'unknown',
    ACTIVE: 'unknown',
    '': 'unknown',
  })) {
    it(`in the state ${JSON.stringify(state)} is ${status}, and keeps Twilio's value in raw`, async () => {
      const conversation = await fromTwilio({ conversation_sid: sid, conversation_state: state })
      expect(conversation).toMatchObject({ status, raw: { conversation_state: state } })
    })
  }

  const dates: Record<string, string | null> = {
    '2024-02-29T00:00:00Z': '2024-02-29T00:00:00.000Z',
    '2023-02-29T00:00:00Z': null,
    '2024-04-31T00:00:00Z': null,
    '2024-02-29T12:00:00Z': '2024-02-29T12:00:00.000Z',
    '2024-02-29T12:00:00.123456Z': '2024-02-29T12:00:00.123Z',
    '2024-02-29T12:00:00+02:00': '2024-02-29T10:00:00.000Z',
    '0000-00-00T00:00:00Z': null,
    '2024-13-01T00:00:00Z': null,
    'soon 12': null,
    yesterday: null,
    '1': null,
    '': null,
  }
  for (const [text, expected] of Object.entries(dates)) {
    it(`with the date ${JSON.stringify(text)} has ${expected}`, async () => {
      const { createdAt, updatedAt, timers } = await fromTwilio({
        conversation_sid: sid,
        conversation_date_created: text,
        conversation_date_updated: text,
        conversation_timers: { date_inactive: text, date_closed: text },
      })
      for (const date of [createdAt, updatedAt, timers.inactiveAt, timers.closedAt]) {
        expect(date?.toISOString() ?? null).toBe(expected)
      }
    })
  }

  it('may have one timer or none', async () => {
    const timers = async (value: unknown) =>
      (await fromTwilio({ conversation_sid: sid, conversation_timers: value })).timers
    expect(await timers({})).toEqual({ inactiveAt: null, closedAt: null })
    expect(await timers({ date_closed: '2024-01-01T00:00:00Z' })).toEqual({
      inactiveAt: null,
      closedAt: new Date('2024-01-01T00:00:00Z'),
    })
  })

  const attributes: Record<string, object> = {
    '{"a":{"b":[1,null]}}': { a: { b: [1, null] } },
    '{}': {},
    '': {},
    '{': {},
    '[1]': {},
    '"text"': {},
    '7': {},
    null: {},
    'not json': {},
  }
  for (const [text, expected] of Object.entries(attributes)) {
    it(`with the attributes ${text || '""'} has ${JSON.stringify(expected)}`, async () => {
      const raw = { conversation_sid: sid, conversation_attributes: text }
      expect(await fromTwilio(raw)).toMatchObject({ raw })
      expect((await fromTwilio(raw)).attributes).toStrictEqual(expected)
    })
  }

  it('has attributes up to a depth of 100, which can always be cloned and serialized', async () => {
    const nested = (depth: number, open: string, close: string) =>
      `{"a":${open.repeat(depth - 1)}${close.repeat(depth - 1)}}`
    const attributesFor = async (text: string) => {
      const conversation = await fromTwilio({ conversation_sid: sid, conversation_attributes: text })
      expect(structuredClone(conversation)).toStrictEqual(conversation)
      expect(JSON.stringify(conversation)).toContain(JSON.stringify(text))
      return conversation.attributes
    }
    expect(await attributesFor(nested(100, '[', ']'))).toStrictEqual(JSON.parse(nested(100, '[', ']')))
    expect(await attributesFor(nested(101, '[', ']'))).toEqual({})
    expect(await attributesFor(nested(8000, '[', ']'))).toEqual({})
    expect(await attributesFor(`{"a":${'{"b":'.repeat(3000)}1${'}'.repeat(3000)}}`)).toEqual({})
  })

  it('with an attribute named __proto__ does not change a prototype', async () => {
    const raw = { conversation_sid: sid, conversation_attributes: '{"__proto__":{"polluted":true}}' }
    expect(Object.getPrototypeOf((await fromTwilio(raw)).attributes)).toBe(Object.prototype)
    expect({}).not.toHaveProperty('polluted')
  })
})
