export type {
  AnyConversation,
  ChannelType,
  ConversationFields,
  ConversationStatus,
  LastMessage,
  Participant,
} from './conversation.ts'
export {
  ApiError,
  AuthenticationError,
  ConfigurationError,
  ConnectionError,
  ConversationsError,
  InvalidCursorError,
  InvalidRequestError,
  NotFoundError,
  PaginationError,
  PermissionError,
  RateLimitError,
  ResponseValidationError,
  ServerError,
  TimeoutError,
  UnsupportedParticipantError,
} from './errors.ts'
export type {
  Dispatcher,
  HttpHooks,
  HttpOptions,
  RequestInfo,
  ResponseInfo,
  RetryInfo,
  RetryOptions,
} from './http/options.ts'
export { type ConversationList, type ListOptions, listParticipantConversations } from './list.ts'
export type { ConversationPage } from './paginate.ts'
export type { AddressRef, IdentifierRef, IdentityRef, IdRef, ParticipantRef } from './participant.ts'
export type {
  ConversationProvider,
  ListPageRequest,
  ListPageResult,
  ProviderCapabilities,
  ProviderOptions,
} from './provider.ts'
export { bird } from './providers/bird/bird.ts'
export type { BirdConversation } from './providers/bird/normalise.ts'
export type { BirdOptions } from './providers/bird/options.ts'
export type { BirdParticipantRef } from './providers/bird/participant.ts'
export type {
  BirdContact,
  BirdConversationResource,
  BirdIdentifier,
  BirdLastMessage,
  BirdParticipant,
  BirdRecipient,
  BirdReferral,
} from './providers/bird/wire.ts'
export type { TwilioConversation } from './providers/twilio/normalise.ts'
export type { TwilioOptions } from './providers/twilio/options.ts'
export type { TwilioParticipantRef } from './providers/twilio/participant.ts'
export { twilio } from './providers/twilio/twilio.ts'
export type { TwilioMessagingBinding, TwilioParticipantConversation } from './providers/twilio/wire.ts'

import type { BirdConversation } from './providers/bird/normalise.ts'
import type { TwilioConversation } from './providers/twilio/normalise.ts'

/** A conversation of either provider: `conversation.provider` tells which, and narrows `conversation.raw`. */
export type Conversation = TwilioConversation | BirdConversation
