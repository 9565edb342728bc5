/** A page as Bird sends it. */
export type BirdPage = {
  total?: unknown
  totalType?: unknown
}

/** A conversation as Bird sends it. Properties that Bird does not document are kept. */
export type BirdConversationResource = {
  /** The id of the conversation. */
  id: string
  /** The name of the conversation; often empty. On an e-mail channel, the subject. */
  name?: string | null
  /** What the conversation is about; often empty. */
  description?: string | null
  /** The state of the conversation. */
  status?: 'active' | 'closed' | 'deleted' | (string & {}) | null
  /** Who can see the conversation. */
  visibility?: 'public' | 'private' | 'direct' | 'group' | (string & {}) | null
  /** Who can join the conversation. */
  accessibility?: 'open' | 'invite-only' | 'request-to-join' | 'private' | (string & {}) | null
  /** What kind of conversation it is. */
  style?:
    | 'default'
    | 'directMessage'
    | 'chatChannel'
    | 'personalInbox'
    | 'resource'
    | 'groupInbox'
    | (string & {})
    | null
  /** At most five. */
  featuredParticipants?: BirdParticipant[] | null
  /** Who started the conversation. */
  initiatingParticipant?: BirdParticipant | null
  /** How many participants are active. */
  activeParticipantCount?: number | null
  /** How many have asked to join and await approval. */
  pendingParticipantCount?: number | null
  /** The channel of the conversation, a UUID. */
  channelId?: string | null
  /** The newest message. */
  lastMessage?: BirdLastMessage | null
  /** RFC 3339. */
  lastMessageIncomingAt?: string | null
  /** RFC 3339. */
  lastMessageOutgoingAt?: string | null
  /** RFC 3339. */
  createdAt?: string | null
  /** RFC 3339. */
  updatedAt?: string | null
  /** How the channel groups messages. */
  platformStyle?:
    | 'direct'
    | 'email'
    | 'direct-multiple'
    | 'direct-threaded'
    | 'group-multiple'
    | (string & {})
    | null
  /** The application's own data. */
  attributes?: Record<string, unknown> | null
  /** A summary of the conversation. */
  summary?: string | null
  /** What the conversation began with, such as an advertisement. */
  referral?: BirdReferral | null
  /** Whether Bird takes the conversation for spam. */
  likelySpam?: boolean | null
  /** Why Bird takes it for spam. */
  likelySpamReason?: string | null
  /** The object that the conversation is about. */
  resource?: {
    /** The kind of object. */
    type?: string | null
    /** The id of the object. */
    id?: string | null
  } | null
  /** Whether there is a message that has not been sent. */
  hasDraft?: boolean | null
}

/** A participant of a conversation: a contact, or somebody on the business's side. */
export type BirdParticipant = BirdIdentifier & {
  /** The id; what it identifies depends on `type`: a contact, a user, an access key. */
  id?: string | null
  /** What kind of participant it is. */
  type?:
    | 'user'
    | 'contact'
    | 'agent'
    | 'flow'
    | 'bot'
    | 'accessKey'
    | 'channel'
    | 'connector'
    | 'collaborationAutomation'
    | (string & {})
    | null
  /** Whether the participant takes part already. */
  status?: 'pending' | 'invited' | 'active' | (string & {}) | null
  /** The name to show. */
  displayName?: string | null
  /** The URL of a picture; often empty. */
  avatarUrl?: string | null
  /** How a contact is reached. */
  contact?: BirdContact | null
}

/** What identifies a contact. Some participants have it at their top level. */
export type BirdIdentifier = {
  /** The kind of identifier, such as `phonenumber` or `emailaddress`. */
  identifierKey?: string | null
  /** The identifier, such as a phone number in E.164 form. */
  identifierValue?: string | null
}

/** The contact behind a participant. */
export type BirdContact = BirdIdentifier & {
  /** The address on the channel. */
  platformAddress?: string | null
  /** An expression that finds the address when a message is sent. */
  platformAddressSelector?: string | null
}

/** The newest message of a conversation. */
export type BirdLastMessage = {
  /** The id of the message, a UUID. */
  id?: string | null
  /** `text`, `html`, `image`, and so on. */
  type?: string | null
  /** The beginning of the message. */
  preview?: {
    /** Its text. */
    text?: string | null
  } | null
  /** The delivery status. */
  status?: string | null
  /** Who sent the message. */
  sender?: BirdParticipant | null
  /** Who receives the message. */
  recipients?: BirdRecipient[] | null
  /** Whether the message has not been sent yet. */
  draft?: boolean | null
  /** RFC 3339. */
  createdAt?: string | null
}

/** A recipient of a message. */
export type BirdRecipient = BirdContact & {
  /** The id of the recipient. */
  id?: string | null
  /** How an e-mail names the recipient. */
  type?: 'to' | 'cc' | 'bcc' | (string & {}) | null
  /** The contact's name. */
  contactAnnotation?: {
    /** The name. */
    name?: string | null
  } | null
  /** Whether the recipient is an inbox of the business. */
  isInbox?: boolean | null
}

/** The post or advertisement that a conversation began with. */
export type BirdReferral = {
  /** The URL of the post or advertisement. */
  sourceUrl?: string | null
  /** Its id on the channel. */
  sourceId?: string | null
  /** Whether it is a post or an advertisement. */
  sourceType?: string | null
  /** The URL of its picture or video. */
  mediaUrl?: string | null
  /** Whether it has a picture or a video. */
  mediaType?: string | null
  /** The caption of its media. */
  caption?: string | null
  /** Its headline. */
  title?: string | null
  /** Its text. */
  text?: string | null
  /** Whose post it is. */
  username?: string | null
  /** When it was published. */
  timestamp?: string | null
}
