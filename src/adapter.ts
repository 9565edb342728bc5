/**
 * The entry `participant-conversations/adapter`: everything that adapters use, including the built-in ones.
 *
 * @module participant-conversations/adapter
 */
export * from './listing/public.ts'

// A description, and what it is made of.

export type { ApiDescription, PageRequest } from './provider/api.ts'
export { defineProvider } from './provider/define-provider.ts'
export type { ProviderDescription, RequestContext, Rows, Statuses } from './provider/description.ts'
export type {
  ChosenPageSize,
  FixedPageSize,
  NoPaging,
  NumberPaging,
  OffsetPaging,
  PageInfo,
  PageSize,
  Paging,
  Place,
  Read,
  TokenPaging,
  UrlPaging,
} from './provider/paging/paging.ts'
export type {
  AddressLookup,
  IdentifierLookup,
  ParticipantFormRules,
  ParticipantLookup,
  ParticipantRules,
} from './provider/participant-rules.ts'

// Its authorization.

export {
  type Authorization,
  apiKey,
  basic,
  bearer,
  type CredentialsPlace,
  type CredentialsRequest,
  type CredentialsSource,
  none,
} from './http/authorization.ts'
export { type ClientCredentialsOptions, clientCredentials } from './http/client-credentials.ts'

// Its options.

export { problemOfAddress } from './model/address-problems.ts'
export { readEnvironment } from './options/environment.ts'
export { isCredential } from './options/schemas.ts'
export type {
  InputOf,
  OutputOf,
  Schema,
  SchemaIssue,
  SchemaResult,
  SchemasFor,
} from './options/standard-schema.ts'
export { type AdapterOptionsSource, parseAdapterOptions } from './provider/adapter-options.ts'

// What its functions read.

export type { ErrorBody } from './http/api-profile.ts'
export type { ResponseHead } from './http/transport/transport.ts'
export { type Address, addressOrNull, parseAddress, splitPrefix } from './model/address.ts'
export type {
  ConversationInput,
  DefinedConversation,
  LastMessageInput,
  ParticipantInput,
} from './model/complete.ts'
export {
  countOrNull,
  dateFromMilliseconds,
  dateFromSeconds,
  dateOrNull,
  recordOrNull,
  statusOrUnknown,
  textOrNull,
} from './model/read.ts'
export { linkTo } from './provider/paging/link-header.ts'

// A provider that is written by hand.

export type { Call } from './http/call.ts'
export type { JsonClient, JsonRequest, JsonResponse } from './http/client.ts'
export { type Hidden, hidden, type QueryValue } from './http/url.ts'
export { completeConversation } from './model/complete.ts'
export {
  type ApiClient,
  createApiClient,
  type RequestPurpose,
} from './provider/api-client.ts'
export { unsupportedParticipant } from './provider/unsupported.ts'
