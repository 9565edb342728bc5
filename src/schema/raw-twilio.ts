import * as z from 'zod/v4'
import type { TwilioParticipantConversation } from '../twilio.ts'
import { schemaOf } from './same-type.ts'

/** What a listing checks. Twilio may send anything else, and `raw` holds it as it is. */
export const rawTwilio: z.ZodType<TwilioParticipantConversation, TwilioParticipantConversation> =
  z.looseObject({
    conversation_sid: z.string().min(1),
  })

const text = z.string().nullish()

/**
 * A `TwilioParticipantConversation`: a conversation as Twilio sends it, with every property that Twilio documents. Each
 * may be missing; properties that are not documented are kept.
 *
 * @example
 * const { conversations } = z.object({ conversations: z.array(twilioParticipantConversationSchema) }).parse(body)
 */
export const twilioParticipantConversationSchema = schemaOf<TwilioParticipantConversation>()(
  z.looseObject({
    account_sid: text,
    chat_service_sid: text,
    participant_sid: text,
    participant_user_sid: text,
    participant_identity: text,
    participant_messaging_binding: z
      .looseObject({
        type: text,
        address: text,
        proxy_address: text,
        projected_address: text,
        name: text,
        level: text,
      })
      .nullish(),
    conversation_sid: text,
    conversation_unique_name: text,
    conversation_friendly_name: text,
    conversation_attributes: text,
    conversation_date_created: text,
    conversation_date_updated: text,
    conversation_created_by: text,
    conversation_state: z.string().optional(),
    conversation_timers: z.looseObject({ date_inactive: text, date_closed: text }).nullish(),
    links: z.record(z.string(), z.string()).nullish(),
  }),
)
