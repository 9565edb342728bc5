import fc from 'fast-check'
import {
  anyConversationSchema,
  birdConversationResourceSchema,
  birdConversationSchema,
  conversationSchema,
  participantSchema,
  twilioConversationSchema,
  twilioParticipantConversationSchema,
} from 'participant-conversations/schema'
import { fakeConversation, fakeTwilioConversation } from 'participant-conversations/testing'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { birdObject, documented, twilioObject } from './wire-objects.ts'

const stored = (overrides: object = {}): unknown => ({ ...json(fakeConversation()), ...overrides })

function json(value: unknown): object {
  return JSON.parse(JSON.stringify(value))
}

/** Without the one name that zod removes, at any depth. */
function withoutProto(value: object): object {
  return JSON.parse(JSON.stringify(value), (name, inner) => (name === '__proto__' ? undefined : inner))
}

/** What is said about the first thing that is wrong. */
function problemWith(value: unknown, schema: z.ZodType = conversationSchema): string {
  const [issue] = schema.safeParse(value).error?.issues ?? []
  return `${issue?.path.join('.')}: ${issue?.message}`
}

describe('conversationSchema', () => {
  it('tells the providers apart', () => {
    const conversation = conversationSchema.parse(
      json(fakeConversation({ provider: 'bird', title: 'Hello' })),
    )
    expect(conversation.provider === 'bird' && conversation.raw.name).toBe('Hello')
  })

  it('takes dates with any offset, and Dates', () => {
    const createdAt = '2024-05-01T14:00:00+02:00'
    const updatedAt = new Date('2024-05-01T12:00:00Z')
    const conversation = conversationSchema.parse(stored({ createdAt, updatedAt }))
    expect(conversation.createdAt).toEqual(updatedAt)
    expect(conversation.updatedAt).toEqual(updatedAt)
  })

  it.each([
    [null, ': Invalid input: expected object, received null'],
    ['text', ': Invalid input: expected object, received string'],
    [{}, 'provider: Invalid provider: expected "twilio" or "bird"'],
    [stored({ provider: 'sinch' }), 'provider: Invalid provider: expected "twilio" or "bird"'],
    [stored({ id: '' }), 'id: Too small: expected string to have >=1 characters'],
    [stored({ title: undefined }), 'title: Invalid input: expected string, received undefined'],
    [stored({ serviceId: undefined }), 'serviceId: Invalid input: expected string, received undefined'],
    [
      stored({ channel: { id: null, type: null } }),
      'channel.businessAddress: Invalid input: expected string, received undefined',
    ],
    [stored({ raw: undefined }), 'raw: Invalid input: expected object, received undefined'],
    [stored({ raw: {} }), 'raw.conversation_sid: Invalid input: expected string, received undefined'],
    [
      stored({ participants: [{}] }),
      'participants.0.provider: Invalid input: expected string, received undefined',
    ],
  ])('says what is wrong with %j', (value, problem) => {
    expect(problemWith(value)).toBe(problem)
  })

  it.each([
    ...['yesterday', '2024-02-30T12:00:00Z', '2024-02-01T12:00:00', '2024-02-01', '', 1700000000000],
    ...[new Date(Number.NaN), undefined],
  ])('takes no %j for a date', (createdAt) => {
    expect(problemWith(stored({ createdAt }))).toBe(
      'createdAt: Invalid date: expected a valid Date or an ISO 8601 string with a time zone',
    )
  })

  it('removes properties that the model does not have, and keeps those of the provider', () => {
    const raw = { ...fakeTwilioConversation(), new_property: 1 }
    const conversation = conversationSchema.parse(stored({ raw, position: 1 }))
    expect(conversation).not.toHaveProperty('position')
    expect(conversation.raw).toEqual(raw)
  })

  it('accepts what Twilio or Bird may send one day in place of what they document', () => {
    const raw = { ...fakeTwilioConversation(), conversation_friendly_name: { text: 'Hello' } }
    expect(conversationSchema.parse(stored({ raw })).raw).toEqual(raw)
    const strict = twilioConversationSchema.extend({ raw: twilioParticipantConversationSchema })
    expect(problemWith(stored({ raw }), strict)).toBe(
      'raw.conversation_friendly_name: Invalid input: expected string, received object',
    )
  })

  it('can be part of a schema', () => {
    const page = z.object({ items: z.array(conversationSchema), nextCursor: z.string().nullable() })
    expect(page.parse({ items: [stored()], nextCursor: null }).items[0]?.createdAt).toBeInstanceOf(Date)
  })
})

