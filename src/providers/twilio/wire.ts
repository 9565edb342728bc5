/**
 * A conversation as Twilio sends it, for one participant: the ParticipantConversation resource of Conversations v1.
 * Everything but the state may be null; what else Twilio sends is there too.
 */
export interface TwilioParticipantConversation {
  account_sid?: string | null
  chat_service_sid?: string | null
  participant_sid?: string | null
  participant_user_sid?: string | null
  participant_identity?: string | null
  participant_messaging_binding?: TwilioMessagingBinding | null
  conversation_sid?: string | null
  conversation_unique_name?: string | null
  conversation_friendly_name?: string | null
  /** A JSON text. */
  conversation_attributes?: string | null
  /** ISO 8601. */
  conversation_date_created?: string | null
  /** ISO 8601. */
  conversation_date_updated?: string | null
  conversation_created_by?: string | null
  conversation_state?: 'inactive' | 'active' | 'closed' | (string & {})
  /** `{}` where none are set. */
  conversation_timers?: { date_inactive?: string | null; date_closed?: string | null } | null
  links?: Record<string, string> | null
}

/** How a participant who is no chat user takes part. */
export interface TwilioMessagingBinding {
  type?: string | null
  /** With a prefix on some channels: `whatsapp:+12025550123`. */
  address?: string | null
  proxy_address?: string | null
  projected_address?: string | null
  name?: string | null
  level?: string | null
}
