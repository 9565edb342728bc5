/** Every status of the model. What a provider calls otherwise is `'unknown'`. */
export const CONVERSATION_STATUSES = ['active', 'inactive', 'closed', 'deleted', 'unknown'] as const

/**
 * The status of a conversation, with the same names on every provider. A status that the model does not know is
 * `'unknown'`; the provider's own word is in `raw`.
 *
 * @useDeclaredType
 */
export type ConversationStatus = (typeof CONVERSATION_STATUSES)[number]

/** The medium of a conversation. The list is open: providers add to it. */
export type ChannelType =
  | 'sms'
  | 'whatsapp'
  | 'messenger'
  | 'gbm'
  | 'email'
  | 'rcs'
  | 'apple'
  | 'chat'
  | (string & {})

/** What tells the participant of a conversation from a reference that is written by hand. */
export interface ListedParticipant {
  /** The provider that `id`, `identity` and `userId` belong to. */
  readonly provider: string
  /** Twilio: the address that a chat user has in a group MMS. */
  readonly projectedAddress: string | null
}

/**
 * A participant of a conversation. It can be passed as the `participant` of another listing: with the same provider, or
 * with another one if it has an address.
 */
export interface Participant extends ListedParticipant {
  /** The provider that `id`, `identity` and `userId` belong to. */
  provider: string
  /** Twilio: the participant SID (`MB…`), which differs in each conversation. Bird: the participant's id. */
  id: string | null
  /** Bird: `contact`, `user`, `agent`, and so on. Twilio: null. */
  type: string | null
  /** Bird: `active`, `pending` or `invited`. Twilio: null. */
  status: string | null
  /** The display name. */
  name: string | null
  /**
   * Phone number (E.164), e-mail address, id of a WhatsApp user or the channel's own address, without a prefix such as
   * `whatsapp:`.
   */
  address: string | null
  /** The channel of `address`. */
  channel: ChannelType | null
  /** Twilio: the identity of a chat user. */
  identity: string | null
  /** Twilio: the user SID (`US…`) of a chat user. */
  userId: string | null
  /** Twilio: the business's address that this participant sees. */
  proxyAddress: string | null
  /** Twilio: the address that a chat user has in a group MMS. */
  projectedAddress: string | null
  /** Bird: the key of the contact's identifier, such as `phonenumber`. */
  identifierKey: string | null
  /** Bird: the value of `identifierKey`. */
  identifierValue: string | null
}

/** The newest message of a conversation (Bird only). */
export interface LastMessage {
  /** The message's id. */
  id: string | null
  /** `text`, `html`, `image`, and so on. */
  type: string | null
  /** The beginning of the text. */
  text: string | null
  /** The delivery status: `accepted`, `sent`, `delivered`, `read`, and so on. */
  status: string | null
  /** Whether it has not been sent yet. */
  draft: boolean | null
  /** Who sent it. */
  sender: Participant | null
  /** When it was created. */
  createdAt: Date | null
}

/** The fields that a conversation has on every provider. Plain data: it can be cloned and turned into JSON. */
export interface ConversationFields {
  /** Twilio: the conversation SID (`CH…`). Bird: the conversation's id. */
  id: string
  /** Twilio: the friendly name. Bird: the name. null if it is empty. */
  title: string | null
  /** Twilio: a unique name that the application has set. Bird: null. */
  uniqueName: string | null
  /** Bird only. */
  description: string | null
  /** Twilio: the state. Bird: the status. */
  status: ConversationStatus
  /** The channel, and the business's side of it. */
  channel: {
    /** Bird: the channel's id. Twilio: null. */
    id: string | null
    /** The medium; null if the provider does not say. */
    type: ChannelType | null
    /**
     * The business's own number or address, which the participant writes to, without a prefix such as `whatsapp:`. Twilio: the
     * proxy address; null for chat. Bird: what `bird()` was told in `channelId`, since Bird does not return it, or null.
     */
    businessAddress: string | null
  }
  /** Twilio: the SID of the conversation service (`IS…`), which further requests to Twilio need. Bird: null. */
  serviceId: string | null
  /** The participant whose conversations are listed; null if the provider does not return it. */
  participant: Participant | null
  /** The participants that a listing returns: on Twilio the one whose conversations are listed, on Bird at most five. */
  participants: readonly Participant[]
  /** How many participants there are in all (Bird). */
  participantCount: {
    /** Those who take part. */
    active: number | null
    /** Those who have asked to join and await approval. */
    pending: number | null
  }
  /** Twilio: an identity. Bird: the id of the participant who started the conversation. */
  createdBy: string | null
  /** When the conversation was created. */
  createdAt: Date | null
  /** When the conversation was last changed. */
  updatedAt: Date | null
  /** The newest message (Bird). */
  lastMessage: LastMessage | null
  /** When the conversation becomes inactive or closed by itself (Twilio). */
  timers: {
    /** When the conversation becomes inactive. */
    inactiveAt: Date | null
    /** When the conversation is closed. */
    closedAt: Date | null
  }
  /** The application's own data; `{}` if it is not a JSON object, or on Twilio nested more than 100 levels deep. */
  attributes: Readonly<Record<string, unknown>>
}

/** A conversation of any adapter. */
export type AnyConversation = ConversationFields & {
  /** The name of the adapter. */
  provider: string
  /** The provider's own object. */
  raw: unknown
}
