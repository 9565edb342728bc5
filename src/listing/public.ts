/** The public names that do not belong to a provider. Every entry exports them. */

export type { ErrorInfo, HttpHooks, RequestInfo, ResponseInfo, RetryInfo } from '../http/hooks.ts'
export type { Dispatcher, HttpOptions, RetryOptions } from '../http/http-options.ts'
export type {
  AnyConversation,
  ChannelType,
  ConversationFields,
  ConversationStatus,
  LastMessage,
  ListedParticipant,
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
export type { ParticipantForm, ParticipantForms, ParticipantRef } from '../model/participant.ts'
export type {
  ConversationProvider,
  InvalidConversation,
  ListingInfo,
  ListPageRequest,
  ListPageResult,
  Lookup,
  ProviderCapabilities,
} from '../provider/provider.ts'
export type {
  ConversationOf,
  ParticipantOf,
  ProviderOptionsOf,
  SomeParticipantOf,
} from '../provider/provider-types.ts'
export type { ConversationBatch, ConversationPage } from './conversation-page.ts'
export type { Decision, DecisionOption } from './decisions.ts'
export type { ListOptions } from './list-options.ts'
export { type ConversationList, listParticipantConversations } from './list-participant-conversations.ts'
export type { FailedSource } from './sources.ts'
