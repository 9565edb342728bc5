/**
 * Where a conversation stands, in the words of the model. A status the model does not know is `'unknown'`;
 * the provider's own word is then in `raw`.
 */
export type ConversationStatus = 'active' | 'inactive' | 'closed' | 'deleted' | 'unknown'

/** Every status of the model. */
export const CONVERSATION_STATUSES: readonly ConversationStatus[] = [
  'active',
  'inactive',
  'closed',
  'deleted',
  'unknown',
]

export function isStatus(value: unknown): value is ConversationStatus {
  return CONVERSATION_STATUSES.some((status) => status === value)
}

/** Whether it is an array of at least one status, and of nothing else. */
export function areStatuses(value: unknown): value is readonly ConversationStatus[] {
  return Array.isArray(value) && value.length > 0 && value.every(isStatus)
}

/** The medium of a conversation. The list is open: a provider may add to it at any time. */
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

/**
 * Someone in a conversation. It can be passed back as the `participant` of another listing, to its own provider
 * or, where it has an address, to another one.
 */
export interface Participant {
  /** The provider that `id`, `identity` and `userId` belong to. */
  provider: string
  /** Twilio: the participant SID (`MB…`), another one in each conversation. Bird: the participant's id. */
  id: string | null
  /** Bird: `contact`, `user`, `agent`, and so on. Twilio: null. */
  type: string | null
  /** Bird: `active`, `pending` or `invited`. Twilio: null. */
  status: string | null
  /** The display name, where the provider tells one. */
  name: string | null
  /** Phone number (E.164), e-mail address or the channel's own address, without a prefix such as `whatsapp:`. */
  address: string | null
  /** The channel of `address`, where the provider tells it. */
  channel: ChannelType | null
  /** Twilio: the identity of a chat user. */
  identity: string | null
  /** Twilio: the user SID (`US…`) of a chat user. */
  userId: string | null
  /** Twilio: the address that stands in for the business towards this participant. */
  proxyAddress: string | null
  /** Twilio: the address that a chat user has in a group MMS. */
  projectedAddress: string | null
  /** Bird: the key that the contact is known by, such as `phonenumber`. */
  identifierKey: string | null
  /** Bird: the value of `identifierKey`. */
  identifierValue: string | null
}

/** The newest message of a conversation, as far as a listing tells (Bird only). */
export interface LastMessage {
  id: string | null
  /** `text`, `html`, `image`, and so on. */
  type: string | null
  /** The beginning of the text. */
  text: string | null
  /** The state of delivery: `accepted`, `sent`, `delivered`, `read`, and so on. */
  status: string | null
  draft: boolean | null
  sender: Participant | null
  createdAt: Date | null
}

/** What a conversation has on every provider. Plain data: it can be cloned and turned into JSON. */
export interface ConversationFields {
  /** Twilio: the conversation SID (`CH…`). Bird: a UUID. */
  id: string
  title: string | null
  /** Twilio: a name given by the application. Bird: null. */
  uniqueName: string | null
  /** Bird only. */
  description: string | null
  status: ConversationStatus
  /** The channel's id (Bird) and medium, as far as a listing tells them. */
  channel: { id: string | null; type: ChannelType | null }
  /** The participant that was asked about, as far as the provider tells. */
  participant: Participant | null
  /** Those whom the listing names: on Twilio the one asked about, on Bird at most five. */
  participants: readonly Participant[]
  /** How many there are in all (Bird). */
  participantCount: { active: number | null; pending: number | null }
  /** Twilio: an identity. Bird: the id of the participant who began it. */
  createdBy: string | null
  createdAt: Date | null
  updatedAt: Date | null
  lastMessage: LastMessage | null
  /** When the conversation turns inactive or closed by itself (Twilio). */
  timers: { inactiveAt: Date | null; closedAt: Date | null }
  /** The application's own data. What is not a JSON object on the provider's side is `{}` here. */
  attributes: Readonly<Record<string, unknown>>
}

/** What every adapter yields, those of one's own included. */
export type AnyConversation = ConversationFields & { provider: string; raw: unknown }
