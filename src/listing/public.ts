/** The public names that do not belong to a provider. Every entry exports them. */

export type { ErrorInfo, HttpHooks, RequestInfo, ResponseInfo, RetryInfo } from '../http/hooks.ts'
export type { Dispatcher, HttpOptions, RetryOptions } from '../http/http-options.ts'
export type {
  AnyConversation,
  ChannelType,
  ConversationFields,
  ConversationStatus,
  LastMessage,
  Participant,
} from '../model/conversation.ts'
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
} from '../model/errors.ts'
export type { AddressRef, IdentifierRef, IdentityRef, IdRef, ParticipantRef } from '../model/participant.ts'
export { combine } from '../provider/combine.ts'
export type { CombineOptions, OnSourceError } from '../provider/combine-options.ts'
export type { CheckedSources, CombinedProvider, CombineSource } from '../provider/combine-types.ts'
export type {
  ConversationOf,
  ConversationProvider,
  InvalidConversation,
  ListPageRequest,
  ListPageResult,
  ParticipantOf,
  ProviderCapabilities,
  ProviderOptions,
} from '../provider/provider.ts'
export type { ListOptions } from './list-options.ts'
export { type ConversationList, listParticipantConversations } from './list-participant-conversations.ts'
export type { ConversationPage } from './listing.ts'
