import * as z from 'zod/mini'

/** Checks what a listing depends on, apart from the conversations. The page itself names its list. */
export const twilioPage: z.ZodMiniType<TwilioPage, TwilioPage> = z.looseObject({
  meta: z.nullish(z.object({ key: z.nullish(z.string()), next_page_url: z.nullish(z.string()) })),
})

/** A page as Twilio sends it. */
export type TwilioPage = {
  meta?: { key?: string | null | undefined; next_page_url?: string | null | undefined } | null | undefined
  [list: string]: unknown
}

/**
 * A conversation as Twilio sends it, for one participant: the ParticipantConversation resource of Conversations v1.
 * Everything but the state may be null. Properties that Twilio does not document are kept.
 */
export type TwilioParticipantConversation = {
  /** The account, `AC…`. */
  account_sid?: string | null
  /** The conversation service, `IS…`. */
  chat_service_sid?: string | null
  /** The participant in this conversation, `MB…`. */
  participant_sid?: string | null
  /** The user behind a chat participant, `US…`. */
  participant_user_sid?: string | null
  /** The identity of a chat participant. */
  participant_identity?: string | null
  /** How a participant who is no chat user takes part; null for chat users. */
  participant_messaging_binding?: TwilioMessagingBinding | null
  /** The conversation, `CH…`. */
  conversation_sid?: string | null
  /** A name that the application has set, unique in the service. */
  conversation_unique_name?: string | null
  /** A name to show. */
  conversation_friendly_name?: string | null
  /** JSON in a string. */
  conversation_attributes?: string | null
  /** ISO 8601. */
  conversation_date_created?: string | null
  /** ISO 8601. */
  conversation_date_updated?: string | null
  /** The identity of the creator. */
  conversation_created_by?: string | null
  /** The state; the one property that is never null. */
  conversation_state?: 'inactive' | 'active' | 'closed' | (string & {})
  /** `{}` if no timers are set. */
  conversation_timers?: {
    /** When the conversation becomes inactive: ISO 8601. */
    date_inactive?: string | null
    /** When the conversation is closed: ISO 8601. */
    date_closed?: string | null
  } | null
  /** The URLs of the participant and of the conversation. */
  links?: Record<string, string> | null
}

/** How a participant who is not a chat user takes part. */
export type TwilioMessagingBinding = {
  /** The channel: `sms`, `whatsapp`, and so on. */
  type?: string | null
  /** Has a prefix on some channels: `whatsapp:+12025550123`. */
  address?: string | null
  /** The business's address that the participant sees. */
  proxy_address?: string | null
  /** The address that a chat user has in a group MMS. */
  projected_address?: string | null
  /** The name of the participant. */
  name?: string | null
  /** The level of the address on the channel. */
  level?: string | null
}
