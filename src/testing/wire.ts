/** What both providers put on the wire, written from their OpenAPI documents for those who write test data. */

/** An enum that providers extend without notice: editors suggest the known values, any string is taken. */
type Open<Known extends string> = Known | (string & {})

/** One entry of `conversations` in an answer of Twilio's ParticipantConversations. Its document requires no field. */
export interface TwilioWireConversation {
  conversation_sid: string | null
  conversation_state: Open<'inactive' | 'active' | 'closed'>
  account_sid?: string | null
  chat_service_sid?: string | null
  participant_sid?: string | null
  participant_user_sid?: string | null
  /** Set for chat users, who have no messaging binding. */
  participant_identity?: string | null
  participant_messaging_binding?: TwilioWireMessagingBinding | null
  conversation_unique_name?: string | null
  conversation_friendly_name?: string | null
  /** JSON in a string. */
  conversation_attributes?: string | null
  conversation_date_created?: string | null
  conversation_date_updated?: string | null
  conversation_created_by?: string | null
  /** `{}` where no timer is set. */
  conversation_timers?: { date_inactive?: string | null; date_closed?: string | null } | null
  links?: { participant?: string; conversation?: string } | null
}

export interface TwilioWireMessagingBinding {
  type?: Open<'sms' | 'whatsapp' | 'messenger' | 'gbm' | 'email' | 'rcs' | 'apple' | 'chat'> | null
  /** With its prefix, as in `whatsapp:+12025550123`. */
  address?: string | null
  proxy_address?: string | null
  projected_address?: string | null
  name?: string | null
  level?: string | null
}

/** One entry of `results` in an answer of Bird's participant conversations. */
export interface BirdWireConversation {
  id: string
  name: string
  status: Open<'active' | 'closed' | 'deleted'>
  visibility: Open<'public' | 'private' | 'direct' | 'group'>
  accessibility: Open<'open' | 'invite-only' | 'request-to-join' | 'private'>
  channelId: string
  /** Five at most. */
  featuredParticipants: readonly BirdWireParticipant[]
  activeParticipantCount: number
  createdAt: string
  updatedAt: string
  platformStyle: Open<'direct' | 'email' | 'direct-multiple' | 'direct-threaded' | 'group-multiple'>
  description?: string
  style?: Open<'default' | 'directMessage' | 'chatChannel' | 'personalInbox' | 'resource' | 'groupInbox'>
  initiatingParticipant?: BirdWireParticipant
  pendingParticipantCount?: number
  lastMessage?: BirdWireLastMessage
  lastMessageIncomingAt?: string | null
  lastMessageOutgoingAt?: string | null
  attributes?: Record<string, unknown> | null
  summary?: string
  referral?: BirdWireReferral
  likelySpam?: boolean
  likelySpamReason?: string
  resource?: BirdWireResource | null
  hasDraft?: boolean
}

export interface BirdWireParticipant {
  id: string
  type: Open<
    | 'user'
    | 'contact'
    | 'agent'
    | 'flow'
    | 'bot'
    | 'accessKey'
    | 'channel'
    | 'connector'
    | 'collaborationAutomation'
  >
  status?: Open<'pending' | 'invited' | 'active'>
  displayName?: string
  avatarUrl?: string
  contact?: BirdWireContact
  /** Not documented at this level, but some answers have the identifier here rather than in `contact`. */
  identifierKey?: string
  identifierValue?: string
}

export interface BirdWireContact {
  identifierKey?: string
  identifierValue?: string
  platformAddress?: string
  platformAddressSelector?: string
}

export interface BirdWireLastMessage {
  id: string
  status: Open<
    'accepted' | 'processing' | 'sent' | 'sending_failed' | 'delivered' | 'delivery_failed' | 'deleted'
  >
  preview: { text: string }
  createdAt: string
  type?: Open<
    | 'text'
    | 'html'
    | 'image'
    | 'file'
    | 'gif'
    | 'location'
    | 'carousel'
    | 'list'
    | 'section'
    | 'authentication'
    | 'template'
    | 'action'
  >
  sender?: BirdWireParticipant | null
  recipients?: readonly BirdWireRecipient[] | null
  draft?: boolean
}

export interface BirdWireRecipient extends BirdWireContact {
  id: string
  type: Open<'to' | 'cc' | 'bcc'>
  contactAnnotation?: { name?: string | null }
  isInbox?: boolean
}

export interface BirdWireReferral {
  sourceUrl?: string
  sourceId?: string
  sourceType?: string
  mediaUrl?: string
  mediaType?: string
  caption?: string
  title?: string
  text?: string
  username?: string
  timestamp?: string
}

export interface BirdWireResource {
  type?: Open<
    | 'task'
    | 'task-conversation'
    | 'reimbursement'
    | 'expense'
    | 'sales-lead'
    | 'sales-opportunity'
    | 'sales-account'
    | 'project'
  >
  id?: string
}
