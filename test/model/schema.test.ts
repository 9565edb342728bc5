import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { fromBird, fromTwilio } from '../support/listing.ts'

/** The documented model, strictly: every field with its type, and no others. */
const nullableText = z.string().min(1).nullable()
const nullableDate = z.date().nullable()
const nullableCount = z.number().nonnegative().nullable()

const participant = z.strictObject({
  provider: z.string(),
  id: nullableText,
  type: nullableText,
  status: nullableText,
  name: nullableText,
  address: nullableText,
  channel: nullableText,
  identity: nullableText,
  userId: nullableText,
  proxyAddress: nullableText,
  projectedAddress: nullableText,
  identifierKey: nullableText,
  identifierValue: nullableText,
})

const conversation = z.strictObject({
  provider: z.enum(['twilio', 'bird']),
  id: z.string().min(1),
  title: nullableText,
  uniqueName: nullableText,
  description: nullableText,
  status: z.enum(['active', 'inactive', 'closed', 'deleted', 'unknown']),
  channel: z.strictObject({ id: nullableText, type: nullableText, businessAddress: nullableText }),
  serviceId: nullableText,
  participant: participant.nullable(),
  participants: z.array(participant),
  participantCount: z.strictObject({ active: nullableCount, pending: nullableCount }),
  createdBy: nullableText,
  createdAt: nullableDate,
  updatedAt: nullableDate,
  lastMessage: z
    .strictObject({
      id: nullableText,
      type: nullableText,
      text: nullableText,
      status: nullableText,
      draft: z.boolean().nullable(),
      sender: participant.nullable(),
      createdAt: nullableDate,
    })
    .nullable(),
  timers: z.strictObject({ inactiveAt: nullableDate, closedAt: nullableDate }),
  attributes: z.record(z.string(), z.unknown()),
  raw: z.looseObject({}),
})

/** Any JSON value, often one that is plausible in a conversation. */
const anything = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(
    '',
    '+12025550123',
    'whatsapp:+12025550123',
    '2024-02-29T12:00:00Z',
    'email',
    'emailaddress',
    'whatsappbsuid',
    'whatsapp:US.13490000055302741918',
    '[whatsapp:+12025550123]',
  ),
)
const objectOf = (...names: string[]): fc.Arbitrary<object> =>
  fc.record(Object.fromEntries(names.map((name) => [name, anything])), { requiredKeys: [] })

const birdParticipant = fc.oneof(
  anything,
  fc.record(
    {
      id: anything,
      displayName: anything,
      contact: objectOf('identifierKey', 'identifierValue', 'platformAddress'),
    },
    { requiredKeys: [] },
  ),
)

describe('a conversation fits the model, whatever the provider omits or gets wrong,', () => {
  it('on Twilio', async () => {
    const fields = [
      ...['participant_sid', 'participant_user_sid', 'participant_identity', 'conversation_unique_name'],
      ...[
        'conversation_friendly_name',
        'conversation_attributes',
        'conversation_date_created',
        'conversation_state',
      ],
      ...[
        'conversation_date_updated',
        'conversation_created_by',
        'chat_service_sid',
        'links',
        'something_new',
      ],
    ]
    const binding = objectOf('type', 'address', 'proxy_address', 'projected_address', 'name')
    const raws = fc.tuple(
      objectOf(...fields),
      fc.oneof(anything, binding),
      fc.oneof(anything, objectOf('date_closed')),
    )
    await fc.assert(
      fc.asyncProperty(raws, async ([raw, participant_messaging_binding, conversation_timers]) => {
        const sent = { ...raw, participant_messaging_binding, conversation_timers, conversation_sid: 'CH1' }
        const normalized = await fromTwilio(sent)
        expect(conversation.safeParse(normalized).error?.issues).toBeUndefined()
        expect(normalized.raw).toEqual(JSON.parse(JSON.stringify(sent)))
      }),
    )
  })

  it('on Bird', async () => {
    const fields = [
      ...['name', 'description', 'status', 'activeParticipantCount', 'pendingParticipantCount', 'channelId'],
      ...['createdAt', 'updatedAt', 'platformStyle', 'attributes', 'somethingNew'],
    ]
    const message = objectOf('id', 'type', 'preview', 'status', 'draft', 'sender', 'createdAt')
    const raws = fc.tuple(
      objectOf(...fields),
      fc.oneof(anything, fc.array(birdParticipant)),
      birdParticipant,
      message,
    )
    await fc.assert(
      fc.asyncProperty(raws, async ([raw, featuredParticipants, initiatingParticipant, lastMessage]) => {
        const sent = { ...raw, featuredParticipants, initiatingParticipant, lastMessage, id: 'c-1' }
        const normalized = await fromBird(sent)
        expect(conversation.safeParse(normalized).error?.issues).toBeUndefined()
        expect(normalized.raw).toEqual(JSON.parse(JSON.stringify(sent)))
      }),
    )
  })
})
