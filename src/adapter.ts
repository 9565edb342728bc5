/** The entry `participant-conversations/adapter`: what adapters are made with, the built-in ones included. */
export type { ErrorBody } from './http/api-profile.ts'
export {
  type Authorization,
  basic,
  bearer,
  type CredentialsRequest,
  type CredentialsSource,
} from './http/authorization.ts'
export type { JsonClient, JsonRequest, JsonResponse } from './http/client.ts'
export { type ClientCredentialsOptions, clientCredentials } from './http/client-credentials.ts'
export { type Hidden, hidden, type QueryValue } from './http/url.ts'
export * from './listing/public.ts'
export { type Address, parseAddress, withoutPrefix, withPrefix } from './model/address.ts'
export { emptyFields, emptyParticipant } from './model/empty.ts'
export { belongsTo } from './model/participant.ts'
export { countOrNull, dateOrNull, recordOrNull, textOrNull } from './model/read.ts'
export { describeKind, describeValue } from './options/describe-value.ts'
export { readEnvironment } from './options/environment.ts'
export { ownProperties } from './options/own-properties.ts'
export type {
  InputOf,
  OutputOf,
  Schema,
  SchemaIssue,
  SchemaResult,
  SchemasFor,
} from './options/standard-schema.ts'
export { type AdapterOptionsSource, parseAdapterOptions } from './provider/adapter-options.ts'
export { defineProvider } from './provider/define-provider.ts'
export type { PageContent, PageContext, PageRequest, ProviderDescription } from './provider/description.ts'
export { type ExpectedPageUrl, type NextPageUrl, readNextPageUrl } from './provider/next-page-url.ts'
export { addressOf, describeParticipant, unsupportedParticipant } from './provider/participants.ts'
export { joinSourceToken, type SourcePage, splitSourceToken } from './provider/source-token.ts'
