/** The public names that belong to no provider: a part of every entry. */
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
  ConversationOf,
  ConversationProvider,
  ListPageRequest,
  ListPageResult,
  ParticipantOf,
  ProviderCapabilities,
  ProviderOptions,
} from './provider.ts'
