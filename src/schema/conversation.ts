import * as z from 'zod/v4'
import type { Conversation } from '../index.ts'
import { CONVERSATION_STATUSES } from '../model/conversation.ts'
import { participantSchema, participants } from './participant.ts'
import { rawBird } from './raw-bird.ts'
import { rawTwilio } from './raw-twilio.ts'
import { nullableDate, nullableNumber, nullableText } from './scalars.ts'

/**
 * A conversation of any provider, custom adapters included, as it is stored or received. Dates are ISO 8601 strings
 * or `Date`s, and become `Date`s. Unknown properties are removed, except in `raw` and `attributes`.
 *
 * @example
 * // Conversations that are stored without the provider's own object:
 * const storedSchema = anyConversationSchema.omit({ raw: true })
 */
export const anyConversationSchema = z.object({
  id: z.string().min(1),
  provider: z.string(),
  title: nullableText,
  uniqueName: nullableText,
  description: nullableText,
  status: z.enum(CONVERSATION_STATUSES),
  channel: z.object({ id: nullableText, type: nullableText, businessAddress: nullableText }),
  serviceId: nullableText,
  participant: participantSchema.nullable(),
  participants,
  participantCount: z.object({ active: nullableNumber, pending: nullableNumber }),
  createdBy: nullableText,
  createdAt: nullableDate,
  updatedAt: nullableDate,
  lastMessage: z
    .object({
      id: nullableText,
      type: nullableText,
      text: nullableText,
      status: nullableText,
      draft: z.boolean().nullable(),
      sender: participantSchema.nullable(),
      createdAt: nullableDate,
    })
    .nullable(),
  timers: z.object({ inactiveAt: nullableDate, closedAt: nullableDate }),
  // Not z.record(), which takes an object with a property `constructor` for an instance of a class.
  attributes: z.looseObject({}),
  raw: z.unknown(),
})

/**
 * A `TwilioConversation`, as it is stored or received. `raw` is checked as a listing checks it: it is an object with a
 * `conversation_sid`. To check its other properties too, use `twilioParticipantConversationSchema`.
 *
 * @example
 * const strictSchema = twilioConversationSchema.extend({ raw: twilioParticipantConversationSchema })
 */
export const twilioConversationSchema = anyConversationSchema.extend({
  provider: z.literal('twilio'),
  raw: rawTwilio,
})

/**
 * A `BirdConversation`, as it is stored or received. `raw` is checked as a listing checks it: it is an object with an
 * `id`. To check its other properties too, use `birdConversationResourceSchema`.
 *
 * @example
 * const strictSchema = birdConversationSchema.extend({ raw: birdConversationResourceSchema })
 */
export const birdConversationSchema = anyConversationSchema.extend({
  provider: z.literal('bird'),
  raw: rawBird,
})

/**
 * A `Conversation` on either provider, as it is stored or received. It accepts every conversation that a listing yields,
 * also after `JSON.stringify()` and `JSON.parse()`, and returns it with its dates.
 *
 * @throws {z.ZodError} `parse()`: if the value is not a conversation. Each issue has the path of what is wrong.
 *
 * @example
 * const conversation = conversationSchema.parse(JSON.parse(text))
 *
 * @example
 * const jsonSchema = z.toJSONSchema(conversationSchema, { io: 'input' })
 */
export const conversationSchema: z.ZodType<
  Conversation,
  z.input<typeof twilioConversationSchema> | z.input<typeof birdConversationSchema>
> = z.discriminatedUnion('provider', [twilioConversationSchema, birdConversationSchema], {
  error: ({ code }) =>
    code === 'invalid_union' ? 'Invalid provider: expected "twilio" or "bird"' : undefined,
})