it('anyConversationSchema takes conversations of any adapter, and can leave the provider’s object out', () => {
  const { raw, ...conversation } = fakeConversation({ provider: 'bird' })
  const own = { ...conversation, provider: 'own' }
  expect(anyConversationSchema.parse(json({ ...own, raw: 'anything' }))).toEqual({ ...own, raw: 'anything' })
  expect(anyConversationSchema.omit({ raw: true }).parse(json({ ...own, raw }))).toEqual(own)
})

it('birdConversationSchema and twilioConversationSchema take those of their provider only', () => {
  expect(birdConversationSchema.safeParse(stored()).success).toBe(false)
  expect(twilioConversationSchema.safeParse(stored()).success).toBe(true)
})

it('a participant comes back as it was', () => {
  const { participant } = fakeConversation()
  expect(participantSchema.parse(json(participant))).toEqual(participant)
})

describe('the schema of a provider’s own object', () => {
  it.each([
    ['Twilio', twilioParticipantConversationSchema, twilioObject(documented), 'conversation_sid'],
    ['Bird', birdConversationResourceSchema, birdObject(documented), 'id'],
  ] as const)('takes whatever %s documents, unchanged', (_, schema, objects, id) => {
    fc.assert(
      fc.property(objects, (object) => {
        const sent = withoutProto(json({ ...object, [id]: 'c-1' }))
        expect(schema.parse(sent)).toEqual(sent)
      }),
      { numRuns: 300 },
    )
  })

  it('removes a property called __proto__ from what may have any property', () => {
    const sent = JSON.parse('{"id":"c-1","attributes":{"__proto__":{"isAdmin":true},"topic":"billing"}}')
    expect(birdConversationResourceSchema.parse(sent)).toEqual({
      id: 'c-1',
      attributes: { topic: 'billing' },
    })
  })

  it('refuses another type in any place', () => {
    expect(twilioParticipantConversationSchema.safeParse({ conversation_timers: [] }).success).toBe(false)
    expect(twilioParticipantConversationSchema.safeParse({ conversation_state: null }).success).toBe(false)
    expect(birdConversationResourceSchema.safeParse({ name: 'Without an id' }).success).toBe(false)
    const lastMessage = { sender: { contact: { identifierKey: 1 } } }
    expect(problemWith({ id: 'c-1', lastMessage }, birdConversationResourceSchema)).toBe(
      'lastMessage.sender.contact.identifierKey: Invalid input: expected string, received number',
    )
  })
})

describe('JSON Schema', () => {
  it('has dates as text, and requires every property', () => {
    const { properties, required } = z.toJSONSchema(twilioConversationSchema, { io: 'input' })
    expect(properties?.createdAt).toEqual({
      anyOf: [{ type: 'string', format: 'date-time', pattern: expect.any(String) }, { type: 'null' }],
    })
    expect(new Set(required)).toEqual(new Set(Object.keys(fakeConversation())))
  })

  it.each([
    ...[anyConversationSchema, birdConversationSchema, participantSchema],
    ...[birdConversationResourceSchema, twilioParticipantConversationSchema],
  ])('exists for every schema', (schema) => {
    expect(z.toJSONSchema(schema, { io: 'input' })).toHaveProperty('type', 'object')
  })
})
