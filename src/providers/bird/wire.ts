import * as z from 'zod/mini'

/** Checks what a listing depends on. `normalise` reads the rest leniently. */
export const birdPage: z.ZodMiniType<BirdPage, BirdPage> = z.object({
  // null in place of an empty list is tolerated.
  results: z.nullable(z.array(z.object({ id: z.string().check(z.refine((id) => id !== '')) }))),
  nextPageToken: z.nullish(z.string()),
})

/** A page as Bird sends it. */
type BirdPage = {
  results: BirdConversationResource[] | null
  nextPageToken?: string | null | undefined
  total?: unknown
  totalType?: unknown
}

/** A conversation as Bird sends it. Properties that Bird does not document are kept. */
export type BirdConversationResource = {
  id: string
  name?: string | null
  description?: string | null
  status?: 'active' | 'closed' | 'deleted' | (string & {}) | null
  visibility?: 'public' | 'private' | 'direct' | 'group' | (string & {}) | null
  accessibility?: 'open' | 'invite-only' | 'request-to-join' | 'private' | (string & {}) | null
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
  initiatingParticipant?: BirdParticipant | null
  activeParticipantCount?: number | null
  pendingParticipantCount?: number | null
  channelId?: string | null
  lastMessage?: BirdLastMessage | null
  /** RFC 3339. */
  lastMessageIncomingAt?: string | null
  /** RFC 3339. */
  lastMessageOutgoingAt?: string | null
  /** RFC 3339. */
  createdAt?: string | null
  /** RFC 3339. */
  updatedAt?: string | null
  platformStyle?:
    | 'direct'
    | 'email'
    | 'direct-multiple'
    | 'direct-threaded'
    | 'group-multiple'
    | (string & {})
    | null
  attributes?: Record<string, unknown> | null
  summary?: string | null
  referral?: BirdReferral | null
  likelySpam?: boolean | null
  likelySpamReason?: string | null
  resource?: { type?: string | null; id?: string | null } | null
  hasDraft?: boolean | null
}

/** A participant of a conversation: a contact, or somebody on the business's side. */
export type BirdParticipant = BirdIdentifier & {
  id?: string | null
  type?: 'user' | 'contact' | 'agent' | 'flow' | 'bot' | 'accessKey' | 'channel' | (string & {}) | null
  status?: 'pending' | 'invited' | 'active' | (string & {}) | null
  displayName?: string | null
  avatarUrl?: string | null
  contact?: BirdContact | null
}

/** What identifies a contact. Some participants have it at their top level. */
export type BirdIdentifier = {
  identifierKey?: string | null
  identifierValue?: string | null
}

/** The contact behind a participant. */
export type BirdContact = BirdIdentifier & {
  platformAddress?: string | null
  platformAddressSelector?: string | null
}

/** The newest message of a conversation. */
export type BirdLastMessage = {
  id?: string | null
  type?: string | null
  preview?: { text?: string | null } | null
  status?: string | null
  sender?: BirdParticipant | null
  recipients?: BirdRecipient[] | null
  draft?: boolean | null
  /** RFC 3339. */
  createdAt?: string | null
}

/** A recipient of a message. */
export type BirdRecipient = BirdContact & {
  id?: string | null
  type?: 'to' | 'cc' | 'bcc' | (string & {}) | null
  contactAnnotation?: { name?: string | null } | null
  isInbox?: boolean | null
}

/** The post or advertisement that a conversation began with. */
export type BirdReferral = {
  sourceUrl?: string | null
  sourceId?: string | null
  sourceType?: string | null
  mediaUrl?: string | null
  mediaType?: string | null
  caption?: string | null
  title?: string | null
  text?: string | null
  username?: string | null
  timestamp?: string | null
}
